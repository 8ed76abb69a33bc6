"""A session: how all objects of one client reach one service."""

from __future__ import annotations

import asyncio
import logging
import os
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from thumbnb import errors
from thumbnb.api.transport import Transport, plain_url
from thumbnb.client.polling.poller import Poller
from thumbnb.client.polling.schedule import Key
from thumbnb.client.requests import rate_limiter
from thumbnb.client.requests.capacity_queue import CapacityQueue
from thumbnb.client.requests.deadline import Deadline, current_deadline
from thumbnb.client.requests.per_loop import PerLoop
from thumbnb.client.runtime import runner
from thumbnb.client.runtime.progress import report_eta, report_refused_key
from thumbnb.resilience import retry

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Awaitable, Callable, Hashable

    from thumbnb.client.ledger.ledger import Ledger
    from thumbnb.client.polling.poller import ListRequest
    from thumbnb.client.polling.subscriptions import StatusRequest
    from thumbnb.client.runtime.job import Job

logger = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

# Generations under way at a time. The hosted service names no limit and refuses what is too many,
# which is sent again later; few at a time leave it room for other work of the account.
HOSTED_GENERATIONS = 6

# Of the jobs that nobody waits for, so many are kept to be picked up again.
KEPT_JOBS = 50


class Session:
    """The session with one service: its transport, and the client's ledger, jobs and deadline.

    ``where`` tells people where the service is; ``metered`` says that it charges, and
    is not in this process. ``deadline`` is that of a job where none is given, in seconds.
    ``rate`` is the most requests a minute it is sent (None: no limit), which
    ``request_counter`` counts for all kernels; ``list_request`` asks for its list of jobs,
    where it has one. Sessions of one client share ``ledger`` and ``jobs``.
    """

    def __init__(
        self,
        http: Transport,
        where: str,
        *,
        ledger: Ledger,
        deadline: float,
        jobs: deque[Job[Any]],
        metered: bool = True,
        rate: int | None = None,
        request_counter: rate_limiter.RequestCounter | None = None,
        list_request: ListRequest | None = None,
        run_on: runner.Runner | None = None,
    ) -> None:
        self.http = http
        self.where = where
        self.ledger = ledger
        self.default_deadline = deadline
        self.metered = metered
        self.jobs = jobs
        self.rate = rate
        self._request_counter = request_counter
        self._list_request = list_request
        self.engine: str | None = None
        """The engine that paints where a request names none; None leaves it to the service."""
        self.engine_code: str | None = None
        """The Python that makes that engine, without its key."""
        self._key_worked = False
        self._queues: PerLoop[asyncio.Lock] = PerLoop()
        self._pollers: PerLoop[Poller] = PerLoop()
        self._poller: Poller | None = None
        self._run_on = run_on
        self.is_closed = False

    @property
    def runner(self) -> runner.Runner:
        """The thread where this client's requests run."""
        return self._run_on or runner.shared()

    @property
    def service_url(self) -> str:
        """The service's address, by which the ledger knows it."""
        return plain_url(self.http.base_url)

    async def request(
        self,
        endpoint: Callable[Concatenate[Transport, P], Awaitable[R]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Call one endpoint at its host's pace; where a repeat can do no harm, repeatedly."""
        limiter = self._rate_limiter()

        async def once() -> R:
            deadline = current_deadline()
            if deadline:
                deadline.on_the_way = False
            await limiter.acquire()
            if deadline:
                deadline.on_the_way = True
            answer = await endpoint(self.http, *args, **kwargs)
            self._key_worked = True
            return answer

        return await self._repeat(once, endpoint)

    @property
    def concurrency(self) -> int:
        """How many of many generations are under way at a time: what keeps the service busy."""
        return HOSTED_GENERATIONS if self.metered else 2 * (os.cpu_count() or 2) + 2

    def _rate_limiter(self) -> rate_limiter.RateLimiter:
        return rate_limiter.shared(self.http.base_url, self.rate, self._request_counter)

    async def download(self, url: str) -> bytes:
        """Return the bytes at a result's address. No key goes along."""
        data, _ = await self._repeat(lambda: self.http.fetch(url))
        return data

    async def _repeat(self, once: Callable[[], Awaitable[R]], endpoint: Hashable = None) -> R:
        deadline, attempt = current_deadline(), 1
        async with CapacityQueue(self._queues.get(endpoint, asyncio.Lock)) as queue:
            while True:
                try:
                    answer = await once()
                except errors.ThumbnbError as error:
                    left = deadline.left if deadline else None
                    delay = retry.retry_delay(
                        error,
                        attempt,
                        key_worked=self._key_worked,
                        maybe_limited=await self._may_be_limited(error),
                        left=left,
                    )
                    if delay is None:
                        raise
                    logger.info("%s Trying again in %.1f s.", error.message, delay)
                    report_refused_key(error, delay)
                    refused = error
                else:
                    if deadline:
                        deadline.refused = None
                    return answer
                attempt += 1
                if deadline is None:
                    await asyncio.sleep(delay)
                    continue
                with deadline.waiting(refused):
                    await queue.wait(refused, delay)

    async def _may_be_limited(self, error: errors.ThumbnbError) -> bool:
        """Whether a refused key may mean that too many requests were sent with it."""
        is_refused = isinstance(error, errors.AuthenticationFailed)
        return is_refused and await self._rate_limiter().is_near_limit()

    # -- jobs of the service ------------------------------------------------------

    def key(self, kind: str, preset: str | None = None) -> Key:
        """Return the schedule's key for jobs of a kind."""
        return Key(self.http.service if self.metered else "embedded", kind, preset or "")

    async def until_done(
        self, key: Key, job_id: str, request_status: StatusRequest[T], **options: Any
    ) -> T:
        """Wait until a job of the service has ended; see ``Poller.until_done``."""
        schedule = await self.ledger.schedule()
        poller = self._pollers.get(
            "poller",
            lambda: Poller(
                schedule,
                self._rate_limiter(),
                list_request=self._list_request,
                may_be_limited=self._may_be_limited,
            ),
        )
        self._poller, poller.key_worked = poller, poller.key_worked or self._key_worked
        report_eta(lambda: poller.eta(job_id))
        try:
            return await poller.until_done(key, job_id, request_status, **options)
        finally:
            await self.ledger.save_schedule()

    def poll_now(self, job_id: str) -> None:
        """Poll a job now, because it has ended. Any thread may call."""
        if self._poller:
            self._poller.poll_now(job_id)

    def deadline(self, what: str, seconds: float | None) -> Deadline:
        """Give everything inside the ``async with`` one total deadline."""
        return Deadline(what, self.default_deadline if seconds is None else seconds)
