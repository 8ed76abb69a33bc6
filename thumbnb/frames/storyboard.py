"""A storyboard: a sheet of small frames spread evenly over a video."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from PIL import Image

from thumbnb.errors import DamagedVideo, InvalidInput
from thumbnb.frames.decoder import Decoder, Frame
from thumbnb.frames.source import CORES, is_address
from thumbnb.imaging.sizes import MAX_SIDE, Size, fit_size, whole_number
from thumbnb.text.short_repr import short_repr

MAX_TILES = 2000

_WORKERS = min(CORES, 4)
_MIN_SHARE = 12

# Exact tiles are the rule where they take about so long, on a machine that decodes so
# many pixels a second on a core; and how much more some codecs cost than H.264 does.
_SECONDS = 2.0
_PIXELS_A_SECOND = 150e6
_MAX_CORES = 8
_EFFORT = {"hevc": 1.5, "av1": 1.5, "vp9": 1.2, "vvc": 3.0}
_PROBES = 6
_TINY: Size = (16, 16)

# A tile is black if no more than one in so many pixels is lighter than dark (0..255).
_DARK, _FEW = 28, 100
_NEARBY = (0.7, 0.9, 0.6)  # where to look instead, in shares of a tile's interval
_MAX_TRIES = 36


@dataclass(frozen=True, slots=True)
class Storyboard:
    """Small frames on one sheet, ``columns`` a row, left to right and top to bottom.

    Tile ``i`` stands for second ``(i + 0.5) * interval`` and shows the frame of
    second ``times[i]``: the very frame if ``exact``, else the keyframe before it; in
    place of a black one, one a little later. ``tile_size`` is (width, height) in
    pixels, ``interval`` in seconds.
    """

    image: Image.Image
    times: tuple[float, ...]
    tile_size: Size
    columns: int
    interval: float
    exact: bool = False

    def box(self, i: int) -> tuple[int, int, int, int]:
        """Return where tile ``i`` is on the sheet: left, top, right, bottom."""
        width, height = self.tile_size
        x, y = i % self.columns * width, i // self.columns * height
        return x, y, x + width, y + height

    def tile(self, i: int) -> Image.Image:
        """Return the image of tile ``i``."""
        return self.image.crop(self.box(i))


def make(
    clip: Decoder, count: int, tile_width: int, columns: int, *, exact: bool | None
) -> Storyboard:
    """Return a storyboard of ``count`` tiles of ``clip``; see :meth:`Clip.storyboard`."""
    count = whole_number("number of tiles", count, MAX_TILES)
    columns = min(count, whole_number("number of columns", columns, MAX_TILES))
    width, height = tile_size = fit_size(clip.size, width=tile_width)
    sheet_size = width * columns, height * -(-count // columns)
    if max(sheet_size) > MAX_SIDE:
        raise InvalidInput(
            f"A storyboard of {sheet_size[0]}x{sheet_size[1]} pixels is too large.",
            hint=f"Ask for fewer or smaller tiles: neither side may be over {MAX_SIDE}.",
        )
    sheet = Image.new("RGB", sheet_size)
    interval = clip.readable / count
    wanted = [(i + 0.5) * interval for i in range(count)]
    if not isinstance(exact, bool | None):
        raise InvalidInput(f"exact is True, False or None, not {short_repr(exact)}.")
    if exact is None:
        exact = _is_quick(clip, wanted)
    frames = _lit(clip, _frames(clip, wanted, tile_size, exact=exact), interval, exact=exact)
    times = tuple(frame.time for frame in frames)
    board = Storyboard(sheet, times, tile_size, columns, interval, exact)
    for i, frame in enumerate(frames):
        sheet.paste(frame.image, board.box(i))
    return board


def _is_quick(clip: Decoder, times: list[float]) -> bool:
    """Whether the very frames of ``times`` can be had within about two seconds."""
    pixels = clip.size[0] * clip.size[1] * _EFFORT.get(clip.codec, 1.0)
    affordable = _PIXELS_A_SECOND * min(CORES, _MAX_CORES) * _SECONDS / pixels
    if max(clip.readable * clip.fps, len(times)) <= affordable:
        return True
    if len(times) > affordable:
        return False
    # What lies between a time and the keyframe before it must be decoded, too.
    probes = times[:: max(1, len(times) // _PROBES)]
    try:
        ahead = [max(0.0, t - clip.keyframe_at(t, _TINY).time) for t in probes]
    except DamagedVideo:
        return False
    return len(times) * (1 + sum(ahead) / len(ahead) * clip.fps) <= affordable


def _frames(clip: Decoder, times: list[float], size: Size, *, exact: bool) -> list[Frame]:
    # A decoder on its own uses one core for a keyframe, so each worker opens the
    # video for itself; that pays from a dozen tiles on.
    alone = exact or is_address(clip.source)
    workers = 1 if alone else min(_WORKERS, -(-len(times) // _MIN_SHARE))
    length = -(-len(times) // workers)
    first, *others = (times[i : i + length] for i in range(0, len(times), length))

    def elsewhere(share: list[float]) -> list[Frame]:
        with Decoder(clip.source, threads=1) as helper:
            return _in_turn(helper, share, size, exact=exact)

    with ThreadPoolExecutor(workers, "storyboard") as executor:
        started = [executor.submit(elsewhere, share) for share in others]
        frames = _in_turn(clip, first, size, exact=exact)
        frames += [frame for future in started for frame in future.result()]
    for i in range(1, len(frames)):  # two workers may know of different keyframes
        if frames[i].time < frames[i - 1].time:
            frames[i] = frames[i - 1]
    return frames


def _in_turn(clip: Decoder, times: list[float], size: Size, *, exact: bool) -> list[Frame]:
    frame_at = clip.next_frame_at if exact else clip.keyframe_at
    frames: list[Frame] = []
    for time in times:
        try:
            frame = frame_at(time, size)
        except DamagedVideo:  # a hole in the file shows what was there before it
            frame = frames[-1] if frames else Frame(Image.new("RGB", size), time, 0.0)
        frames.append(frame)
    return frames


def _lit(clip: Decoder, frames: list[Frame], interval: float, *, exact: bool) -> list[Frame]:
    """Return ``frames`` with one from nearby, and later, in place of each that is all black."""
    frame_at = clip.frame_at if exact else clip.keyframe_at
    tries = _MAX_TRIES
    lit = []
    for i, frame in enumerate(frames):
        end = frames[i + 1].time if i + 1 < len(frames) else clip.readable
        shown = frame
        for share in _NEARBY if _is_black(frame.image) else ():
            t = (i + share) * interval
            if tries <= 0 or (exact and not frame.time < t < end):
                continue
            tries -= 1
            try:
                other = frame_at(t, frame.image.size)
            except DamagedVideo:
                continue
            if frame.time < other.time <= end and not _is_black(other.image):
                shown = other
                break
        lit.append(shown)
    return lit


def _is_black(image: Image.Image) -> bool:
    levels = image.convert("L").histogram()
    return sum(levels[_DARK:]) * _FEW <= sum(levels)
