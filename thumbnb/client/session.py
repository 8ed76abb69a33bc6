"""What all objects of one client share: the way to the service, and the patience to wait for it."""

from __future__ import annotations

import asyncio
import logging
import math
from collections import deque
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self, TypeVar

from thumbnb import errors
from thumbnb.api.transport import Transport, plain_url
from thumbnb.client.polling.poller import Poller
from thumbnb.client.polling.schedule import Key
from thumbnb.client.requests import rate_limiter, retry
from thumbnb.client.requests.capacity_queue import CapacityQueue
from thumbnb.client.requests.per_loop import PerLoop
from thumbnb.client.runtime import runner
from thumbnb.client.runtime.job import expect, leave, report

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable, Iterator
    from contextlib import AbstractContextManager
    from types import TracebackType

    from thumbnb.client.ledger.books import Books
    from thumbnb.client.polling.poller import ListRequest
    from thumbnb.client.polling.subscriptions import StatusRequest
    from thumbnb.client.runtime.job import Job

logger = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

# Of the jobs somebody let go of, so many are kept to be picked up again.
KEPT_JOBS = 50

_patience: ContextVar[Deadline | None] = ContextVar("thumbnb_patience", default=None)


class Session:
    """The way to one service: its transport, and the runner, deadline and jobs of the client.

    ``where`` tells people where the service is; ``metered`` says that it charges, and
    is not in this process. ``rate`` is the most requests a minute it is sent (None: no
    limit), which ``tally`` counts for all kernels; ``survey`` its list of jobs, where it
    has one. Sessions of one client share ``books`` and ``jobs``.
    """

    def __init__(
        self,
        http: Transport,
        where: str,
        *,
        books: Books,
        deadline: float,
        metered: bool = True,
        jobs: deque[Job[Any]] | None = None,
        run_on: runner.Runner | None = None,
    ) -> None:
        self.http = http
        self.where = where
        self.books = books
        self.deadline = deadline
        self.metered = metered
        self.jobs: deque[Job[Any]] = deque(maxlen=KEPT_JOBS) if jobs is None else jobs
        self.rate: int | None = None
        self.tally: rate_limiter.Tally | None = None
        self.survey: ListRequest | None = None
        self.worked = False  # its key has been good
        self._lines: PerLoop[asyncio.Lock] = PerLoop()
        self._pollers: PerLoop[Poller] = PerLoop()
        self._poller: Poller | None = None
        self._run_on = run_on

    @property
    def runner(self) -> runner.Runner:
        """The thread where this client's requests run."""
        return self._run_on or runner.shared()

    @property
    def place(self) -> str:
        """The service's address, by which the ledger knows it."""
        return plain_url(self.http.base_url)

    async def ask(
        self,
        function: Callable[Concatenate[Transport, P], Awaitable[R]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Call one endpoint at its host's pace; where a repeat can do no harm, repeatedly."""
        pace = self._pace()

        async def once() -> R:
            patience = _patience.get()
            if patience:
                patience.afoot = False
            await pace.turn()
            if patience:
                patience.afoot = True
            answer = await function(self.http, *args, **kwargs)
            self.worked = True
            return answer

        return await self._repeat(once, function)

    def _pace(self) -> rate_limiter.RateLimiter:
        return rate_limiter.shared(self.http.base_url, self.rate, self.tally)

    async def fetch(self, url: str) -> bytes:
        """Return the bytes at a result's address. No key goes along."""
        data, _ = await self._repeat(lambda: self.http.fetch(url))
        return data

    async def _repeat(self, once: Callable[[], Awaitable[R]], what: Hashable = None) -> R:
        patience, attempt = _patience.get(), 1
        async with CapacityQueue(self._lines.get(what, asyncio.Lock)) as turn:
            while True:
                try:
                    answer = await once()
                except errors.ThumbnbError as error:
                    left = patience.left if patience else None
                    delay = retry.retry_delay(error, attempt, worked=self.worked, left=left)
                    if delay is None:
                        raise
                    logger.info("%s Trying again in %.1f s.", error.message, delay)
                    refused = error
                else:
                    if patience:
                        patience.refused = None
                    return answer
                attempt += 1
                if patience is None:
                    await asyncio.sleep(delay)
                    continue
                with patience.waiting(refused):
                    await turn.wait(refused, delay)

    # -- jobs of the service ------------------------------------------------------

    def key(self, kind: str, preset: str | None = None) -> Key:
        """Return by what jobs here are alike."""
        return Key(self.http.service if self.metered else "embedded", kind, preset or "")

    async def until_done(self, key: Key, job_id: str, look: StatusRequest[T], **how: Any) -> T:
        """Wait until a job of the service has ended; see ``Poller.until_done``."""
        schedule = await self.books.schedule()
        poller = self._pollers.get(
            "poller", lambda: Poller(schedule, self._pace(), survey=self.survey)
        )
        self._poller, poller.worked = poller, poller.worked or self.worked
        expect(lambda: poller.eta(job_id))
        try:
            return await poller.until_done(key, job_id, look, **how)
        finally:
            await self.books.keep_schedule()

    def poke(self, job_id: str) -> None:
        """Have a job looked at now: it has ended. Any thread may call."""
        if self._poller:
            self._poller.poke(job_id)

    def patience(self, what: str, seconds: float | None) -> Deadline:
        """Give everything inside the ``async with`` one total deadline."""
        return Deadline(what, self.deadline if seconds is None else seconds)


class Deadline:
    """One total deadline over requests, polls and downloads.

    ``leave()`` says, once the service has the job, how it is waited for again.
    ``retries`` counts the requests that had to be sent again. ``afoot`` says that a
    request may have reached the service, ``refused`` with what it was sent back, as
    long as it waits to be sent again; ``aside`` is entered meanwhile.
    """

    def __init__(self, what: str, seconds: float) -> None:
        self.output_url: str | None = None
        self.way_back: str | None = None
        self.retries = 0
        self.afoot = True
        self.refused: errors.ThumbnbError | None = None
        self.aside: Callable[[], AbstractContextManager[None]] = nullcontext
        self._sure = True
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
        self.afoot, self.refused = False, refused
        if isinstance(refused, errors.RateLimited):
            report("waiting its turn")
        with self.aside():
            yield
        self.retries += 1

    def leave(
        self, way_back: str | None, output_url: str | None = None, *, sure: bool = True
    ) -> None:
        """Say what goes on without us: the Python that waits for it, and its result's address.

        ``sure`` says that the service has it.
        """
        self.way_back = way_back
        self.output_url = output_url
        self._sure = sure
        leave(way_back)

    async def __aenter__(self) -> Self:
        await self._timeout.__aenter__()
        self._token = _patience.set(self)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _patience.reset(self._token)
        try:
            await self._timeout.__aexit__(kind, error, trace)
        except TimeoutError:
            if self.refused and self.way_back is None:
                raise self.refused from None
            goes_on = "The service goes on" if self._sure else "It may have been started"
            raise errors.DeadlineExceeded(
                f"{self._what} took longer than its deadline of {self._seconds:g} s.",
                hint=f"{goes_on}: {self.way_back} waits for it again."
                if self.way_back
                else "Give it longer with deadline=...",
                output_url=self.output_url,
            ) from None


class Resource:
    """Base of the objects that stand for something a service holds."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def _runner(self) -> runner.Runner:
        return self._session.runner

    def _keep(self, job: Job[Any]) -> str:
        self._session.jobs.append(job)
        return "client.jobs[-1].result()"
