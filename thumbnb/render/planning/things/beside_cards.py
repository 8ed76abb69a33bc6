"""Things beside a card: at its corners, off the words, faces and each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.layout import BADGE, leaves_clear, most_covered
from thumbnb.render.objects.drawn import object_aspect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from thumbnb.render.prompt.images.relations import Side
    from thumbnb.render.scene import Box

_OF_CARD, _ROW_OF_CARD, _LEAST = 0.44, 0.27, 132.0
"""How high a thing and a row of several are, of a card; how high it is at least (units)."""

_TALLEST = 220.0

_RIM = 24.0


def boxes_beside_card(
    name: str, count: int, card: Box, taken: Sequence[Box], side: Side | None = None
) -> list[Box]:
    """Return where a thing goes beside a card, each copy of it; nothing where there is no room.

    On the ``side`` of the card that is said, if it has room there.
    ``taken`` is what must be left seen: words, faces, what stands there already.
    """
    aspect = object_aspect(name)
    _, _, wide, high = card
    size = min(_TALLEST, max(_LEAST, _OF_CARD * high)) if count == 1 else _ROW_OF_CARD * high
    size = min(size, 0.9 * wide / (count * aspect))
    for scale in (1.0, 0.85, 0.7):
        corners = list(corner_boxes(card, (count * size * aspect * scale, size * scale)))
        if side:
            middle = card[0] + card[2] / 2
            corners.sort(key=lambda box: (box[0] + box[2] / 2 < middle) != (side == "left"))
        for x, y, w, h in corners:
            if h >= _LEAST * min(1.0, 2 / (count + 1)) and is_clear((x, y, w, h), taken):
                return [(x + i * w / count, y, w / count, h) for i in range(count)]
    return []


def is_clear(box: Box, taken: Sequence[Box]) -> bool:
    """Whether a box leaves seen what is taken, and no large part of itself is under or over it."""
    covered = max((most_covered(each, [box]) for each in taken), default=0.0)
    return leaves_clear(box, taken) and covered < _OVERLAP


_OVERLAP = 0.03


def corner_boxes(card: Box, size: tuple[float, float]) -> Iterator[Box]:
    """Yield boxes of a size at the corners of a card: low ones first, in the frame."""
    x, y, w, h = card
    wide, high = size
    for middle in (x + w - 0.3 * wide, x + 0.3 * wide):
        for foot in (y + h + 0.3 * high, y + 0.66 * high):
            left = min(max(middle - wide / 2, _RIM), 1280 - _RIM - wide)
            top = min(max(foot - high, _RIM), 720 - _RIM - high)
            if left + wide > BADGE[0] and top + high > BADGE[1]:
                top = BADGE[1] - 8 - high
            yield left, top, wide, high
