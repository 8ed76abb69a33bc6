"""One total deadline over all requests, polls and downloads of a call."""

from __future__ import annotations

import asyncio
import math
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from typing import TYPE_CHECKING, Self

from thumbnb import errors
from thumbnb.client.runtime.progress import is_cancel_asked, report_progress, report_resume_code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from types import TracebackType

_current: ContextVar[Deadline | None] = ContextVar("thumbnb_deadline", default=None)


def current_deadline() -> Deadline | None:
    """Return the deadline of the running code."""
    return _current.get()


class Deadline:
    """A deadline in seconds for what happens inside its ``async with``.

    ``on_the_way`` says that a request may have reached the service, ``refused`` with what
    it was sent back, as long as it waits to be sent again; ``paused`` is entered meanwhile.
    ``retries`` counts the requests that had to be sent again.
    """

    def __init__(self, what: str, seconds: float) -> None:
        self.output_url: str | None = None
        self.resume_code: str | None = None
        self.retries = 0
        self.on_the_way = True
        self.refused: errors.ThumbnbError | None = None
        self.paused: Callable[[], AbstractContextManager[None]] = nullcontext
        self._started = True
        self._what = what
        self._seconds = seconds
        self._timeout = asyncio.timeout(seconds)

    @property
    def left(self) -> float:
        """Seconds until the deadline."""
        return (self._timeout.when() or math.inf) - asyncio.get_running_loop().time()

    @contextmanager
    def waiting(self, refused: errors.ThumbnbError) -> Iterator[None]:
        """Wait inside until what was refused may be sent again."""
        self.on_the_way, self.refused = False, refused
        if is_cancel_asked():
            raise asyncio.CancelledError
        if isinstance(refused, errors.RateLimited):
            report_progress("waiting its turn")
        with self.paused():
            yield
        self.retries += 1

    def set_resume(
        self, resume_code: str | None, output_url: str | None = None, *, started: bool = True
    ) -> None:
        """Set how to resume what goes on at the service: the Python code, and its result's address.

        ``started`` says that the service is known to have it.
        """
        self.resume_code = resume_code
        self.output_url = output_url
        self._started = started
        report_resume_code(resume_code)

    async def __aenter__(self) -> Self:
        await self._timeout.__aenter__()
        self._token = _current.set(self)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _current.reset(self._token)
        try:
            await self._timeout.__aexit__(kind, error, trace)
        except TimeoutError:
            if self.refused and self.resume_code is None:
                raise self.refused from None
            goes_on = "The service goes on" if self._started else "It may have been started"
            raise errors.DeadlineExceeded(
                f"{self._what} took longer than its deadline of {self._seconds:g} s.",
                hint=f"{goes_on}: {self.resume_code} waits for it again."
                if self.resume_code
                else "Give it longer with deadline=...",
                output_url=self.output_url,
            ) from None
