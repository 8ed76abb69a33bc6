"""A typeface made by code: every character a pattern of blocks of its own.

No open typeface for Chinese is small enough to be a dependency of tests, and whether the system
has one is chance.
"""

from __future__ import annotations

import struct

EM = 1000
GRID = 4
"""A glyph is this many blocks wide and high."""


def _glyph(char: str) -> bytes:
    """Contours for the blocks that the character's number says are full."""
    number = (ord(char) * 2654435761) % 2**32
    step = 800 // GRID
    squares = [
        (100 + step * x, step * y)
        for y in range(GRID)
        for x in range(GRID)
        # The first and last rows are full in the corner, so that all are of one height.
        if number >> (y * GRID + x) & 1 or (x, y) in {(0, 0), (GRID - 1, GRID - 1)}
    ]
    points = [
        p for x, y in squares for p in ((x, y), (x, y + step), (x + step, y + step), (x + step, y))
    ]
    ends = [4 * i + 3 for i in range(len(squares))]
    flags = b"\x01" * len(points)
    xs, ys = ([p[i] for p in points] for i in (0, 1))
    deltas = [
        b"".join(struct.pack(">h", b - a) for a, b in zip([0, *v[:-1]], v, strict=True))
        for v in (xs, ys)
    ]
    head = struct.pack(">hhhhh", len(squares), 100, 0, 900, 800)
    body = head + struct.pack(f">{len(ends)}H", *ends) + struct.pack(">H", 0) + flags
    body += deltas[0] + deltas[1]
    return body + b"\0" * (-len(body) % 4)


def block_font(chars: str) -> bytes:
    """Build a TrueType file with these characters."""
    order = sorted(set(chars))
    glyphs = [_glyph("\0"), *(_glyph(c) for c in order)]
    offsets = [sum(map(len, glyphs[:i])) for i in range(len(glyphs) + 1)]
    groups = b"".join(struct.pack(">III", ord(c), ord(c), i) for i, c in enumerate(order, 1))
    cmap = struct.pack(">HHHHI", 0, 1, 3, 10, 12)
    cmap += struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, len(order)) + groups
    count = len(glyphs)
    tables = {
        b"cmap": cmap,
        b"glyf": b"".join(glyphs),
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh",
            0x10000, 0x10000, 0, 0x5F0F3CF5, 0, EM, 0, 0, 0, 0, EM, 800, 0, 8, 2, 1, 0,
        ),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, 880, -120, 0, EM, *[0] * 11, count),
        b"hmtx": struct.pack(">Hh", EM, 100) * count,
        b"loca": struct.pack(f">{count + 1}I", *offsets),
        b"maxp": struct.pack(">IH13H", 0x10000, count, 64, 16, 0, 0, 1, *[0] * 8),
    }  # fmt: skip
    at = 12 + 16 * len(tables)
    directory, bodies = b"", b""
    for tag, body in tables.items():
        directory += tag + struct.pack(">III", 0, at + len(bodies), len(body))
        bodies += body + b"\0" * (-len(body) % 4)
    return struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 48) + directory + bodies
