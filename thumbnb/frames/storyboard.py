"""A storyboard: a sheet of small frames spread evenly over a video."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from PIL import Image

from thumbnb.errors import DamagedVideo, InvalidInput
from thumbnb.frames.decoder import Decoder, Frame
from thumbnb.frames.source import CORES, is_address
from thumbnb.imaging.sizes import MAX_SIDE, Size, fit_size, whole_number

MAX_TILES = 2000

_WORKERS = min(CORES, 4)
_MIN_SHARE = 12


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


def make(clip: Decoder, n: int, tile_width: int, columns: int, *, exact: bool) -> Storyboard:
    """Return a storyboard of ``n`` tiles of ``clip``; see :meth:`Clip.storyboard`."""
    n = whole_number("number of tiles", n, MAX_TILES)
    columns = min(n, whole_number("number of columns", columns, MAX_TILES))
    width, height = tile_size = fit_size(clip.size, width=tile_width)
    sheet_size = width * columns, height * -(-n // columns)
    if max(sheet_size) > MAX_SIDE:
        raise InvalidInput(
            f"A storyboard of {sheet_size[0]}x{sheet_size[1]} pixels is too large.",
            hint=f"Ask for fewer or smaller tiles: neither side may be over {MAX_SIDE}.",
        )
    sheet = Image.new("RGB", sheet_size)
    interval = clip.readable / n
    frames = _frames(clip, [(i + 0.5) * interval for i in range(n)], tile_size, exact=exact)
    times = tuple(frame.time for frame in frames)
    board = Storyboard(sheet, times, tile_size, columns, interval)
    for i, frame in enumerate(frames):
        sheet.paste(frame.image, board.box(i))
    return board


def _frames(clip: Decoder, times: list[float], size: Size, *, exact: bool) -> list[Frame]:
    # A decoder on its own uses one core for a keyframe, so each worker opens the
    # video for itself; that pays from a dozen tiles on.
    workers = 1 if is_address(clip.source) else min(_WORKERS, -(-len(times) // _MIN_SHARE))
    length = -(-len(times) // workers)
    own, *others = (times[i : i + length] for i in range(0, len(times), length))

    def elsewhere(share: list[float]) -> list[Frame]:
        with Decoder(clip.source, threads=1) as helper:
            return _in_turn(helper, share, size, exact=exact)

    with ThreadPoolExecutor(workers, "storyboard") as executor:
        started = [executor.submit(elsewhere, share) for share in others]
        frames = _in_turn(clip, own, size, exact=exact)
        return frames + [frame for future in started for frame in future.result()]


def _in_turn(clip: Decoder, times: list[float], size: Size, *, exact: bool) -> list[Frame]:
    frame_at = clip.frame_at if exact else clip.keyframe_at
    frames: list[Frame] = []
    for time in times:
        try:
            frame = frame_at(time, size)
        except DamagedVideo:  # a hole in the file shows what was there before it
            frame = frames[-1] if frames else Frame(Image.new("RGB", size), time, 0.0)
        frames.append(frame)
    return frames
