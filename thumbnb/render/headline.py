"""The title: which words are set, how, and where."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from thumbnb.render import fonts, setting
from thumbnb.render.layout import BADGE, roomier
from thumbnb.render.scene import Chip, Effects, SetLine, Type, Words

if TYPE_CHECKING:
    from thumbnb.render.layout import Layout
    from thumbnb.render.presets import Label, Preset
    from thumbnb.render.report import Report

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


def _drawable(title: str, wanted: fonts.Face, report: Report) -> tuple[str, fonts.Face]:
    face, missing = fonts.face_for(title, wanted)
    if missing:
        emoji = "".join(c for c in missing if unicodedata.category(c) == "So" or ord(c) >= 0x1F000)  # noqa: PLR2004
        letters = "".join(c for c in missing if c not in emoji)
        if emoji:
            report.approximated("title", f"No emoji are drawn; left out: {' '.join(emoji)}.")
        if letters:
            report.approximated("title", f"{fonts.advice(letters)}. Left out: {letters[:12]}")
        title = cleaned("".join(c for c in title if c not in missing))
    if face != wanted and not missing:
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
    title: str, preset: Preset, layout: Layout, effects: dict[str, Any], report: Report
) -> tuple[Words | None, Layout]:
    """Set a title in a layout; where it does not fit, in a roomier one."""
    head = preset.headline
    title, face = _drawable(title, fonts.Face(head.face.family, head.face.weight), report)
    if not re.search(r"\w", title):
        return None, layout
    rtl, cursive = setting.is_rtl(title), setting.is_cursive(title)
    text = setting.upper(title) if head.upper and not cursive else title
    words = setting.stressed(text if not head.upper else _marked(title, text))
    best: tuple[float, list[setting.Line], Layout, fonts.Face] | None = None
    for room in (layout, *roomier(layout)):
        for f in (
            face,
            *(
                [_NARROW]
                if face.family == head.face.family and not fonts.lacks(_NARROW, text)
                else []
            ),
        ):
            lines = _fit(words, preset, room, f, rtl=rtl, cursive=cursive, effects=effects)
            cap = min((line.size for line in lines), default=0) * setting.cap_height(f)
            if best is None or cap > best[0] * 1.15:
                best = cap, lines, room, f
            if best[0] >= setting.LEAST_CAP:
                break
        if best and best[0] >= setting.LEAST_CAP:
            break
    if best is None:
        return None, layout
    cap, lines, room, face = best
    if cap < setting.LEAST_CAP:
        report.approximated(
            "title",
            f"{len(title)} characters are too many to be read on a phone; a few words would be.",
        )
    else:
        report.applied(
            "title",
            f"{len(lines)} lines in {face.family}, the least letter {cap * 168 / 1280:.0f} pixels high on a small screen.",
        )
    return (
        Words(
            lines=tuple(
                SetLine(
                    words=w.words,
                    size=round(w.size, 2),
                    x=round(w.x, 2),
                    y=round(w.y, 2),
                    width=round(w.width, 2),
                )
                for w in lines
            ),
            face=Type(family=face.family, weight=face.weight, file=face.file),
            track=0.0 if cursive else head.track,
            effects=Effects.model_validate(effects),
        ),
        room,
    )


def _marked(title: str, text: str) -> str:
    """Keep the stress of a title's own capitals when all of it is set in capitals."""
    words = setting.stressed(title)
    if "*" in title or not any(s for _, s in words):
        return text
    return " ".join(f"*{setting.upper(w)}*" if s else setting.upper(w) for w, s in words)


def _fit(
    words: list[tuple[str, bool]],
    preset: Preset,
    layout: Layout,
    face: fonts.Face,
    *,
    rtl: bool,
    cursive: bool,
    effects: dict[str, Any],
) -> list[setting.Line]:
    head = preset.headline
    x, y, w, h = layout.text
    grow = len(words) // 5
    align = layout.align
    if rtl and align == "left":
        align = "right"
    style = setting.Style(
        face,
        upper=head.upper,
        justify=head.justify and not cursive,
        ratio=head.ratio,
        gap=max(head.gap, 0.55) if cursive else head.gap,
        track=0.0 if cursive else head.track,
        max_lines=min(6, head.max_lines + grow),
        align=align,
    )
    # Letters that lean or turn take more room than they measure.
    lean = effects.get("slant", 0) * h * 0.5
    pad = 14.0
    box = (x + pad, y + pad, w - 2 * pad - lean, h - 2 * pad)
    pieces = _broken(words, face, box[2])
    lines = setting.fit(pieces, style, box, layout.valign)
    return _off_badge(lines, face)


def _off_badge(lines: list[setting.Line], face: fonts.Face) -> list[setting.Line]:
    """Move a headline up, if its last line would lie under the duration badge."""
    if not lines:
        return lines
    over = [
        line for line in lines if line.x + line.width > BADGE[0] - 12 and line.y > BADGE[1] - 12
    ]
    if not over:
        return lines
    lift = max(line.y for line in over) - (BADGE[1] - 12)
    top = min(line.y - line.size * setting.cap_height(face) for line in lines)
    lift = min(lift, max(0.0, top - 24))
    return [setting.Line(q.words, q.size, q.x, q.y - lift, q.width) for q in lines]


def chip(text: str, label: Label, words: Words | None, layout: Layout, size: float = 36) -> Chip:
    """Put a short text on a chip above the headline, or below where there is no room."""
    face, _ = fonts.face_for(text, fonts.Face(label.face.family, label.face.weight))
    text = setting.upper(text) if label.upper else text
    cap = setting.cap_height(face) * size
    wide = setting.width(face, text, label.track) * size + size
    tall = cap + 0.64 * size
    x, y, w, _ = layout.text
    top = y
    if words:
        top = (
            min(
                q.y
                - q.size
                * setting.cap_height(
                    fonts.Face(words.face.family, words.face.weight, words.face.file)
                )
                for q in words.lines
            )
            - tall
            - 26
        )
        if top < 30:  # noqa: PLR2004 - a margin
            top = max(q.y for q in words.lines) + 34
    left = {"left": x + 14, "center": x + (w - wide) / 2, "right": x + w - wide - 14}[layout.align]
    return Chip(
        text=text,
        at=(left, top),
        size=size,
        face=Type(family=face.family, weight=face.weight, file=face.file),
        ink=label.ink,
        plate=None if label.plate == "none" else label.plate,
        radius=label.radius,
        slant=label.slant,
        track=label.track,
    )
