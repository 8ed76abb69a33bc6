"""The engines of a service: those it was given, and the loop on which they work."""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from thumbnb import errors
from thumbnb.render.engines.compositor import COMPOSITOR
from thumbnb.service.jobs.queue import OwnershipLost
from thumbnb.service.refusal import Refusal, invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

    from thumbnb.render.engines.protocol import Engine

T = TypeVar("T")

_GLANCE_SECONDS = 0.05
# Seconds that an orderly stop gives to what is being painted.
_GRACE_SECONDS = 2.0


class Engines:
    """What a service can paint with, by name. The compositor is always among them.

    ``default`` paints where a request names none. Engines may be added at any time.
    """

    def __init__(self, engines: Iterable[Engine] = ()) -> None:
        self._engines: dict[str, Engine] = {COMPOSITOR.name: COMPOSITOR}
        self.default = COMPOSITOR.name
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._closed = False
        for engine in engines:
            self.add(engine)
            if self.default == COMPOSITOR.name:
                self.default = engine.name

    @property
    def names(self) -> list[str]:
        """The engines' names, the compositor first."""
        return list(self._engines)

    def __getitem__(self, name: str) -> Engine:
        return self._engines[name]

    def add(self, engine: Engine) -> None:
        """Add an engine; one of the same name is replaced."""
        self._engines = {**self._engines, engine.name: engine}

    def checked(self, name: str | None) -> str:
        """Return the name of the engine to paint with; refuse one that there is not."""
        name = name or self.default
        if name not in self._engines:
            fault = f"There is no engine {name!a} here: use {', '.join(self._engines)}"
            raise invalid(fault, {"engine": [fault]})
        return name

    def checked_name(self, name: str) -> str:
        """Return an engine's name. Raises InvalidInput, naming those that there are."""
        if name not in self._engines:
            raise errors.InvalidInput(
                f"There is no engine {name!r} here.",
                hint=f"There is {', '.join(self._engines)}; or give an engine of tb.engines.",
            )
        return name

    def run(self, work: Coroutine[Any, Any, T], cancelled: Callable[[], bool]) -> T:
        """Do some of an engine's work on its loop; blocks the calling thread.

        Raises OwnershipLost soon after ``cancelled()`` says true: the work is given up then.
        """
        future = asyncio.run_coroutine_threadsafe(work, self._running_loop())
        while True:
            try:
                return future.result(timeout=_GLANCE_SECONDS)
            except concurrent.futures.CancelledError:
                raise OwnershipLost("") from None
            except TimeoutError:
                if future.done():
                    raise
                if cancelled():
                    future.cancel()
                    raise OwnershipLost("") from None

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._closed:
                raise OwnershipLost("")
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(
                    target=_run_loop, args=(self._loop,), name="thumbnb-engines", daemon=True
                )
                self._thread.start()
            return self._loop

    def close(self) -> None:
        """Give up what is being painted, and end the loop."""
        with self._lock:
            self._closed = True
            loop, self._loop = self._loop, None
        if loop is not None and self._thread is not None:
            loop.call_soon_threadsafe(loop.stop)
            self._thread.join(_GRACE_SECONDS)


def _run_loop(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    loop.run_forever()
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    if tasks:
        loop.run_until_complete(asyncio.wait(tasks, timeout=_GRACE_SECONDS))
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()


# -- how a painting fails -------------------------------------------------------------

_CODES: tuple[tuple[type[errors.ThumbnbError], int, str], ...] = (
    (errors.PromptRefused, 422, "PROMPT_REFUSED"),
    (errors.OutcomeUnknown, 502, "OUTCOME_UNKNOWN"),
    (errors.ConnectionFailed, 502, "ENGINE_UNREACHABLE"),
    (errors.AuthenticationFailed, 502, "ENGINE_KEY"),
    (errors.InsufficientCredits, 402, "ENGINE_UNPAID"),
    (errors.RateLimited, 503, "ENGINE_BUSY"),
    (errors.Unavailable, 503, "ENGINE_BUSY"),
    (errors.NotFound, 502, "ENGINE_NOT_FOUND"),
)
_UNSURE = (
    errors.OutcomeUnknown,
    errors.ProtocolError,
    errors.DownloadFailed,
    errors.NoAnswer,
    errors.MediaError,
)


def refusal_of_engine(error: errors.ThumbnbError) -> Refusal:
    """Give the refusal that an engine's failure amounts to."""
    for kind, status, code in _CODES:
        if isinstance(error, kind):
            return Refusal(status, code, str(error))
    return Refusal(502, "ENGINE_FAILED", str(error))


def was_refused(error: Exception) -> bool:
    """Whether an engine has certainly not painted: it was not reached, or said no."""
    if isinstance(error, _UNSURE):
        return False
    return isinstance(error, errors.ConnectionFailed | errors.ServiceError | errors.InvalidInput)
