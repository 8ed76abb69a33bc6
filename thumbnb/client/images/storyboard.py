"""A sheet of small frames over the whole length of a video."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from thumbnb.client.images.image import SNAPSHOT_SIZE, save_image, shown
from thumbnb.client.inputs import checks
from thumbnb.imaging.contact_sheet import write_caption
from thumbnb.text.clock_time import clock_time

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

    from thumbnb.models import StoryboardRecord

# Pixels that a tile is wide at least, to have its time on it.
CAPTIONED = 60


class Storyboard:
    """Small frames in one image: ``image`` is the sheet, ``times[i]`` the second of tile ``i``.

    ``tile_size`` is (width, height) in pixels, ``columns`` the tiles in a row,
    ``interval`` the mean seconds between tiles; ``len()`` counts them.

    >>> board = video.storyboard(count=40)  # doctest: +SKIP
    >>> board.at(12.5)  # doctest: +SKIP
    """

    def __init__(self, record: StoryboardRecord, image: Image.Image, encoded: bytes) -> None:
        self.record = record
        self.image = image
        self.bytes = encoded

    @property
    def times(self) -> list[float]:
        """The true second of every tile, rising."""
        return self.record.times

    @property
    def tile_size(self) -> tuple[int, int]:
        """Width and height of a tile in pixels."""
        return self.record.tile_width, self.record.tile_height

    @property
    def columns(self) -> int:
        """Tiles in a row."""
        return self.record.columns

    @property
    def interval(self) -> float:
        """Mean seconds between tiles."""
        return self.record.interval

    def __len__(self) -> int:
        return len(self.times)

    def tile(self, index: int) -> Image.Image:
        """Return one tile as a Pillow image; negative numbers count from the end."""
        index = range(len(self))[checks.whole("index", index, -len(self), len(self) - 1)]
        width, height = self.tile_size
        left, top = index % self.columns * width, index // self.columns * height
        return self.image.crop((left, top, left + width, top + height))

    def at(self, time: float | str) -> Image.Image:
        """Return the last tile at or before ``time`` seconds."""
        return self.tile(max(0, bisect_right(self.times, checks.seconds(time)) - 1))

    def save(self, path: str | Path) -> Path:
        """Write the sheet to a file; its suffix says the format. Returns the path."""
        return save_image(self.image, path, encoded=self.bytes)

    def __repr__(self) -> str:
        width, height = self.tile_size
        return f"<Storyboard {len(self)} tiles of {width}x{height}, every {self.interval:.2f} s>"

    def _repr_jpeg_(self) -> bytes | None:
        return shown(self._with_times)

    def _with_times(self) -> Image.Image:
        """Return the sheet as a notebook shows it, with the time of each tile."""
        width, height = self.image.size
        scale = min(1.0, SNAPSHOT_SIZE[0] / width)
        sheet = self.image.resize((round(width * scale), round(height * scale)))
        across, down = (round(side * scale) for side in self.tile_size)
        if across >= CAPTIONED:
            for index, time in enumerate(self.times):
                left, row = index % self.columns * across, index // self.columns + 1
                write_caption(sheet, clock_time(time, digits=0), left, row * down, across)
        return sheet
