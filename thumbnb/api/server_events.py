"""Server-sent events of a service at work, parsed within bounds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thumbnb import errors

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """One event: its name, empty where it has none, and its data, decoded as far as it goes."""

    name: str
    data: Any


class ServerEventParser:
    """Reads events from the bytes of a stream, of which there may be ``limit`` in all."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._left = limit
        self._rest = bytearray()
        self._name = ""
        self._lines: list[str] = []

    def feed(self, part: bytes) -> Iterator[ServerEvent]:
        """Take some bytes and yield the events that are whole by now."""
        self._left -= len(part)
        if self._left < 0:
            raise errors.DownloadFailed(
                f"The service sends more than {self._limit // 2**20} MB of events.",
                hint="That is more than any image needs; check the address.",
            )
        self._rest += part
        if b"\n" not in part:  # an image is one long line
            return
        *lines, rest = bytes(self._rest).split(b"\n")
        self._rest = bytearray(rest)
        for line in lines:
            if event := self._line(line.rstrip(b"\r").decode("utf-8", "replace")):
                yield event

    def _line(self, line: str) -> ServerEvent | None:
        if not line:
            return self._end()
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "event":
            self._name = value
        elif field == "data":
            self._lines.append(value)
        return None

    def _end(self) -> ServerEvent | None:
        name, text = self._name, "\n".join(self._lines)
        self._name, self._lines = "", []
        if not text or text == "[DONE]":
            return None
        try:
            data = json.loads(text)
        except ValueError:
            data = text
        return ServerEvent(name, data)
