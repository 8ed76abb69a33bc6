"""The labels that a prompt wants on a photo: beside what is circled, else where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.planning.callouts import chip_box, label_chip
from thumbnb.render.planning.marks.thing_places import Look, best_place
from thumbnb.render.prompt.images.half_labels import quoted_labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.planning.marks.photo_room import PhotoRoom
    from thumbnb.render.scene import Box, Chip, Layer

_SIZES = (54.0, 46.0, 38.0)
"""The font sizes that are tried."""

_GAP, _RIM = 22.0, 30.0
"""How far a label is off what it is for, and off the rim of the frame (units)."""

_PLATE, _INK = "#14161f", "#ffffff"


def labels_wanted(context: PlanContext) -> tuple[str, ...]:
    """Return the labels that a prompt wants on its one photo; the title is none."""
    if context.cast.split or "labels" in context.excluded:
        return ()
    title = (context.brief.title or context.parsed.quoted or "").casefold()
    return tuple(each for each in quoted_labels(context.brief.prompt) if each.casefold() != title)


def labels_on_photo(
    context: PlanContext, room: PhotoRoom, ring: Box | None
) -> list[tuple[Layer, Box]]:
    """Place the labels of a photo: the first beside the ring; report those without room."""
    placed: list[tuple[Layer, Box]] = []
    for number, text in enumerate(labels_wanted(context)):
        chip = _label(context, room, text, None if number else ring)
        if chip is None:
            context.report.ignored("prompt", f"There is no room for the label {text}.")
            continue
        context.report.applied("prompt", f"Set as a label: {text}.")
        placed.append((chip, chip_box(chip)))
        room = room.without(chip_box(chip))
    return placed


def _label(context: PlanContext, room: PhotoRoom, text: str, ring: Box | None) -> Chip | None:
    style = context.preset.label
    for size in _SIZES:
        chip = label_chip(text, style, (0.0, 0.0), size=size, align="left", ink=_INK, plate=_PLATE)
        _, _, w, h = chip_box(chip)
        found = next((at for at in _beside(ring, (w, h)) if room.is_free((*at, w, h))), None)
        if found is None and (box := best_place(room, (w, h), Look())):
            found = box[:2]
        if found is not None:
            return chip.model_copy(update={"at": found})
    return None


def _beside(ring: Box | None, size: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """Yield where a label of a size may begin beside a ring: below, above, at its sides."""
    if ring is None:
        return
    (x, y, w, h), (wide, high) = ring, size
    middle = min(max(x + w / 2 - wide / 2, _RIM), 1280 - _RIM - wide)
    for down in (y + h + _GAP, y - high - _GAP):
        yield from ((across, down) for across in (middle, x + w - wide, x))
    yield x - wide - _GAP, y + h / 2 - high / 2
    yield x + w + _GAP, y + h / 2 - high / 2
