"""Callouts beside a headline: labels on chips, rules, an arrow."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from thumbnb.render.colour import palette
from thumbnb.render.colour.names import colours_by_word, named_colour
from thumbnb.render.layout import leaves_clear, most_covered
from thumbnb.render.planning.cast.compared_things import several_rivals
from thumbnb.render.planning.headline import clean_title, extent
from thumbnb.render.planning.people.halves import LABELS_BELOW
from thumbnb.render.planning.things.placement import place_things
from thumbnb.render.prompt.comparison import says_versus
from thumbnb.render.prompt.images.half_labels import HalfLabels, half_labels
from thumbnb.render.prompt.thing_details.prices import find_prices
from thumbnb.render.prompt.words.folded_words import folded_words
from thumbnb.render.scene import Arrow, Chip, Rule, Type
from thumbnb.render.scene.images import SLANT
from thumbnb.render.type import fonts, typesetting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.presets import Label
    from thumbnb.render.scene import Box, Layer, Point

_WIDEST = 560.0
_KICKER = 40.0
_MARGIN = 26.0
_LOWEST = 620.0
_SIDE_LABEL, _TOP_LABEL, _OFF_LINE = 54.0, 44.0, 34.0
"""Labels of halves: their font size, how far down at the top, how far off the line between."""

PRICE_PLATE = "#d61f2c"
"""The colour of a price tag."""

_TALL = 1.4
"""The height of a label, in font sizes."""
_OFF_BARS = 22.0
"""How far labels stay off the bars of a film (units)."""

_FEW_WORDS = 6
_HIGH = 110.0

_HIDES = 0.1
"""A label that would hide so much of a face is left out."""

_SAYS_VERSUS = re.compile(r"[\W_]*(?:vs|versus)[\W_]*", re.IGNORECASE)


def callout_layers(context: PlanContext, kicker: str | None, faces: Sequence[Box]) -> list[Layer]:
    """Lay out what goes with the words; ``kicker`` is the short part of the title.

    Where it would cover one of the ``faces``, it goes elsewhere or is left out.
    """
    cast = context.cast
    layers: list[Layer] = []
    if "labels" not in context.excluded:
        two = cast.split or cast.things or cast.group or cast.cut_pair
        if cast.versus and two and not cast.portrait:
            layers = _versus(context, faces)
        texts = _texts_of_halves(context)
        drawn = cast.drawn_half and not (context.parsed.compared or context.preset.split)
        if texts or (cast.split and not cast.versus and not drawn):
            layers += _sides(context, [*faces, *chip_boxes(layers)], texts)
    if context.words is None:
        return layers
    x, y, _, h = extent(context.words)
    rules = [y - 54, y + h + 50]
    if kicker and "labels" not in context.excluded and not context.cast.split:
        chip = _kicker(context, kicker, faces)
        if most_covered(chip_box(chip), faces) < _HIDES:
            layers.append(chip)
            # The label stands where a rule would.
            rules.pop(0 if chip.at[1] < y else 1)
    if "rules" in context.preset.devices and context.layout.side in {"left", "right"}:
        colour = context.recipes.colours["glow"]
        boxes = [(x, top, 140.0, 3.0) for top in rules]
        layers += [Rule(box=box, colour=colour) for box in boxes if leaves_clear(box, faces)]
    return layers + _arrow(context, faces)


def _texts_of_halves(context: PlanContext) -> HalfLabels | None:
    """Return what the prompt has written on its two halves, in their order."""
    cast = context.cast
    photos = cast.card_images or (cast.background_image, cast.after_image)
    if not cast.split or not (cast.rival or len({*filter(None, photos)}) > 1):
        return None
    swapped = cast.photo_side == "right" if cast.rival else photos[0] != "image1"
    return half_labels(context.brief.prompt, swapped=swapped)


def _sides(
    context: PlanContext, faces: Sequence[Box], texts: HalfLabels | None = None
) -> list[Layer]:
    """Label the halves of a comparison: at their rims or beside the line between them."""
    top = context.layout.side == "top"
    y = LABELS_BELOW if top else max(_TOP_LABEL, context.cast.bars + _OFF_BARS)
    _, words_top, _, words_high = extent(context.words) if context.words else context.layout.text
    # Words at the top left have the label below what stands there.
    left = 600.0 if not top and context.words and words_top < _HIGH else y
    near = words_top + words_high + _MARGIN if top else words_top - _SIDE_LABEL * _TALL - _MARGIN
    if context.cast.rooms:  # above what litters the one and stands in the other
        left = y = near
    label, good = context.preset.label, context.recipes.colours["plate"]
    if texts and context.words:
        words = extent(context.words)
        faces = [*faces, words]
        left, y = min(left, context.cast.rows[1] - 1.6 * _SIDE_LABEL), min(y, LABELS_BELOW)

    def label_of(text: str, rim: float, align: str, rows: Sequence[float], **colours: Any) -> Chip:
        inner = {"left": "right", "right": "left"}[align]
        places = [
            *((rim, row, align) for row in rows),
            *((_line(row, align), row, inner) for row in rows),
        ]
        chips = [
            label_chip(text, label, (x, row), size=_SIDE_LABEL, align=side, **colours)
            for x, row, side in places
        ]
        return _clearest(chips, faces)

    first, last = texts or HalfLabels("Before", "After")
    dark = palette.luminance(good) < 0.18  # noqa: PLR2004 - where white stands out more
    ends: dict[str, str] = {"ink": "#ffffff" if dark else "#06280f", "plate": good}
    begins = {"ink": "#ffffff", "plate": "#2b2f36"}
    if texts:
        price = {"ink": "#ffffff", "plate": PRICE_PLATE}
        ends = price if find_prices(last) else begins
        begins = price if find_prices(first) else begins
    halves = (
        (first, 48, "left", (left, near), begins),
        (last, 1232, "right", (y, near), ends),
    )
    return [label_of(text, rim, on, rows, **how) for text, rim, on, rows, how in halves if text]


def _line(y: float, half: str) -> float:
    """Return how far across a label on a half reaches: near the line between the halves."""
    down = (y + _SIDE_LABEL * _TALL / 2) / 720
    line = SLANT[0] + (SLANT[1] - SLANT[0]) * down
    return line - _OFF_LINE if half == "left" else line + _OFF_LINE


def _versus(context: PlanContext, faces: Sequence[Box]) -> list[Layer]:
    """Set "VS" between two things, off the words; left out where it would cover a face.

    Words that say it themselves need no second one.
    """
    cast = context.cast
    sides = cast.cut_pair or (cast.split and (cast.after_image or cast.rival))
    if (
        sides and not says_versus(context.brief.prompt, folded_words(context.brief.prompt))
    ) or several_rivals(cast):
        return []  # two photos, a photo and a thing, or three things, side by side
    said = context.words.lines if context.words else ()
    if any(_SAYS_VERSUS.fullmatch(word) for line in said for word, _ in line.words):
        return []
    label = context.preset.label
    tops = (420.0, 300.0) if context.layout.side == "top" else (230.0, 420.0)
    plate = _plate_of_versus(context)
    ink = strongest_ink(plate)
    size = _LARGE_VS if _BIG_VS.search(context.brief.prompt) else _VS
    chips = [
        label_chip(
            "VS",
            label,
            (640, top - 0.7 * (size - _VS)),
            size=size,
            align="center",
            ink=ink,
            plate=plate,
        )
        for size in dict.fromkeys((size, _VS, _SMALL_VS))
        for top in (*tops, *_OTHER_TOPS)
    ]
    x, y, w, h = extent(context.words) if context.words else (0.0, 0.0, 1.0, 1.0)
    words = [(x, y - _OFF_VS, w, h + 2 * _OFF_VS)]
    placed = place_things(cast, context.layout)
    kept = [*faces, *(one.box for one in placed if one.thing.between)]
    clear = (
        chip
        for chip in chips
        if leaves_clear(chip_box(chip), kept) and most_covered(words[0], [chip_box(chip)]) == 0
    )
    return list(islice(clear, 1))


_VS, _LARGE_VS, _SMALL_VS = 84.0, 132.0, 64.0
_OFF_VS = 14.0
"""How far "VS" stays off the words (units)."""

_OTHER_TOPS = (360.0, 300.0, 240.0, 180.0, 120.0, 60.0, 480.0, 540.0)
"""How far down "VS" is tried where the usual places are taken (units)."""

_BIG_VS = re.compile(
    r"\b(?:big|bold|giant|huge|large|massive)\s+(?:\w+\s+)?(?:vs|versus)\b", re.IGNORECASE
)
_COLOURED_VS = re.compile(r"\b(\w+)\s+(?:vs|versus)\b", re.IGNORECASE)


def _plate_of_versus(context: PlanContext) -> str:
    """Return the colour of the plate under "VS": the one that the prompt says, or the accent."""
    said = _COLOURED_VS.search(context.brief.prompt)
    names = colours_by_word().get(said[1].casefold(), ()) if said else ()
    return named_colour(names[0]) if names else context.recipes.colours["accent"]


def strongest_ink(plate: str) -> str:
    """Return black or white: what stands out most from a plate."""
    return max(("#101014", "#ffffff"), key=lambda ink: palette.contrast(ink, plate))


def _clearest(chips: Sequence[Chip], faces: Sequence[Box]) -> Chip:
    """Return the first label that leaves faces seen, else the one that covers least of them."""
    clear = (chip for chip in chips if leaves_clear(chip_box(chip), faces))
    return next(clear, None) or min(chips, key=lambda c: most_covered(chip_box(c), faces))


def _kicker(context: PlanContext, text: str, faces: Sequence[Box]) -> Chip:
    """Put the short part of a title above the headline, or below where there is no room."""
    assert context.words is not None  # noqa: S101 - asked for only beside words
    x, y, w, h = extent(context.words)
    label = context.preset.label
    plate = None if label.plate == "none" else context.recipes.value(label.plate)
    ink = context.recipes.value(label.ink)
    gap = 60 if context.words_have_plate else 34
    above, below = y - _KICKER * _TALL - gap, y + h + gap
    rtl = typesetting.is_rtl(context.words.lines[0].words[0][0])
    aligned = "right" if rtl and context.layout.align == "left" else context.layout.align
    tops = [above] * (above > _MARGIN) + [below] * (below < _LOWEST or above <= _MARGIN)
    places = {"left": x, "center": 640.0, "right": x + w}
    chips = [
        label_chip(
            text, label, (places[align], top), size=_KICKER, align=align, ink=ink, plate=plate
        )
        for align in dict.fromkeys((aligned, "left", "right"))
        for top in tops
    ]
    return _clearest(chips, faces)


def chip_boxes(layers: Iterable[Layer]) -> list[Box]:
    """Give the boxes of the labels among layers."""
    return [chip_box(layer) for layer in layers if isinstance(layer, Chip)]


def chip_box(chip: Chip) -> Box:
    """Give the box of a label."""
    face = fonts.Face(chip.face.family, chip.face.weight, chip.face.file)
    wide = typesetting.width(face, chip.text, chip.track) * chip.size + chip.size
    return *chip.at, wide, chip.size * _TALL


def _arrow(context: PlanContext, faces: Sequence[Box]) -> list[Layer]:
    """Point from under the words to what they speak of, where there is room for a bow."""
    words, layout = context.words, context.layout
    if words is None or "arrow" not in context.preset.devices or "arrow" in context.excluded:
        return []
    if context.cast.things and context.cast.on_photo:
        return []  # it would point at what stands there, or beside an arrow that is asked for
    if any(thing.name == "arrow" for thing in context.cast.things):
        return []  # the one that is asked for points at something
    x, y, w, h = extent(words)
    few = sum(len(line.words) for line in words.lines) <= _FEW_WORDS
    if layout.side != "left" or layout.name == "trio" or not few or y + h > 520:  # noqa: PLR2004
        return []
    low = min(y + h + 90, 640)
    start = (x + w * 0.42, low)
    if not leaves_clear((start[0], low - 60, 690 - start[0], 120), faces):
        return []
    return [
        Arrow(
            start=start,
            end=(690, low - 36),
            bend=-0.2,
            colour=context.recipes.colours["accent"],
            outline=context.recipes.colours["line"],
        )
    ]


def label_chip(
    text: str, label: Label, at: Point, *, size: float, align: str, ink: str, plate: str | None
) -> Chip:
    """Set a text on a plate whose left end, middle or right end is ``at`` a point."""
    text = typesetting.upper(text) if label.upper else text
    face, missing = fonts.face_for(text, fonts.Face(label.face.family, label.face.weight))
    text = clean_title("".join(c for c in text if c not in missing)) or text
    wide = typesetting.width(face, text, label.track) * size + size
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
