"""What all objects of one client share: the way to the service, and the patience to wait for it."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self, TypeVar

from thumbnb import errors
from thumbnb.api.transport import Transport
from thumbnb.client import policy, runner

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import TracebackType

    from thumbnb.client.job import Job

logger = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

# Of the jobs somebody let go of, so many are kept to be picked up again.
KEPT_JOBS = 50


class Session:
    """The way to one service: its transport, and the runner, deadline and jobs of the client.

    ``where`` tells people where the service is. Sessions of one client share ``jobs``.
    """

    def __init__(
        self,
        http: Transport,
        where: str,
        *,
        deadline: float,
        jobs: deque[Job[Any]] | None = None,
        run_on: runner.Runner | None = None,
    ) -> None:
        self.http = http
        self.where = where
        self.deadline = deadline
        self.jobs: deque[Job[Any]] = deque(maxlen=KEPT_JOBS) if jobs is None else jobs
        self._run_on = run_on

    @property
    def runner(self) -> runner.Runner:
        """The thread where this client's requests run."""
        return self._run_on or runner.shared()

    async def ask(
        self,
        function: Callable[Concatenate[Transport, P], Awaitable[R]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Call one endpoint; where a repeat can do no harm, as often as the policy allows."""
        attempt = 1
        while True:
            try:
                return await function(self.http, *args, **kwargs)
            except errors.ThumbnbError as error:
                delay = policy.retry_delay(error, attempt)
                if delay is None:
                    raise
                logger.info("%s Trying again in %.1f s.", error.message, delay)
            await asyncio.sleep(delay)
            attempt += 1

    async def fetch(self, url: str) -> bytes:
        """Return the bytes at a result's address. No key goes along."""
        data, _ = await self.ask(Transport.fetch, url)
        return data

    def patience(self, what: str, seconds: float | None) -> Patience:
        """Give everything inside the ``async with`` one total deadline."""
        return Patience(what, self.deadline if seconds is None else seconds)


class Patience:
    """One total deadline over requests, polls and downloads.

    ``output_url`` and ``way_back`` are set once the service has the job: where its
    result will be, and the Python that waits for it again.
    """

    def __init__(self, what: str, seconds: float) -> None:
        self.output_url: str | None = None
        self.way_back: str | None = None
        self._what = what
        self._seconds = seconds
        self._timeout = asyncio.timeout(seconds)

    async def __aenter__(self) -> Self:
        await self._timeout.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            await self._timeout.__aexit__(kind, error, trace)
        except TimeoutError:
            raise errors.DeadlineExceeded(
                f"{self._what} took longer than its deadline of {self._seconds:g} s.",
                hint=f"The service goes on: {self.way_back} waits for it again."
                if self.way_back
                else "Give it longer with deadline=...",
                output_url=self.output_url,
            ) from None


class Handle:
    """Base of the objects that stand for something a service holds."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def _runner(self) -> runner.Runner:
        return self._session.runner

    def _keep(self, job: Job[Any]) -> str:
        self._session.jobs.append(job)
        return "client.jobs[-1].result()"
