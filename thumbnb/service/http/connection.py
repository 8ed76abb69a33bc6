"""Connections of the server, bounded: in number, and in how long each may keep it waiting."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

logger = logging.getLogger(__name__)

# Seconds for the whole head of a request.
HEAD_SECONDS = 20.0
# In any so many seconds a body brings at least so many bytes, or it is given up.
BODY_SECONDS = 30.0
BODY_BYTES = 4096
# How long a client may leave an answer unread (seconds).
READ_SECONDS = 60.0

_RESPONSE = "HTTP/1.1 {}\r\nconnection: close\r\ncontent-length: 0\r\n{}\r\n"
_TIMED_OUT = _RESPONSE.format("408 Request Timeout", "").encode()
_FULL = _RESPONSE.format("503 Service Unavailable", "retry-after: 5\r\n").encode()


def bounded_connection(limit: int) -> type[H11Protocol]:
    """Return the class of the connections of a server that keeps at most ``limit`` open."""

    class Connection(_BoundedConnection):
        _limit = limit

    return Connection


class _BoundedConnection(H11Protocol):
    """uvicorn's connection, with time-outs for heads, bodies and unread answers.

    uvicorn has one only between requests: half a request would stay open for ever.
    """

    _limit: int

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._refused = False
        self._waits_for: str | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._read_timer: asyncio.TimerHandle | None = None
        self._received = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, or refuse it where there are too many."""
        super().connection_made(transport)
        if len(self.connections) > self._limit:
            logger.debug("A connection was refused: %d are open", self._limit)
            self._refused = True
            transport.write(_FULL)
            transport.close()
        else:
            self._watch()

    def data_received(self, data: bytes) -> None:
        """Take what has come."""
        if self._refused:
            return
        self._received += len(data)
        super().data_received(data)

    def handle_events(self) -> None:
        """Let uvicorn act on what has come, and time what is still missing."""
        super().handle_events()
        self._watch()

    def _unsupported_upgrade_warning(self) -> None:
        # uvicorn's two lines a request tell the owner of the log to install what we do not use.
        logger.debug("A client asked for another protocol")

    def connection_lost(self, exc: Exception | None) -> None:
        """End the timers with the connection."""
        self._stop_timer()
        self.resume_writing()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Give the client a while to read what was sent."""
        super().pause_writing()
        if self._read_timer is None:
            self._read_timer = self.loop.call_later(READ_SECONDS, self._unread)

    def resume_writing(self) -> None:
        """Note that the client reads."""
        if self._read_timer is not None:
            self._read_timer.cancel()
            self._read_timer = None
        super().resume_writing()

    def _watch(self) -> None:
        """Start the timer of what the client still has to send, if it is not running."""
        state = self.conn.their_state
        if self.transport.is_closing():
            waits_for = None
        elif state is h11.SEND_BODY:
            waits_for = "body"
        elif state is h11.IDLE and self.timeout_keep_alive_task is None:
            waits_for = "head"
        else:
            waits_for = None
        if waits_for == self._waits_for:
            return
        self._stop_timer()
        self._waits_for = waits_for
        if waits_for == "head":
            self._start_timer(HEAD_SECONDS, self._give_up)
        elif waits_for == "body":
            self._start_timer(BODY_SECONDS, self._check_body)

    def _start_timer(self, seconds: float, action: Callable[[], None]) -> None:
        self._received = 0
        self._timer = self.loop.call_later(seconds, action)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _check_body(self) -> None:
        # While we read nothing, it is not the client who is slow.
        if self._received >= BODY_BYTES or self.flow.read_paused:
            self._start_timer(BODY_SECONDS, self._check_body)
        else:
            self._give_up()

    def _give_up(self) -> None:
        if self.transport.is_closing():
            return
        logger.debug("A request was given up: its %s did not come", self._waits_for)
        if not (self.cycle and self.cycle.response_started):
            self.transport.write(_TIMED_OUT)
        self.transport.close()

    def _unread(self) -> None:
        logger.debug("An answer was not read for %g s", READ_SECONDS)
        self.transport.abort()
