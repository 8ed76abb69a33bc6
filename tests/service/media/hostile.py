"""Files that mean harm, made by code: small to send, and large, slow or without end to decode."""

from __future__ import annotations

import io
import struct
import zlib
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path


def endless_jpeg(*, side: int = 6000, scans: int = 20_000) -> bytes:
    """A progressive JPEG whose scans say nothing new, some bytes each, and are all decoded."""
    encoded = io.BytesIO()
    Image.new("L", (side, side), 128).save(encoded, "JPEG", progressive=True, quality=50)
    data = encoded.getvalue()
    starts = [i for i in range(len(data) - 1) if data[i : i + 2] == b"\xff\xda"]
    # The last scan, of the least bits: an empty one, from its marker to the end of the file.
    scan = data[starts[-1] : -2]
    return data[:-2] + scan * scans + data[-2:]


def png_claiming(width: int, height: int, *, depth: int = 8, rows: int | None = None) -> bytes:
    """A PNG of one colour: thousands of times smaller than what it becomes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        check = zlib.crc32(name + body)
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)

    row = b"\0" * (1 + width * 4 * depth // 8)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(row) for _ in range(height if rows is None else rows))
    header = struct.pack(">IIBBBBB", width, height, depth, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", packed + packer.flush())
        + chunk(b"IEND", b"")
    )


def gif_claiming(width: int, height: int) -> bytes:
    """A GIF that begins a frame of any size, and ends soon after."""
    screen = struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\2\2\x4c\1\0"
    return b"GIF89a" + screen + frame * 2 + b"\x3b"


def edited_mp4(path: Path, *, edits: int = 4000, frames: int = 10_000) -> Path:
    """An MP4 with one keyframe and many edits, each of which shows a frame near its end.

    To show one all frames have to be decoded: seconds, whatever the machine. Every frame but the
    first is the same packet, so that the file is made in no time.
    """
    options = {"g": "1000000", "lag-in-frames": "0", "deadline": "realtime", "cpu-used": "8"}
    with av.open(str(path), "w", options={"movflags": "use_metadata_tags"}) as container:
        stream = container.add_stream("libvpx-vp9", rate=25, options=options)
        stream.width, stream.height, stream.pix_fmt = 640, 360, "yuv420p"
        picture = av.VideoFrame.from_ndarray(np.full((360, 640, 3), 90, np.uint8), format="rgb24")
        first, second = stream.encode(picture) + stream.encode(picture)
        container.mux(first)
        for number in range(1, frames):
            packet = av.Packet(bytes(second))
            packet.stream, packet.time_base, packet.duration = stream, Fraction(1, 25), 1
            packet.pts = packet.dts = number
            container.mux(packet)
    data = path.read_bytes()
    moov = data.index(b"moov") - 4
    assert moov > data.index(b"mdat"), "offsets stay as they are"
    timescale = struct.unpack(">I", data[data.index(b"mvhd") + 16 :][:4])[0]
    media_scale = struct.unpack(">I", data[data.index(b"mdhd") + 16 :][:4])[0]
    shown = max(1, timescale // 25)
    entries = b"".join(
        struct.pack(">IIHH", shown, (frames - 2 - n % 20) * media_scale // 25, 1, 0)
        for n in range(edits)
    )
    elst = struct.pack(">I4sII", 16 + len(entries), b"elst", 0, edits) + entries
    edts = struct.pack(">I4s", 8 + len(elst), b"edts") + elst
    trak = data.index(b"trak", moov) - 4
    old = data.find(b"edts", trak) - 4
    size = struct.unpack(">I", data[old : old + 4])[0] if old >= 0 else 0
    at = old if old >= 0 else trak + 8 + struct.unpack(">I", data[trak + 8 : trak + 12])[0]
    data = data[:at] + edts + data[at + size :]
    grown = len(edts) - size
    for box in (moov, trak):
        (length,) = struct.unpack(">I", data[box : box + 4])
        data = data[:box] + struct.pack(">I", length + grown) + data[box + 4 :]
    path.write_bytes(data)
    return path


def webm_growing(path: Path, width: int = 16383, height: int = 8191) -> Path:
    """A WebM whose container says 160x90, and whose frames claim to be as large as can be."""
    with av.open(str(path), "w", format="webm") as container:
        stream = container.add_stream("libvpx", rate=10)
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        for number in range(10):
            picture = np.full((90, 160, 3), number * 20, np.uint8)
            for packet in stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    data = path.read_bytes()
    start = b"\x9d\x01\x2a"  # of a VP8 keyframe; its sides follow
    sides = start + struct.pack("<HH", 160, 90)
    assert sides in data
    path.write_bytes(data.replace(sides, start + struct.pack("<HH", width, height)))
    return path
