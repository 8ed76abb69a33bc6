"""What goes with a headline: labels on chips, rules, an arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render import fonts, palette, setting
from thumbnb.render.headline import cleaned, extent
from thumbnb.render.scene import Arrow, Chip, Rule, Type

if TYPE_CHECKING:
    from thumbnb.render.presets import Label
    from thumbnb.render.scene import Layer, Point
    from thumbnb.render.setup import Setup

_WIDEST = 560.0
_KICKER = 40.0
_MARGIN = 26.0
_FEW_WORDS = 6


def beside(setup: Setup, kicker: str | None) -> list[Layer]:
    """Lay out what goes with the words; ``kicker`` is the short part of the title."""
    layers = _sides(setup) if setup.who.split and "labels" not in setup.off else []
    if setup.words is None:
        return layers
    if kicker and "labels" not in setup.off and not setup.who.split:
        layers.append(_kicker(setup, kicker))
    x, y, _, h = extent(setup.words)
    if "rules" in setup.preset.devices and setup.layout.side in {"left", "right"}:
        colour = setup.recipes.colours["glow"]
        layers += [Rule(box=(x, top, 140, 3), colour=colour) for top in (y - 54, y + h + 50)]
    return layers + _arrow(setup)


def _sides(setup: Setup) -> list[Layer]:
    """Label the halves of a comparison."""
    y = 44.0 if setup.layout.side != "top" else 520.0
    label = setup.preset.label
    good = setup.recipes.colours["plate"]
    return [
        _chip("Before", label, (48, y), size=54, align="left", ink="#ffffff", plate="#2b2f36"),
        _chip("After", label, (1232, y), size=54, align="right", ink="#06280f", plate=good),
    ]


def _kicker(setup: Setup, text: str) -> Chip:
    """Put the short part of a title above the headline, or below where there is no room."""
    assert setup.words is not None  # noqa: S101 - asked for only beside words
    x, y, w, h = extent(setup.words)
    label = setup.preset.label
    plate = None if label.plate == "none" else setup.recipes.value(label.plate)
    gap = 60 if setup.plated else 34
    above = y - _KICKER * 1.4 - gap
    top = above if above > _MARGIN else y + h + gap
    rtl = setting.is_rtl(setup.words.lines[0].words[0][0])
    align = "right" if rtl and setup.layout.align == "left" else setup.layout.align
    place = {"left": x, "center": 640.0, "right": x + w}[align]
    ink = setup.recipes.value(label.ink)
    return _chip(text, label, (place, top), size=_KICKER, align=align, ink=ink, plate=plate)


def _arrow(setup: Setup) -> list[Layer]:
    """Point from under the words to what they speak of, where there is room for a bow."""
    words, layout = setup.words, setup.layout
    if words is None or "arrow" not in setup.preset.devices or "arrow" in setup.off:
        return []
    x, y, w, h = extent(words)
    few = sum(len(line.words) for line in words.lines) <= _FEW_WORDS
    if layout.side != "left" or layout.name == "trio" or not few or y + h > 520:  # noqa: PLR2004
        return []
    low = min(y + h + 90, 640)
    return [
        Arrow(
            start=(x + w * 0.42, low),
            end=(690, low - 36),
            bend=-0.2,
            colour=setup.recipes.colours["accent"],
            outline=setup.recipes.colours["line"],
        )
    ]


def _chip(
    text: str, label: Label, at: Point, *, size: float, align: str, ink: str, plate: str | None
) -> Chip:
    """Set a text on a plate whose left end, middle or right end is ``at`` a point."""
    text = setting.upper(text) if label.upper else text
    face, missing = fonts.face_for(text, fonts.Face(label.face.family, label.face.weight))
    text = cleaned("".join(c for c in text if c not in missing)) or text
    wide = setting.width(face, text, label.track) * size + size
    size *= min(1.0, _WIDEST / wide)
    wide = min(wide, _WIDEST)
    return Chip(
        text=text,
        at=(at[0] - {"left": 0.0, "center": wide / 2, "right": wide}[align], at[1]),
        size=size,
        face=Type(family=face.family, weight=face.weight, file=face.file),
        ink=palette.readable_on(ink, plate) if plate else ink,
        plate=plate,
        radius=label.radius,
        slant=label.slant,
        track=label.track,
    )
