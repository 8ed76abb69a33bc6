"""What a frame carries beside its pixels: its turn, how bright its film is at most."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from av.sidedata.sidedata import SideDataContainer

if TYPE_CHECKING:
    from collections.abc import Callable

    from av.buffer import Buffer
    from av.video.frame import VideoFrame


def side_data(frame: VideoFrame, kind: str) -> bytes | None:
    """Return the bytes that ``frame`` carries of a ``kind``, such as ``"DISPLAYMATRIX"``."""
    # Not frame.side_data: it and the frame hold each other, and until Python looks for such
    # circles hundreds of decoded frames stay in memory.
    container = cast("Callable[[VideoFrame], SideDataContainer]", SideDataContainer)(frame)
    data = cast("Buffer | None", container.get(kind))
    return None if data is None else bytes(data)
