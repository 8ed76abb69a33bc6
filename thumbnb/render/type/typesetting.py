"""Setting a headline: which words to stress, where to break the lines, how large each is.

Only measures; nothing is painted here. Lengths are units (see ``canvas.UNITS``).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from thumbnb.render.type import fonts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from thumbnb.render.scene import Box, SetLine
    from thumbnb.render.type.fonts import Face

MIN_CAP = 61.0
"""Units: a capital of 8 pixels where the thumbnail is 168 pixels wide."""

_RULER = 200
"""Measured at this size; widths grow in proportion."""

_LONG_WIDE = 4
"""Without spaces, up to so many characters stay together."""

_SHORT = 2
"""A word this short does not like to stand on a line by itself."""

_MAX_BREAKS = 14
"""With more words, lines are filled evenly instead of trying every break."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words with their stress, font size, and the place of its baseline's start."""

    words: tuple[tuple[str, bool], ...]
    size: float
    x: float
    y: float
    width: float

    @property
    def text(self) -> str:
        """The words in one."""
        return joined(self.words)


@dataclass(frozen=True, slots=True)
class Style:
    """How lines are shaped: spaces between letters and lines in font sizes and capital heights."""

    face: Face
    justify: bool = True
    ratio: float = 1.8
    gap: float = 0.22
    track: float = 0.0
    max_lines: int = 3
    most: float = 300
    """The tallest capital (units)."""
    align: str = "left"


@lru_cache(maxsize=4096)
def width(face: Face, text: str, track: float = 0.0) -> float:
    """Width of a line at size 1."""
    return fonts.load(face, _RULER).getlength(text) / _RULER + track * max(0, len(text) - 1)


@lru_cache(maxsize=256)
def cap_height(face: Face) -> float:
    """Height of a capital at size 1."""
    box = fonts.load(face, _RULER).getbbox("H", anchor="ls")
    return (box[3] - box[1]) / _RULER or 0.7


def is_cursive(text: str) -> bool:
    """Whether letters join (Arabic) or stack, so that they must not be spread."""
    return any(
        unicodedata.bidirectional(c) == "AL" or unicodedata.category(c) == "Mn" for c in text
    )


def is_rtl(text: str) -> bool:
    """Whether the text reads from right to left: by its first letter that has a direction."""
    for char in text:
        if (way := unicodedata.bidirectional(char)) in {"L", "R", "AL"}:
            return way != "L"
    return False


def upper(text: str) -> str:
    """Capitals, where a script has them; a sharp s stays one letter, a Turkish i keeps its dot."""
    if set("ğĞışŞİ") & set(text):
        text = text.replace("i", "İ")
    return text.replace("ß", "\N{LATIN CAPITAL LETTER SHARP S}").upper()


JOINER = "\u2060"
"""Begins a piece that follows the one before it without a space."""


def is_wide(text: str) -> bool:
    """Whether most of a text is Chinese, Japanese or Korean: letters as high as they are wide."""
    return sum(unicodedata.east_asian_width(c) in "WF" for c in text) * 2 > len(text)


_TALL_SIGNS = frozenset("$|()[]{}/\\")
"""Signs that stand out above a capital and below the line."""


def least_gap(text: str) -> float:
    """Return how far apart lines are at least (capital heights), so that no signs collide."""
    if is_wide(text):
        return 0.4
    signs = sum(char in _TALL_SIGNS for char in text)
    return 0.5 if signs > 1 else 0.36 * signs


def pieces(text: str) -> list[str]:
    """Split into what a line may end after: words, or pairs of characters where none are spaced."""
    out: list[str] = []
    for word in text.split():
        step = 2 if is_wide(word) and len(word) > _LONG_WIDE else len(word)
        parts = [word[i : i + step] for i in range(0, len(word), step)]
        out += [parts[0], *(JOINER + part for part in parts[1:])]
    return out


