"""The room on a photo that fills the frame: where its main thing is, where nothing is."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from thumbnb.render.layout import BADGE
from thumbnb.render.planning.headline import extent
from thumbnb.render.scene import Card, Chip, Cutout, ImageLayer, ObjectLayer, Words
from thumbnb.render.type import fonts, typesetting
from thumbnb.render.vision.framing import box_on_sheet, face_in_layer, saliency_on_sheet
from thumbnb.render.vision.morphology import connected_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.scene import Box, Layer
    from thumbnb.render.vision.faces import ImageView
    from thumbnb.render.vision.morphology import Mask

CELL = 20
"""The side of a cell (units): a sheet has 64 by 36."""

_COLUMNS, _ROWS = 1280 // CELL, 720 // CELL

_DRAWS = 0.26
"""What draws the eye this much of what draws it most belongs to the main thing."""

_MARGIN = 24.0
"""So far (units) is kept from words, labels and faces."""

_ARM = 2.3
"""How far to a side a hand reaches that points or holds something, in face widths."""

_SHOULDERS = 1.75
"""How far to a side somebody's shoulders reach below their face, in its widths."""


@dataclass(frozen=True, slots=True)
class PhotoRoom:
    """What is where on the sheet, in cells: ``saliency`` (all together 1), ``taken``, ``thing``.

    ``taken`` are the cells of words, people, faces and the badge; ``thing`` those of the main
    thing as far as these leave it seen, ``kept`` those of the main things of all photos,
    ``others`` of all photos but the first.
    """

    saliency: Floats
    taken: Mask
    thing: Mask
    kept: Mask
    others: Mask
    photo: Box | None = None
    """What the one photo fills where it has hard edges; None where it fills or fades into all."""

    def hidden_at(self, wide: float, high: float, *, near_thing: bool) -> Floats:
        """Return how much of what draws the eye a box hides whose corner is in each cell.

        Infinite where it would lie on what is taken or kept, or out of the frame; unless
        ``near_thing``, also within the box around the main thing.
        """
        closed = self.taken | self.kept
        if not near_thing and self.kept.any() and (box := self.thing_box):
            closed = closed.copy()
            closed[_cells(box)] = True
        size = (math.ceil(high / CELL), math.ceil(wide / CELL))
        hidden = np.full(closed.shape, np.inf, np.float32)
        inside = _sums(self.saliency, size)
        free = _sums(closed.astype(np.float32), size) < 0.5  # noqa: PLR2004 - no cell of it
        hidden[: inside.shape[0], : inside.shape[1]] = np.where(free, inside, np.inf)
        return hidden

    def hidden_in_corner(self, wide: float, high: float) -> Floats:
        """Return how much a box hides that is wanted in a corner, whatever is seen there.

        Infinite where it would lie on words, faces or the badge.
        """
        size = (math.ceil(high / CELL), math.ceil(wide / CELL))
        free = _sums(self.taken.astype(np.float32), size) < 0.5  # noqa: PLR2004 - no cell of it
        return np.asarray(np.where(free, _sums(self.saliency, size), np.inf), dtype=np.float32)

    def is_free(self, box: Box) -> bool:
        """Whether a box lies in the frame, and on nothing that is taken."""
        x, y, w, h = box
        inside = x >= 0 and y >= 0 and x + w <= 1280 and y + h <= 720  # noqa: PLR2004 - the sheet
        return bool(inside and not self.taken[_cells(box)].any())

    def without(self, box: Box) -> PhotoRoom:
        """Return the room that is left beside a box."""
        taken = self.taken.copy()
        taken[_cells(_padded(box, CELL / 2))] = True
        return replace(self, taken=taken)

    @property
    def thing_box(self) -> Box | None:
        """Where the main thing is; None where nothing of it is seen."""
        rows, columns = np.nonzero(self.thing)
        if not len(rows):
            return None
        x, y = float(columns.min() * CELL), float(rows.min() * CELL)
        return x, y, (columns.max() + 1) * CELL - x, (rows.max() + 1) * CELL - y


