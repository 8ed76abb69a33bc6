"""A clip: an open video with everything that can be had from it."""

from __future__ import annotations

import io
import weakref
from typing import TYPE_CHECKING

from PIL import Image

from thumbnb.frames.decoder import Decoder, Frame
from thumbnb.frames.proxy.gop import SmallFrame, small_frame
from thumbnb.frames.source import is_address
from thumbnb.frames.time_arguments import seconds_of
from thumbnb.imaging.sizes import check_size

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from thumbnb.frames.proxy.proxy import Proxy
    from thumbnb.frames.proxy.store import ProxyStore
    from thumbnb.frames.storyboard import Storyboard
    from thumbnb.frames.suggest import Suggestion


def open_clip(
    source: str | os.PathLike[str],
    threads: int | None = None,
    *,
    proxy: bool | ProxyStore = False,
) -> Clip:
    """Open a video file, or one at an http(s) address, and keep it open.

    ``threads`` decode it (one more than there are cores, at most 8, unless told). With a
    ``proxy`` the frames around the one asked for last are made ahead of time, as JPEGs in the
    size it was asked for, within 256 MB or a ``ProxyStore(max_bytes)`` that several videos may
    share: looking around there costs no decoding. Raises ``FileMissing``, ``NotAVideo``
    or ``DamagedVideo``.

    >>> from thumbnb import frames
    >>> with frames.open("talk.mp4") as clip:
    ...     clip.at(2.5, size=(640, 360)).save("frame.jpg")
    """
    return Clip(source, threads, proxy=proxy)


class Clip(Decoder):
    """An open video: its facts (see :class:`Decoder`), its frames, its storyboard, its best.

    Attributes
    ----------
    proxy
        What makes frames ahead of time; None where nothing does.
    """

    def __init__(
        self,
        source: str | os.PathLike[str],
        threads: int | None = None,
        *,
        proxy: bool | ProxyStore = False,
    ) -> None:
        super().__init__(source, threads)
        self.proxy: Proxy | None = None
        if proxy is not False and not is_address(source):
            from thumbnb.frames.proxy.proxy import Proxy  # noqa: PLC0415 (where wanted)
            from thumbnb.frames.proxy.store import ProxyStore  # noqa: PLC0415

            self.proxy = Proxy(source, ProxyStore() if proxy is True else proxy)
            weakref.finalize(self, self.proxy.abandon)

    def at(self, time: float | str, size: tuple[int, int] | None = None) -> Image.Image:
        """Return the frame on screen at ``time`` (seconds, or "0:05") as an RGB image.

        ``size`` is the size wanted, cropped to cover it and never stretched; the
        size as displayed otherwise. Any time from 0 to ``duration`` has a frame;
        raises ``TimeOutOfRange`` beyond, ``DamagedVideo`` where it cannot be decoded.
        """
        return self.frame_at(time, size).image

    def frame_at(
        self,
        time: float | str,
        size: tuple[int, int] | None = None,
        *,
        step: int = 0,
        stop: Callable[[], bool] | None = None,
    ) -> Frame:
        """Return the frame on screen at ``time``; see :meth:`Decoder.frame_at`.

        With a proxy, from there if it is made.
        """
        made = self._made(time, size, step)
        if made is None:
            frame = super().frame_at(time, size, step=step, stop=stop)
            self._warm_proxy(frame.time, size)
            return frame
        image = Image.open(io.BytesIO(made.jpeg)).convert("RGB")
        return Frame(image, made.time, made.duration)

    def jpeg_at(
        self,
        time: float | str,
        size: tuple[int, int],
        *,
        step: int = 0,
        stop: Callable[[], bool] | None = None,
    ) -> SmallFrame:
        """Return the frame that :meth:`frame_at` does as a JPEG, with its times."""
        made = self._made(time, size, step)
        if made is None:
            frame = super().frame_at(time, size, step=step, stop=stop)
            self._warm_proxy(frame.time, size)
            made = small_frame(frame)
        return made

    def close(self) -> None:
        """Close the file. The video cannot be used any more."""
        if self.proxy is not None:
            self.proxy.close()
        super().close()

    def _made(
        self, time: float | str, size: tuple[int, int] | None, step: int
    ) -> SmallFrame | None:
        if self.proxy is None or size is None or self._closed:
            return None
        self._ticks(time)  # says what is wrong with it
        made = self.proxy.frame_at(seconds_of(time), check_size(size), step=step)
        if made is not None:
            self.proxy.set_position(made.time, made.size)
        return made

    def _warm_proxy(self, time: float, size: tuple[int, int] | None) -> None:
        if self.proxy is not None and size is not None:
            self.proxy.set_position(time, check_size(size))

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

    def suggest(self, count: int = 5, *, quick: bool = False) -> list[Suggestion]:
        """Return the ``count`` best moments for a thumbnail, best first, one a shot.

        ``quick`` looks at a tenth as much of a long video.
        """
        from thumbnb.frames.suggest import suggest  # noqa: PLC0415 (numpy, when first used)

        return suggest(self, count, quick=quick)

    def survey(self, count: int = 5) -> tuple[list[Suggestion], list[float]]:
        """Return what :meth:`suggest` does, and when each shot but the first begins (seconds)."""
        from thumbnb.frames.suggest import survey  # noqa: PLC0415 (numpy, when first used)

        return survey(self, count)
