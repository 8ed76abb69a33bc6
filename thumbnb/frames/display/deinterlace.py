"""Two fields woven into one frame, taken apart again: FFmpeg's filters, by way of PyAV."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from av import BlockingIOError as NoFrameYet
from av.filter import Graph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from av.video.frame import VideoFrame


_ANY_CLOCK = Fraction(1, 25)  # for a frame without one; the filters take them by their order


def one_field(frame: VideoFrame) -> VideoFrame:
    """Return the upper field of ``frame`` alone: half as high, and at one moment."""
    return _filtered([frame], "field", "type=top")[-1]


def deinterlaced(
    before: VideoFrame | None, frame: VideoFrame, after: VideoFrame | None
) -> VideoFrame:
    """Return ``frame`` at one moment and full height, from the frames beside it as well.

    What stands still keeps every line; what moves gets its missing lines from above and
    below, before and after.
    """
    around = [f for f in (before, frame, after) if f is not None]
    made = _filtered(around, "bwdif", "mode=send_frame:deint=interlaced")
    return made[0 if before is None else 1]


def _filtered(frames: Iterable[VideoFrame], name: str, options: str) -> list[VideoFrame]:
    graph, made = None, []
    for frame in frames:
        if graph is None:
            graph = Graph()
            graph.threads = 1
            source = graph.add_buffer(
                width=frame.width,
                height=frame.height,
                format=frame.format,
                time_base=frame.time_base or _ANY_CLOCK,
            )
            work, sink = graph.add(name, options), graph.add("buffersink")
            source.link_to(work)
            work.link_to(sink)
            graph.configure()
        graph.vpush(frame)
        made += _pulled(graph)
    if graph is not None:
        graph.vpush(None)
        made += _pulled(graph)
    return made


def _pulled(graph: Graph) -> list[VideoFrame]:
    made = []
    while True:
        try:
            made.append(graph.vpull())
        except (NoFrameYet, EOFError):
            return made
