"""A clip: an open video with everything that can be had from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.frames.decoder import Decoder

if TYPE_CHECKING:
    import os

    from PIL import Image

    from thumbnb.frames.storyboard import Storyboard
    from thumbnb.frames.suggest import Suggestion


def open_clip(source: str | os.PathLike[str], threads: int | None = None) -> Clip:
    """Open a video file, or one at an http(s) address, and keep it open.

    ``threads`` decode it (one more than there are cores, at most 8, unless told). Raises
    ``FileNotFoundError``, ``NotAVideo`` or ``DamagedVideo``.

    >>> with frames.open("talk.mp4") as clip:
    ...     clip.at(2.5, size=(640, 360)).save("frame.jpg")
    """
    return Clip(source, threads)


class Clip(Decoder):
    """An open video: its facts (see :class:`Decoder`), its frames, its storyboard, its best."""

    def at(self, time: float, size: tuple[int, int] | None = None) -> Image.Image:
        """Return the frame on screen at ``time`` (seconds) as an RGB picture.

        ``size`` is the size wanted, cropped to cover it and never stretched; the
        size as displayed otherwise. Any time from 0 to ``duration`` has a frame;
        raises ``TimeOutOfRange`` beyond, ``DamagedVideo`` where it cannot be decoded.
        """
        return self.frame_at(time, size).image

    def storyboard(
        self,
        count: int = 100,
        tile_width: int = 160,
        columns: int = 10,
        *,
        exact: bool | None = None,
    ) -> Storyboard:
        """Return ``count`` small frames, evenly spaced, on one sheet.

        Each tile shows the very frame of its time where all can be had in about two
        seconds, else the keyframe before it; the storyboard says which, and which time
        each tile is of. ``exact`` insists on the one (true) or the other (false).
        """
        from thumbnb.frames.storyboard import make  # noqa: PLC0415 (Pillow, when first used)

        return make(self, count, tile_width, columns, exact=exact)

    def suggest(self, count: int = 5) -> list[Suggestion]:
        """Return the ``count`` best moments for a thumbnail, best first, one a shot."""
        from thumbnb.frames.suggest import suggest  # noqa: PLC0415 (numpy, when first used)

        return suggest(self, count)

    def survey(self, count: int = 5) -> tuple[list[Suggestion], list[float]]:
        """Return what :meth:`suggest` does, and when each shot but the first begins (seconds)."""
        from thumbnb.frames.suggest import survey  # noqa: PLC0415 (numpy, when first used)

        return survey(self, count)
