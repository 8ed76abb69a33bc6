"""Several photos that fill the frame side by side: columns, a grid, or a strip of film."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.planning.photos.fit import fit_photo
from thumbnb.render.planning.photos.light import photo_finish
from thumbnb.render.scene import ImageLayer, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thumbnb.render.scene import Box, Layer
    from thumbnb.render.vision.faces import ImageView

_IN_ROW = 5
"""From so many photos on they stand in two rows."""

_EDGE, _HOLE = 92.0, (30.0, 34.0, 62.0)
"""How high the edges of a film are; the width, height and distance of the holes in them."""

_LINE = 8.0


def strip_layers(
    names: Sequence[str],
    view_of: Callable[[str], ImageView],
    reserved: Sequence[Box],
    *,
    film: bool,
) -> list[ImageLayer]:
    """Fit each photo into its frame, its subject clear of the ``reserved`` boxes."""
    layers = []
    for name, frame in zip(names, _frames(len(names), film=film), strict=True):
        view = view_of(name)
        fit = fit_photo(view, frame, reserved)
        layers.append(ImageLayer(image=name, area=frame, **fit.layer(), **photo_finish(view)))
    return layers


def _frames(count: int, *, film: bool) -> list[Box]:
    """Return the frames of so many photos: one row, or two where they are many."""
    top, high = (_EDGE, 720 - 2 * _EDGE) if film else (0.0, 720.0)
    rows = [count] if film or count < _IN_ROW else [count - count // 2, count // 2]
    return [
        (column * 1280 / columns, top + row * high / len(rows), 1280 / columns, high / len(rows))
        for row, columns in enumerate(rows)
        for column in range(columns)
    ]


def strip_lines(count: int, colour: str, *, film: bool) -> list[Layer]:
    """Draw the lines between the frames, and the perforated edges of a film."""
    frames = _frames(count, film=film)
    ink = "#0b0b0d" if film else colour
    wide = 3 * _LINE if film else _LINE
    lines = [Rule(box=(x - wide / 2, y, wide, h), colour=ink) for x, y, _, h in frames if x > 0]
    lines += [
        Rule(box=(0.0, y - wide / 2, 1280.0, wide), colour=ink)
        for y in sorted({y for _, y, _, _ in frames} - {0.0, _EDGE})
    ]
    if film:
        for top in (0.0, 720 - _EDGE):
            lines.append(Rule(box=(0.0, top, 1280.0, _EDGE), colour=ink))
            hole, high, step = _HOLE
            y = top + (_EDGE - high) / 2
            holes = range(int(1280 / step) + 1)
            lines += [Rule(box=(i * step + 8, y, hole, high), colour="#e9e4d8") for i in holes]
    return list(lines)