def joined(words: Iterable[tuple[str, bool]]) -> str:
    """Write words in one line, with spaces where they belong."""
    return " ".join(w for w, _ in words).replace(" " + JOINER, "").replace(JOINER, "")


def _breaks(count: int, lines: int) -> Iterator[tuple[int, ...]]:
    """Every way to cut ``count`` words into ``lines``: where each line begins, and the end."""
    for cuts in combinations(range(1, count), lines - 1):
        yield (0, *cuts, count)


def _even(widths: list[float], lines: int) -> tuple[int, ...]:
    total, run = sum(widths), 0.0
    cuts = [0]
    for i, w in enumerate(widths):
        if run + w / 2 > total * len(cuts) / lines and i > cuts[-1] and len(cuts) < lines:
            cuts.append(i)
        run += w
    return (*cuts, len(widths))


def fit_lines(
    words: list[tuple[str, bool]], style: Style, box: tuple[float, float, float, float], valign: str
) -> list[Line]:
    """Set ``words`` (text, stressed) as large as they go into ``box`` (x, y, width, height).

    Tries every line break, prefers large and even lines; ``valign`` is top, center or bottom.
    """
    room, tall = box[2:]
    best: _Broken | None = None
    for lines in _line_breaks(words, style):
        tried = _sized(lines, style, room, tall)
        if best is None or tried.score > best.score:
            best = tried
    return _placed(best, style, box, valign) if best else []


@dataclass(frozen=True, slots=True)
class _Broken:
    """Words broken into lines, the font size of each, and how well that fills the room."""

    lines: list[list[tuple[str, bool]]]
    sizes: list[float]
    score: float


def _line_breaks(
    words: list[tuple[str, bool]], style: Style
) -> Iterator[list[list[tuple[str, bool]]]]:
    """Give every way to break words into lines; with many words, the even one of each count."""
    widths = [width(style.face, joined([word]), style.track) for word in words]
    for count in range(1, min(style.max_lines, len(words)) + 1):
        few = len(words) <= _MAX_BREAKS
        for cuts in _breaks(len(words), count) if few else [_even(widths, count)]:
            yield [words[a:b] for a, b in pairwise(cuts)]


def _sized(lines: list[list[tuple[str, bool]]], style: Style, room: float, tall: float) -> _Broken:
    """Give lines the largest sizes that fit into a room."""
    cap = cap_height(style.face)
    widths = [width(style.face, joined(line), style.track) for line in lines]
    sizes = [room / w for w in widths]
    least = min(sizes)
    limit = least * style.ratio if style.justify else least
    sizes = [min(size, limit) for size in sizes]
    height = sum(sizes) * cap + _gaps(sizes, cap, style.gap)
    shrink = min(1.0, tall / height, style.most / (max(sizes) * cap))
    sizes = [size * shrink for size in sizes]
    # The least line says whether it can be read, the area how much of the room is used.
    area = sum(size * size * w for size, w in zip(sizes, widths, strict=True))
    score = min(sizes) + 0.35 * area**0.5
    if len(lines) > 1 and any(len(q) == 1 and len(q[0][0]) <= _SHORT for q in lines):
        score *= 0.9
    return _Broken(lines, sizes, score)


def _placed(
    broken: _Broken, style: Style, box: tuple[float, float, float, float], valign: str
) -> list[Line]:
    """Give each line its place in a box."""
    x, y, room, tall = box
    cap, sizes = cap_height(style.face), broken.sizes
    height = sum(sizes) * cap + _gaps(sizes, cap, style.gap)
    base = y + {"top": 0.0, "center": (tall - height) / 2, "bottom": tall - height}[valign]
    out = []
    for i, (line, size) in enumerate(zip(broken.lines, sizes, strict=True)):
        base += size * cap
        wide = width(style.face, joined(line), style.track) * size
        left = x + {"left": 0.0, "center": (room - wide) / 2, "right": room - wide}[style.align]
        out.append(Line(tuple(line), size, left, base, wide))
        if i + 1 < len(sizes):
            base += min(size, sizes[i + 1]) * cap * style.gap
    return out


