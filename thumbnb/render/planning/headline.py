"""The title: which words are set, how, and where."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from thumbnb.render.colour import palette
from thumbnb.render.layout import BADGE, leaves_clear, roomier_layouts, within_side
from thumbnb.render.scene import Effects, SetLine, Type, Words
from thumbnb.render.type import fonts, typesetting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thumbnb.render.layout import Layout
    from thumbnb.render.presets import Headline, Preset
    from thumbnb.render.presets.preset_recipe import PresetRecipes
    from thumbnb.render.report import Report
    from thumbnb.render.scene import Box

_NARROW = fonts.Face("Anton")
"""What is used where a preset's own face does not fit: much in little room."""

_PARTS = re.compile(r"^(.{2,}?)\s*(:|\s[|\u2013\u2014])\s+(.{2,})$")
_LONGEST_KICKER = 24


def clean_title(title: str) -> str:
    """One line of printable characters, composed; invisible ones dropped."""
    text = unicodedata.normalize("NFC", title)
    keep = "".join(
        " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    return " ".join(keep.split())


def split_kicker(title: str) -> tuple[str, str | None]:
    """Take a short part (``Review: ...``, ``... | Part 2``) off a title, for a chip."""
    match = _PARTS.match(title)
    if not match:
        return title, None
    first, sign, last = match.groups()
    kicker, rest = (first, last) if sign == ":" or len(first) < len(last) else (last, first)
    return (rest, kicker) if len(kicker) <= _LONGEST_KICKER else (title, None)


_PICTURES = 0x1F000
"""From here on, characters are images."""


def _is_emoji(char: str, wanted: fonts.Face) -> bool:
    # Symbols, and what joins or colours them; but a degree or a trademark is lettered.
    symbol = unicodedata.category(char) == "So" and all(
        fonts.lacks(face, char) for face in (wanted, *fonts.WIDER)
    )
    return symbol or ord(char) >= _PICTURES or char in "\u200d\ufe0f\u20e3"


def _drawable(title: str, wanted: fonts.Face, report: Report) -> tuple[str, fonts.Face]:
    """Find a face for a title, and leave out what none can draw."""
    emoji = "".join(c for c in dict.fromkeys(title) if _is_emoji(c, wanted) and not c.isspace())
    title = clean_title("".join(c for c in title if c not in emoji))
    if emoji:
        report.approximated("title", f"No emoji are drawn; left out: {emoji}")
    face, missing = fonts.face_for(title, wanted)
    if missing:
        kept = clean_title("".join(c for c in title if c not in missing))
        advice = f"{fonts.advice(missing)}."
        if len(kept) < len(title) * 0.6:
            report.ignored("title", f"{advice} No words are set.")
            return "", face
        report.approximated("title", f"{advice} Left out: {missing[:12]}")
        return kept, face
    if face != wanted:
        report.approximated("title", f"{wanted.family} lacks some of its letters.")
    if not fonts.SHAPES and typesetting.is_rtl(title):
        report.approximated("title", "Letters are not joined: Pillow has no libraqm here.")
    return title, face


def _broken(words: list[tuple[str, bool]], face: fonts.Face, room: float) -> list[tuple[str, bool]]:
    """Cut words that are too long to be read at any size into parts, with hyphens."""
    out: list[tuple[str, bool]] = []
    max_width = room / typesetting.MIN_CAP * typesetting.cap_height(face)
    for word, stress in words:
        count = (
            1
            if word.startswith(typesetting.JOINER)
            else int(typesetting.width(face, word) / max_width) + 1
        )
        step = -(-len(word) // count)
        parts = [word[i : i + step] for i in range(0, len(word), step)]
        hyphen = "" if typesetting.is_cursive(word) else "-"
        out += [(part + hyphen, stress) for part in parts[:-1]] + [(parts[-1], stress)]
    return out


def set_title(
    title: str,
    preset: Preset,
    layout: Layout,
    recipes: PresetRecipes,
    *,
    alone: bool,
    kept: Callable[[Layout], Sequence[Box]],
    reach: tuple[float, float] | None,
    voice: int,
    report: Report,
) -> tuple[Words | None, Layout]:
    """Set a title in a layout; where it does not fit, in a roomier one.

    What is tried, in this order: the preset's face, a little more room, a narrow face, much
    more room; last of all a word too long for any line is broken. ``alone``: nobody and
    nothing is shown beside the words; what is ``kept`` in a layout is not covered where there
    is any other room; ``reach`` is how far the words' side of a divided sheet goes in; ``voice``
    is the number of the preset's voice.
    """
    chosen = preset.voices[voice]
    effects = _effects(recipes.resolved(chosen.effects), recipes.excluded)
    chosen_face = chosen.face or preset.headline.face
    wanted = fonts.Face(chosen_face.family, chosen_face.weight)
    title, face = _drawable(title, wanted, report)
    if not re.search(r"\w", title):
        return None, layout
    head = preset.headline
    cursive = typesetting.is_cursive(title)
    text = typesetting.upper(title) if head.upper and not cursive else title
    words = typesetting.stressed(_marked(title, text) if head.upper else title)
    faces = [face]
    if face == wanted and not fonts.lacks(_NARROW, text):
        faces.append(_NARROW)
    best = _best(words, head, _rooms(layout, preset, faces, reach, alone=alone), effects, kept)
    small = best.cap * 168 / 1280
    if best.cap < typesetting.MIN_CAP:
        report.approximated(
            "title", f"It is too long to be read on a phone: {small:.0f} pixels a capital there."
        )
    else:
        report.applied(
            "title", f"Set in {best.face.family}, {small:.0f} pixels a capital on a phone."
        )
    return (
        Words(
            lines=tuple(_rounded(line) for line in best.lines),
            face=Type(family=best.face.family, weight=best.face.weight, file=best.face.file),
            track=0.0 if cursive else head.track,
            effects=Effects.model_validate(effects),
            veil_colour=palette.veil_colour(recipes.colours),
        ),
        best.room,
    )


def _effects(effects: dict[str, Any], excluded: set[str]) -> dict[str, Any]:
    """Leave out the effects that are ruled out."""
    if "tilt" in excluded:
        effects |= {"turn": 0.0, "slant": 0.0}
    if "outline" in excluded:
        effects |= {"rim": 0.0}
    if "glow" in excluded:
        effects |= {"glow": None}
    return effects


def _rounded(line: typesetting.Line) -> SetLine:
    size, x, y, width = (round(v, 2) for v in (line.size, line.x, line.y, line.width))
    return SetLine(words=line.words, size=size, x=x, y=y, width=width)


def _rooms(
    layout: Layout,
    preset: Preset,
    faces: list[fonts.Face],
    reach: tuple[float, float] | None,
    *,
    alone: bool,
) -> list[tuple[Layout, fonts.Face]]:
    """List the rooms and faces to try, best first."""
    first, *more = (
        within_side(_between(room, preset.rows), reach)
        for room in (layout, *roomier_layouts(layout, alone=alone))
    )
    beside = layout.side in {"left", "right"} and not alone
    near, far = [first, *more[: int(beside)]], more[int(beside) :]
    return [(room, f) for f in faces for room in near] + [(room, f) for room in far for f in faces]


def _between(layout: Layout, rows: tuple[float, float]) -> Layout:
    """Keep a layout's words between two heights."""
    x, y, w, h = layout.text
    top = max(y, rows[0])
    return replace(layout, text=(x, top, w, max(80.0, min(y + h, rows[1]) - top)))


def _best(
    words: list[tuple[str, bool]],
    head: Headline,
    rooms: list[tuple[Layout, fonts.Face]],
    effects: dict[str, Any],
    kept: Callable[[Layout], Sequence[Box]],
) -> _Try:
    """Take the first room where all can be read, else the one with the largest letters.

    Rooms where the words would cover what is kept are a last resort.
    """
    best: _Try | None = None
    covering: _Try | None = None
    for broken in (False, True):
        for room, face in rooms:
            tried = _try(words, head, room, face, effects, broken=broken)
            if not leaves_clear(tried.box, kept(room)):
                covering = covering or tried
                continue
            if tried.cap >= typesetting.MIN_CAP:
                return tried
            # Less room is better, unless the letters get clearly larger.
            if best is None or tried.cap > best.cap * 1.1:
                best = tried
    found = best or covering
    assert found is not None  # noqa: S101 - there is always a room
    return found


@dataclass(frozen=True, slots=True)
class _Try:
    lines: list[typesetting.Line]
    room: Layout
    face: fonts.Face
    cap: float

    @property
    def box(self) -> Box:
        """Where the words are, with what their strokes and plates take."""
        x, y, w, h = typesetting.extent(self.lines, typesetting.cap_height(self.face))
        return x - 20, y - 20, w + 40, h + 40


def _marked(title: str, text: str) -> str:
    """Keep the stress of a title's own capitals when all of it is set in capitals."""
    if "*" in title:
        return text
    return " ".join(
        f"*{typesetting.upper(w)}*" if stress else typesetting.upper(w)
        for w, stress in typesetting.stressed(title)
    )


def _try(
    words: list[tuple[str, bool]],
    head: Headline,
    layout: Layout,
    face: fonts.Face,
    effects: dict[str, Any],
    *,
    broken: bool,
) -> _Try:
    text = typesetting.joined(words)
    rtl, cursive = typesetting.is_rtl(text), typesetting.is_cursive(text)
    x, y, w, h = layout.text
    style = typesetting.Style(
        face,
        justify=head.justify and not cursive,
        ratio=head.ratio,
        gap=max(head.gap, 0.55 if cursive else typesetting.least_gap(text)),
        track=0.0 if cursive else head.track,
        max_lines=min(6, head.max_lines + len(words) // 5),
        most=head.most,
        align="right" if rtl and layout.align == "left" else layout.align,
    )
    # Strokes and plates stand out; letters that lean or turn take more room than they measure.
    pad = 14.0 + (26.0 if effects.get("plate") in {"block", "line"} else 0.0)
    lean = effects.get("slant", 0.0) * min(h, 400.0) * 0.36
    turn = abs(math.radians(effects.get("turn", 0.0))) * w * 0.4
    box = (x + pad + lean, y + pad + turn, w - 2 * (pad + lean), h - 2 * (pad + turn))
    pieces = _broken(words, face, box[2]) if broken else words
    lines = _off_badge(typesetting.fit_lines(pieces, style, box, layout.valign), face)
    cap = min((line.size for line in lines), default=0.0) * typesetting.cap_height(face)
    return _Try(lines, layout, face, cap)


def _off_badge(lines: list[typesetting.Line], face: fonts.Face) -> list[typesetting.Line]:
    """Move a headline up, if its last lines would lie under the duration badge."""
    edge = BADGE[1] - 14
    low = max((q.y for q in lines if q.x + q.width > BADGE[0] - 14), default=0.0)
    if low <= edge:
        return lines
    top = min(q.y - q.size * typesetting.cap_height(face) for q in lines)
    lift = min(low - edge, max(0.0, top - 24))
    return [replace(q, y=q.y - lift) for q in lines]


def extent(words: Words) -> Box:
    """Give the box (x, y, width, height) of a headline's letters."""
    face = fonts.Face(words.face.family, words.face.weight, words.face.file)
    return typesetting.extent(words.lines, typesetting.cap_height(face))
