"""The numbers of steps in a row on or beside a photo: 1, 2, 3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.planning.callouts import chip_box, label_chip, strongest_ink
from thumbnb.render.planning.marks.thing_places import Look, best_place

if TYPE_CHECKING:
    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.planning.marks.photo_room import PhotoRoom
    from thumbnb.render.scene import Box, Layer

_SIZES = (104.0, 86.0, 70.0, 56.0)
"""The font sizes that are tried."""

_GAP = 0.36
"""How far they are apart, of the font size."""


def steps_in_row(context: PlanContext, room: PhotoRoom) -> list[tuple[Layer, Box]]:
    """Place the numbers of the steps that the prompt counts; nothing where there is no room."""
    plate = context.recipes.colours["accent"]
    label = context.preset.label.model_copy(update={"slant": 0.0, "radius": 0.5})
    for size in _SIZES:
        chips = [
            label_chip(
                str(number), label, (0.0, 0.0), size=size, align="left",
                ink=strongest_ink(plate), plate=plate,
            )
            for number in range(1, context.parsed.steps + 1)
        ]  # fmt: skip
        wides = [chip_box(chip)[2] for chip in chips]
        row = sum(wides) + _GAP * size * (len(chips) - 1)
        if found := best_place(room, (row, chip_box(chips[0])[3]), Look(split=context.cast.split)):
            placed: list[tuple[Layer, Box]] = []
            x = found[0]
            for chip, wide in zip(chips, wides, strict=True):
                box = (x, found[1], wide, found[3])
                placed.append((chip.model_copy(update={"at": (x, found[1])}), box))
                x += wide + _GAP * size
            return placed
    return []