def room_on_photo(
    layers: Sequence[Layer],
    view_of: Callable[[str], ImageView],
    rows: tuple[float, float],
    *,
    faces: bool = True,
    around_faces: float = 0.3,
) -> PhotoRoom:
    """Find the room that the ``layers`` of a scene leave on its photos, between these heights.

    Without ``faces``, those in photos are not taken; ``around_faces``: so much around them is,
    in face widths.
    """
    photos = [layer for layer in layers if isinstance(layer, ImageLayer) and not layer.cut]
    size = (_COLUMNS, _ROWS)
    fields = [saliency_on_sheet(layer, view_of(layer.image), size) for layer in photos]
    fields = [field / max(float(field.sum()), 1e-9) for field in fields]
    taken = np.zeros((_ROWS, _COLUMNS), bool)
    taken[_cells(BADGE)] = True
    taken[: max(0, int(rows[0] // CELL) - 1)] = True
    taken[int(rows[1] // CELL) + 1 :] = True
    for box in taken_boxes(layers, view_of, around_faces):
        taken[_cells(box)] = True
    if not faces:
        taken = _without_faces(taken, photos, view_of)
    things = [
        _main_thing(field * _subject_cells(layer, view_of(layer.image)), taken)
        for layer, field in zip(photos, fields, strict=True)
    ]
    # Of scenery nothing is kept: what stands there may hide any part of it.
    kept = [
        thing if view_of(layer.image).subject else np.zeros_like(taken)
        for layer, thing in zip(photos, things, strict=True)
    ]
    nothing = np.zeros_like(taken)
    return PhotoRoom(
        sum(fields, np.zeros(taken.shape, np.float32)),
        taken,
        things[0] if things else nothing,
        np.logical_or.reduce([nothing, *kept]),
        np.logical_or.reduce([nothing, *things[1:]]),
        photos[0].area if len(photos) == 1 and not photos[0].fade else None,
    )


def _subject_cells(layer: ImageLayer, view: ImageView) -> Mask:
    """Return the cells of the box of a photo's main subject; all where it has none."""
    cells = np.ones((_ROWS, _COLUMNS), bool)
    if box := box_on_sheet(layer, view, view.subject):
        cells[:] = False
        cells[_cells(box)] = True
    return cells


def _without_faces(
    taken: Mask, photos: Sequence[ImageLayer], view_of: Callable[[str], ImageView]
) -> Mask:
    free = taken.copy()
    for layer in photos:
        if seen := face_in_layer(layer, view_of):
            free[_cells(_padded(seen, 0.3 * seen[2]))] = False
    return free


def _strongest(seen: Floats, share: float) -> Mask:
    """Return the connected cells with most of what draws the eye, of those with a share of it."""
    strong = seen > share * float(np.percentile(seen, 99.5))
    numbers = connected_parts(strong)
    weights = np.bincount(numbers.ravel(), weights=(seen * strong).ravel())
    weights[0] = 0
    return np.asarray((numbers == int(weights.argmax())) & strong)


def _main_thing(saliency: Floats, taken: Mask) -> Mask:
    """Return the cells of what draws the eye most of what is seen, and of all within it."""
    seen = np.where(taken, 0, saliency)
    if not seen.any():
        return np.zeros_like(taken)
    thing = _strongest(seen, _DRAWS)
    # What lies between two of its edges is a part of it.
    within = np.logical_or.accumulate(thing, axis=1)
    within &= np.logical_or.accumulate(thing[:, ::-1], axis=1)[:, ::-1]
    return np.asarray(within & ~taken)


def _sums(field: Floats, size: tuple[int, int]) -> Floats:
    """Return the sum of a field in each window of a size (rows, columns)."""
    rows, columns = size
    if rows > field.shape[0] or columns > field.shape[1]:
        return np.zeros((0, 0), np.float32)
    total = np.pad(field.astype(np.float64).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    sums = total[rows:, columns:] - total[:-rows, columns:]
    sums += total[:-rows, :-columns] - total[rows:, :-columns]
    return np.asarray(sums, dtype=np.float32)


def taken_boxes(
    layers: Iterable[Layer], view_of: Callable[[str], ImageView], around_faces: float = 0.3
) -> list[Box]:
    """Return where words, labels, things, people and faces are."""
    boxes: list[Box] = []
    for layer in layers:
        if isinstance(layer, Words):
            boxes.append(_padded(extent(layer), _MARGIN))
        elif isinstance(layer, Chip):
            face = fonts.Face(layer.face.family, layer.face.weight, layer.face.file)
            wide = typesetting.width(face, layer.text, layer.track) * layer.size + layer.size
            boxes.append(_padded((*layer.at, wide, layer.size * 1.4), _MARGIN))
        elif isinstance(layer, ObjectLayer):
            x, foot = layer.at
            boxes.append((x - layer.height / 2, foot - layer.height, layer.height, layer.height))
        elif isinstance(layer, Card):
            boxes.append(_padded(layer.box, _MARGIN))
        elif seen := face_in_layer(layer, view_of):
            boxes.append(_padded(seen, around_faces * seen[2]))
            if isinstance(layer, Cutout):
                x, y, w, h = seen
                reach = _SHOULDERS * w
                boxes.append((x + w / 2 - 0.9 * w, y - 0.6 * h, 1.8 * w, 1.8 * h))
                boxes.append((x + w / 2 - reach, y + h, 2 * reach, 720 - y - h))
                if layer.figure and layer.figure.gesture in {"point", "hold"}:
                    way = -1 if layer.figure.reach == "left" else 1
                    at = x + w / 2 + (0 if way > 0 else -_ARM * w)
                    boxes.append((at, y + 0.7 * h, _ARM * w, 1.6 * h))
    return boxes


def _padded(box: Box, by: float) -> Box:
    x, y, w, h = box
    return x - by, y - by, w + 2 * by, h + 2 * by


def _cells(box: Box) -> tuple[slice, slice]:
    """Return the cells that a box touches."""
    x, y, w, h = box
    left, top = max(0, int(x // CELL)), max(0, int(y // CELL))
    right, foot = max(0, int(-(-(x + w) // CELL))), max(0, int(-(-(y + h) // CELL)))
    return slice(top, foot), slice(left, right)
