"""What to decode for one frame: the packets from a keyframe to it, in decoding order."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from av import Packet
    from av.video.stream import VideoStream

# No codec shows an image more than 16 images (32 fields) away from where it
# stands in the stream, so this many packets further on all is known.
REORDER = 32


@dataclass(frozen=True)
class Span:
    """When a frame is on screen, in ticks: ``start <= t < end``. The last has no known end."""

    start: int
    end: int | None = None


def stamp(packet: Packet[VideoStream]) -> int | None:
    """Return when ``packet`` is to be shown, in ticks; some formats know only its turn."""
    return packet.dts if packet.pts is None else packet.pts


class Route:
    """What to decode for the frame on screen at ``ticks``, of the ``packets`` from there on.

    Iterating yields them in decoding order, each with whether it is the one wanted;
    that one comes last (of several with one time, as files with odd clocks have them,
    the last). From then on ``span`` is known.
    """

    def __init__(self, packets: Iterable[Packet[VideoStream]], ticks: int) -> None:
        self._packets = packets
        self._ticks = ticks
        self._start: int | None = None
        self._end: int | None = None
        self._copies = self._passed = 0  # packets with the time wanted, and those yielded

    @property
    def span(self) -> Span | None:
        """When the frame wanted is on screen; None as long as none is known at that time."""
        return None if self._start is None else Span(self._start, self._end)

    @property
    def has_copies(self) -> bool:
        """Whether several packets have the time wanted."""
        return self._copies > 1

    def __iter__(self) -> Iterator[tuple[Packet[VideoStream], bool]]:
        for packet in self._in_view():
            match = stamp(packet) == self._start is not None and not packet.is_discard
            self._passed += match
            wanted = match and self._passed == self._copies
            yield packet, wanted
            if wanted:
                return

    def _in_view(self) -> Iterator[Packet[VideoStream]]:
        """Yield each packet when so many after it were noted that it can be judged."""
        ahead: deque[Packet[VideoStream]] = deque()
        later = 0
        for packet in self._packets:
            self._note(packet)
            if packet.is_keyframe and stamp(packet) == self._start:
                ahead.clear()  # nothing before it is needed any more
                self._copies, self._passed = 1, 0
            ahead.append(packet)
            later = later + 1 if (stamp(packet) or 0) > self._ticks else 0
            if later >= REORDER:
                break
            if len(ahead) > REORDER:
                yield ahead.popleft()
        yield from ahead

    def _note(self, packet: Packet[VideoStream]) -> None:
        shown = stamp(packet)
        if shown is None or packet.is_discard:
            return
        if shown > self._ticks:
            self._end = shown if self._end is None else min(self._end, shown)
        elif shown == self._start:
            self._copies += 1
        elif self._start is None or shown > self._start:
            self._start, self._copies, self._passed = shown, 1, 0
