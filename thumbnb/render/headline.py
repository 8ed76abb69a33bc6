"""The title: which words are set, how, and where."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from thumbnb.render import fonts, palette, setting
from thumbnb.render.layout import BADGE, roomier
from thumbnb.render.scene import Arrow, Chip, Effects, Rule, SetLine, Type, Words

if TYPE_CHECKING:
    from thumbnb.render.layout import Layout
    from thumbnb.render.presets import Label, Preset
    from thumbnb.render.recipe import Recipes
    from thumbnb.render.report import Report
    from thumbnb.render.scene import Box, Layer

_NARROW = fonts.Face("Anton")
"""What is used where a preset's own face does not fit: much in little room."""

_KICKER = re.compile(r"^\s*([^:|]{2,24}?)\s*[:|]\s+(.{3,})$|^(.{3,}?)\s+[|–—]\s+(.{2,24})$")
"""A title in two parts, of which the short one goes on a chip."""


def cleaned(title: str) -> str:
    """One line of printable characters, composed; invisible ones dropped."""
    text = unicodedata.normalize("NFC", title)
    keep = "".join(
        " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    return " ".join(keep.split())


def parted(title: str) -> tuple[str, str | None]:
    """Take a short first or last part (``Review: ...``, ``... | Part 2``) off a title."""
    match = _KICKER.match(title)
    if not match:
        return title, None
    if match.group(1):
        return match.group(2), match.group(1)
    return match.group(3), match.group(4)


def _is_emoji(char: str) -> bool:
    return (
        ord(char) >= 0x1F000 or unicodedata.category(char) == "So" or char in "\u200d\ufe0f\u20e3"
    )


def _drawable(title: str, wanted: fonts.Face, report: Report) -> tuple[str, fonts.Face]:
    """Find a face for a title, and leave out what none can draw."""
    emoji = "".join(c for c in dict.fromkeys(title) if _is_emoji(c) and not c.isspace())
    title = cleaned("".join(c for c in title if not _is_emoji(c)))
    if emoji:
        report.approximated("title", f"No emoji are drawn; left out: {emoji}")
    face, missing = fonts.face_for(title, wanted)
    if missing:
        kept = cleaned("".join(c for c in title if c not in missing))
        said = f"{fonts.advice(missing)}."
        if len(kept) < len(title) * 0.6:
            report.ignored("title", f"{said} No words are set.")
            return "", face
        report.approximated("title", f"{said} Left out: {missing[:12]}")
        return kept, face
    if face != wanted:
        report.approximated(
            "title", f"Set in {face.family}: {wanted.family} lacks some of its letters."
        )
    if not fonts.SHAPES and setting.is_rtl(title):
        report.approximated("title", "Letters are not joined: Pillow has no libraqm here.")
    return title, face


def _broken(words: list[tuple[str, bool]], face: fonts.Face, room: float) -> list[tuple[str, bool]]:
    """Cut a word that is too long to be read at any size into parts of a line each."""
    out = []
    most = room / setting.LEAST_CAP * setting.cap_height(face)
    for word, stress in words:
        count = int(setting.width(face, word) / most) + 1
        step = -(-len(word) // count)
        parts = [word[i : i + step] for i in range(0, len(word), step)]
        joined = setting.is_cursive(word)
        out.extend(
            (p + ("-" if i + 1 < len(parts) and not joined else ""), stress)
            for i, p in enumerate(parts)
        )
    return out


def set_title(
    title: str,
    preset: Preset,
    layout: Layout,
    effects: dict[str, Any],
    veil: str,
    report: Report,
    *,
    alone: bool,
) -> tuple[Words | None, Layout]:
    """Set a title in a layout; where it does not fit, in a roomier one.

    What is tried, in this order: the preset's face, a little more room, a narrow face, much more
    room; last of all a word too long for any line is broken. ``veil`` is the colour it may be
    shaded with.
    """
    head = preset.headline
    wanted = fonts.Face(head.face.family, head.face.weight)
    title, face = _drawable(title, wanted, report)
    if not re.search(r"\w", title):
        return None, layout
    cursive = setting.is_cursive(title)
    text = setting.upper(title) if head.upper and not cursive else title
    words = setting.stressed(_marked(title, text) if head.upper else title)
    faces = [face]
    if face == wanted and not fonts.lacks(_NARROW, text):
        faces.append(_NARROW)
    first, *more = [layout, *roomier(layout, alone=alone)]
    near, far = (
        (more[:1], more[1:]) if first.side in {"left", "right"} and not alone else ([], more)
    )
    order = [(room, one) for one in faces for room in (first, *near)]
    order += [(room, one) for room in far for one in faces]
    best: _Try | None = None
    for broken in (False, True):
        for room, one in order:
            tried = _try(words, preset, room, one, effects, broken=broken)
            # Less room is better, unless the letters get clearly larger.
            if best is None or tried.cap > best.cap * 1.1:
                best = tried
            if best.cap >= setting.LEAST_CAP:
                break
        if best and best.cap >= setting.LEAST_CAP:
            break
    assert best is not None  # noqa: S101 - there is always a first try
    if best.cap < setting.LEAST_CAP:
        report.approximated(
            "title",
            f"{len(title)} characters are too many to be read on a phone; a few words would be.",
        )
    else:
        small = best.cap * 168 / 1280
        report.applied(
            "title",
            f"Set in {best.face.family}; the smallest capital is {small:.0f} pixels where the picture is 168 wide.",
        )
    return (
        Words(
            lines=tuple(
                SetLine(
                    words=line.words,
                    size=round(line.size, 2),
                    x=round(line.x, 2),
                    y=round(line.y, 2),
                    width=round(line.width, 2),
                )
                for line in best.lines
            ),
            face=Type(family=best.face.family, weight=best.face.weight, file=best.face.file),
            track=0.0 if cursive else head.track,
            effects=Effects.model_validate(effects),
            veil_colour=veil,
        ),
        best.room,
    )


@dataclass(frozen=True, slots=True)
class _Try:
    lines: list[setting.Line]
    room: Layout
    face: fonts.Face
    cap: float


def _marked(title: str, text: str) -> str:
    """Keep the stress of a title's own capitals when all of it is set in capitals."""
    if "*" in title:
        return text
    return " ".join(
        f"*{setting.upper(w)}*" if stress else setting.upper(w)
        for w, stress in setting.stressed(title)
    )


def _try(
    words: list[tuple[str, bool]],
    preset: Preset,
    layout: Layout,
    face: fonts.Face,
    effects: dict[str, Any],
    *,
    broken: bool,
) -> _Try:
    head = preset.headline
    text = " ".join(w for w, _ in words)
    rtl, cursive = setting.is_rtl(text), setting.is_cursive(text)
    x, y, w, h = _within(layout.text, preset.rows)
    style = setting.Style(
        face,
        justify=head.justify and not cursive,
        ratio=head.ratio,
        gap=max(head.gap, 0.55) if cursive else head.gap,
        track=0.0 if cursive else head.track,
        max_lines=min(6, head.max_lines + len(words) // 5),
        most=head.most,
        align="right" if rtl and layout.align == "left" else layout.align,
    )
    # Strokes stand out, letters that lean take more room than they measure.
    pad = 14.0 + (26.0 if effects.get("plate") in {"block", "line"} else 0.0)
    lean = effects.get("slant", 0.0) * min(h, 400) * 0.36
    turn = abs(math.radians(effects.get("turn", 0.0))) * w * 0.4
    box = (x + pad + lean, y + pad + turn, w - 2 * pad - 2 * lean, h - 2 * pad - 2 * turn)
    pieces = _broken(words, face, box[2]) if broken else words
    lines = _off_badge(setting.fit(pieces, style, box, layout.valign), face)
    cap = min((line.size for line in lines), default=0.0) * setting.cap_height(face)
    return _Try(lines, layout, face, cap)


def _within(box: Box, rows: tuple[float, float]) -> Box:
    """Keep a box between two heights."""
    x, y, w, h = box
    top = max(y, rows[0])
    return x, top, w, max(80.0, min(y + h, rows[1]) - top)


def _off_badge(lines: list[setting.Line], face: fonts.Face) -> list[setting.Line]:
    """Move a headline up, if its last lines would lie under the duration badge."""
    edge = BADGE[1] - 14
    low = max((q.y for q in lines if q.x + q.width > BADGE[0] - 14), default=0.0)
    if low <= edge:
        return lines
    top = min(q.y - q.size * setting.cap_height(face) for q in lines)
    lift = min(low - edge, max(0.0, top - 24))
    return [replace(q, y=q.y - lift) for q in lines]


def extent(words: Words) -> Box:
    """Give the box (x, y, width, height) of a headline's letters."""
    cap = setting.cap_height(fonts.Face(words.face.family, words.face.weight, words.face.file))
    left = min(q.x for q in words.lines)
    right = max(q.x + q.width for q in words.lines)
    top = min(q.y - q.size * cap for q in words.lines)
    bottom = max(q.y for q in words.lines)
    return left, top, right - left, bottom - top


def companions(
    preset: Preset,
    layout: Layout,
    words: Words | None,
    kicker: str | None,
    recipes: Recipes,
    *,
    split: bool,
) -> list[Layer]:
    """Give what goes with a headline: the short part of a title on a chip, labels, rules, an arrow."""
    out: list[Layer] = []
    off, label = recipes.off, preset.label
    if split and "labels" not in off:
        y = 44.0 if layout.side != "top" else 520.0
        for text, x, anchor in (("BEFORE", 48.0, "left"), ("AFTER", 1232.0, "right")):
            good = anchor == "right"
            ink, plate = ("#06280f", recipes.colours["plate"]) if good else ("#ffffff", "#2b2f36")
            out.append(
                _chip(
                    text,
                    label,
                    (x, y),
                    54,
                    anchor,
                    ink=palette.readable_on(ink, plate),
                    plate=plate,
                )
            )
    if words is None:
        return out
    x, y, w, h = extent(words)
    if kicker and "labels" not in off and not split:
        plate = None if label.plate == "none" else recipes.value(label.plate)
        ink = recipes.value(label.ink)
        ink = palette.readable_on(ink, plate) if plate else ink
        size, tall = 40.0, 66.0
        above = y - tall - (34 if words.effects.plate != "block" else 60)
        top = above if above > 26 else y + h + 40  # noqa: PLR2004 - a margin
        at = {"left": (x, "left"), "center": (640.0, "center"), "right": (x + w, "right")}
        rtl = setting.is_rtl(words.lines[0].words[0][0])
        place, anchor = at["right" if rtl and layout.align == "left" else layout.align]
        out.append(_chip(kicker, label, (place, top), size, anchor, ink=ink, plate=plate))
    if "rules" in preset.devices and layout.side in {"left", "right"}:
        colour = recipes.colours["glow"]
        out.append(Rule(box=(x, y - 54, 140, 3), colour=colour))
        out.append(Rule(box=(x, y + h + 50, 140, 3), colour=colour))
    if "arrow" in preset.devices and "arrow" not in off and layout.side == "left":
        count = sum(len(line.words) for line in words.lines)
        room = 590 - (y + h)
        if room > 70 and count < 7 and not split and layout.name != "trio":  # noqa: PLR2004
            low = min(y + h + 90, 640)
            out.append(
                Arrow(start=(x + w * 0.42, low), end=(690, low - 36), bend=-0.2,
                      colour=recipes.colours["accent"], outline=recipes.colours["line"])
            )  # fmt: skip
    return out


def _chip(
    text: str,
    label: Label,
    at: tuple[float, float],
    size: float,
    anchor: str,
    *,
    ink: str,
    plate: str | None,
) -> Chip:
    text = setting.upper(text) if label.upper else text
    face, missing = fonts.face_for(text, fonts.Face(label.face.family, label.face.weight))
    text = cleaned("".join(c for c in text if c not in missing)) or text
    wide = setting.width(face, text, label.track) * size + size
    size *= min(1.0, 560 / wide)
    wide = min(wide, 560)
    x = at[0] - {"left": 0.0, "center": wide / 2, "right": wide}[anchor]
    return Chip(
        text=text,
        at=(x, at[1]),
        size=size,
        face=Type(family=face.family, weight=face.weight, file=face.file),
        ink=ink,
        plate=plate,
        radius=label.radius,
        slant=label.slant,
        track=label.track,
    )
