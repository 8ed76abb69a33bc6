"""Files that come from the browser in parts, because a message has a limit."""

from __future__ import annotations

from typing import Any

from thumbnb import errors

MEGABYTE = 2**20
MAX_PICTURE = 25 * MEGABYTE
# So many files may be on their way to one widget; of one that was left, the rest never comes.
MAX_OPEN = 8
MAX_NAME = 200


class Parcels:
    """Puts files together from their parts; each at most ``most`` bytes."""

    def __init__(self, most: int = MAX_PICTURE) -> None:
        self._most = most
        self._open: dict[str, bytearray] = {}

    def add(self, parcel: str, size: int, buffers: list[Any]) -> bytes | None:
        """Take the next part of a file of ``size`` bytes; return the file once it is whole."""
        if not isinstance(size, int) or not 0 < size <= self._most:
            raise errors.InvalidInput(
                f"A file has at most {self._most // MEGABYTE} MB.", hint="Make it smaller."
            )
        if parcel not in self._open:
            while len(self._open) >= MAX_OPEN:
                self._open.pop(next(iter(self._open)))
            self._open[parcel] = bytearray()
        gathered = self._open[parcel]
        for buffer in buffers:
            gathered += memoryview(buffer).cast("B")
        if len(gathered) < size and buffers:
            return None
        del self._open[parcel]
        if len(gathered) != size:
            raise errors.InvalidInput("The file did not come whole.", hint="Add it again.")
        return bytes(gathered)


def plain_name(name: Any) -> str:
    """Return a file's name as a line of text of bounded length."""
    return " ".join(str(name).split())[:MAX_NAME] or "picture"