def _gaps(sizes: list[float], cap: float, gap: float) -> float:
    return sum(min(a, b) * cap * gap for a, b in pairwise(sizes))


def extent(lines: Sequence[Line | SetLine], cap: float) -> Box:
    """Give the box (x, y, width, height) of set lines; ``cap`` is a capital's height at size 1."""
    left = min(line.x for line in lines)
    right = max(line.x + line.width for line in lines)
    top = min(line.y - line.size * cap for line in lines)
    return left, top, right - left, max(line.y for line in lines) - top


_STRONG = frozenset(
    [
        "never",
        "always",
        "forever",
        "ever",
        "best",
        "worst",
        "biggest",
        "fastest",
        "first",
        "last",
        "only",
        "free",
        "secret",
        "secrets",
        "insane",
        "impossible",
        "extreme",
        "ultimate",
        "perfect",
        "epic",
        "huge",
        "crazy",
        "shocking",
        "exposed",
        "warning",
        "stop",
        "danger",
        "dangerous",
        "banned",
        "dead",
        "deadly",
        "survived",
        "survive",
        "broke",
        "lost",
        "found",
        "new",
        "now",
        "win",
        "won",
        "lose",
        "wrong",
        "truth",
        "lie",
        "lies",
        "hidden",
        "million",
        "billion",
        "million-dollar",
        "zero",
        "nothing",
        "everything",
        "million.",
        "ultimate",
        "finally",
        "winner",
        "million$",
        "nunca",
        "siempre",
        "mejor",
        "peor",
        "gratis",
        "secreto",
        "jamais",
        "toujours",
        "meilleur",
        "pire",
        "secret",
        "nie",
        "immer",
        "beste",
        "schlimmste",
        "geheim",
        "mai",
        "sempre",
        "migliore",
        "segreto",
    ]
)


def _weight(word: str, place: int, count: int) -> float:
    bare = re.sub(r"[^\w$€£¥%+]", "", word)
    if not bare:
        return 0
    score = 0.0
    if re.search(r"[$€£¥%]|\d", bare):
        score += 3 + 0.2 * len(bare)
    if bare.lower() in _STRONG:
        score += 2.5
    if len(bare) > 3:  # noqa: PLR2004 - short words carry little
        score += min(len(bare), 9) * 0.12
    if word.endswith(("!", "?")):
        score += 0.5
    # Speech leans on the end of a line.
    return score + 0.35 * place / max(1, count - 1)


def stressed(title: str) -> list[tuple[str, bool]]:
    """Split a title into words, each with whether it is to stand out.

    ``*words*`` between asterisks are; else the strongest word or two of it.
    """
    words: list[tuple[str, bool]] = []
    inside = False
    marked = title.count("*") >= 2  # noqa: PLR2004 - an opening and a closing one
    for raw in title.split():
        start = raw.startswith("*") or inside
        inside = (inside or raw.startswith("*")) and not raw.rstrip("!?.,").endswith("*")
        words.extend(
            (piece, start and marked) for piece in pieces(raw.replace("*", "") if marked else raw)
        )
    if marked or len(words) < 2:  # noqa: PLR2004 - alone, nothing stands out
        return words
    mixed = any(w != w.upper() for w, _ in words)
    shouted = [len(w) > 2 and w.isupper() and w.isalpha() for w, _ in words]  # noqa: PLR2004
    if mixed and 0 < sum(shouted) <= len(words) / 2:
        return [(w, s) for (w, _), s in zip(words, shouted, strict=True)]
    weights = [_weight(w, i, len(words)) for i, (w, _) in enumerate(words)]
    best = max(range(len(words)), key=lambda i: weights[i])
    return [(w, i == best) for i, (w, _) in enumerate(words)]
