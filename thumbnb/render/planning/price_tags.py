"""Price tags and readings: each on its own thing, off words, faces and each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.layout import BADGE, most_covered
from thumbnb.render.planning.callouts import PRICE_PLATE, chip_box, label_chip
from thumbnb.render.planning.headline import extent
from thumbnb.render.planning.things.placement import place_things
from thumbnb.render.prompt.thing_details.prices import DEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Box, Chip, Layer

_PRICE, _LEAST = 54.0, 34.0
"""The font size of a price tag, and of one on something small."""

_LOWEST, _RIM = 620.0, 16.0

_DEAR_PLATE, _DISPLAY = "#f2b705", "#10151d"
"""The colours of a tag that only says "expensive", and behind what an instrument reads."""

_SCREENS = frozenset({"scoreboard"})
"""What is nearly all display: what it reads is as large as that."""


def price_tags(context: PlanContext, faces: Sequence[Box]) -> list[Layer]:
    """Hang a tag with its price on each thing of which one is said, and write what others read."""
    if "labels" in context.excluded:
        return []
    label = context.preset.label.model_copy(update={"slant": 0.0, "radius": 0.25})
    placed = place_things(context.cast, context.layout)
    kept = [*faces, BADGE, *([extent(context.words)] if context.words else [])]
    tags: list[Chip] = []
    for number, one in enumerate(placed):
        price = one.thing.price or one.thing.reading
        if not price or one.below:
            continue
        x, y, w, h = one.box
        size = min(_PRICE, max(_LEAST, h * 0.24))
        # On its foot first: what has a face has it above.
        tops = [y + h - size * 1.9, y + h * 0.62, y + h * 0.45, y + h * 0.1]
        if one.thing.name in _SCREENS:
            size, tops = 0.3 * h, [y + 0.19 * h]
        chips = [
            label_chip(
                price, label, (across, min(top, _LOWEST)), size=size, align="center",
                ink="#ffffff", plate=_plate(one.thing),
            )
            for top in tops
            for across in (x + w * 0.5, x + w * 0.28, x + w * 0.72)
        ]  # fmt: skip
        before = [other.box for other in placed[number + 1 :] if other.thing != one.thing]
        hung = [*kept, *map(chip_box, tags)]
        tags.append(min(chips, key=lambda chip: _cost(chip_box(chip), hung, before)))
    return list(tags)


def _plate(thing: NamedThing) -> str:
    if not thing.price:
        return _DISPLAY
    return _DEAR_PLATE if thing.price == DEAR else PRICE_PLATE


def _cost(tag: Box, kept: Sequence[Box], others: Sequence[Box]) -> float:
    """Return what is wrong with the place of a tag, 0 where nothing is.

    It covers what is ``kept`` seen, lies on ``others`` that stand before its own thing, or
    reaches out of the frame.
    """
    x, _, w, _ = tag
    out = max(0.0, _RIM - x, x + w + _RIM - 1280) / w
    covers = max((most_covered(each, [tag]) for each in kept), default=0.0)
    hides = most_covered(tag, kept) if kept else 0.0
    on_others = sum(most_covered(each, [tag]) for each in others)
    return 4 * covers + 4 * hides + on_others + 8 * out
