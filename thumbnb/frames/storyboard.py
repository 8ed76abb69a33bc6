"""A storyboard: a sheet of small frames spread evenly over a video."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image

from thumbnb.errors import InvalidInput
from thumbnb.frames.fit import Size, check_size, fit_size

if TYPE_CHECKING:
    from thumbnb.frames.clip import Clip

MAX_TILES = 2000


@dataclass(frozen=True, slots=True)
class Storyboard:
    """Small frames on one sheet, ``columns`` a row, left to right and top to bottom.

    Tile ``i`` stands for second ``(i + 0.5) * interval`` and shows the frame of
    second ``times[i]``. ``tile_size`` is (width, height) in pixels, ``interval``
    in seconds.
    """

    image: Image.Image
    times: tuple[float, ...]
    tile_size: Size
    columns: int
    interval: float

    def box(self, i: int) -> tuple[int, int, int, int]:
        """Return where tile ``i`` is on the sheet: left, top, right, bottom."""
        width, height = self.tile_size
        x, y = i % self.columns * width, i // self.columns * height
        return x, y, x + width, y + height

    def tile(self, i: int) -> Image.Image:
        """Return the picture of tile ``i``."""
        return self.image.crop(self.box(i))


def make(clip: Clip, n: int, tile_width: int, columns: int, *, exact: bool) -> Storyboard:
    """Return a storyboard of ``n`` tiles of ``clip``; see :meth:`Clip.storyboard`."""
    if not 1 <= n <= MAX_TILES:
        raise InvalidInput(f"A storyboard has from 1 to {MAX_TILES} tiles, not {n}.")
    if columns < 1:
        raise InvalidInput(f"A storyboard has at least one column, not {columns}.")
    columns = min(columns, n)
    width, height = tile_size = fit_size(clip.size, width=tile_width)
    sheet = Image.new("RGB", check_size((width * columns, height * -(-n // columns))))
    interval = clip.duration / n
    frame_at = clip.frame_at if exact else clip.keyframe_at
    board = Storyboard(sheet, (), tile_size, columns, interval)
    times = []
    for i in range(n):
        frame = frame_at((i + 0.5) * interval, tile_size)
        sheet.paste(frame.image, board.box(i))
        times.append(frame.time)
    return Storyboard(sheet, tuple(times), tile_size, columns, interval)
