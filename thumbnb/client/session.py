"""What all objects of one client share: the way to the service, and the patience to wait for it."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self, TypeVar

from thumbnb import errors
from thumbnb.api.transport import Transport
from thumbnb.api.videodb import Failed, Pending, poll
from thumbnb.client import policy, runner
from thumbnb.client.job import Job, report

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import TracebackType

    from thumbnb.api.videodb import Answer

logger = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

# Of the jobs somebody let go of, so many are kept to be picked up again.
KEPT_JOBS = 50


class Session:
    """The transport, the runner, the deadline and the kept jobs of one client."""

    def __init__(
        self,
        http: Transport,
        *,
        where: str,
        deadline: float,
        run_on: runner.Runner | None = None,
    ) -> None:
        self.http = http
        self.where = where
        self.deadline = deadline
        self.jobs: deque[Job[Any]] = deque(maxlen=KEPT_JOBS)
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

    async def settle(self, patience: Patience, answer: Answer) -> Any:
        """Wait until an answer is final and return its data."""
        started = asyncio.get_running_loop().time()
        while isinstance(answer, Pending):
            patience.output_url = answer.output_url
            known = answer.percentage is not None
            report("processing", (answer.percentage or 0) / 100 if known else None)
            # The first poll goes at once: a service may hold it until the job is done.
            answer = await self.ask(poll, answer.output_url)
            if isinstance(answer, Pending):
                age = asyncio.get_running_loop().time() - started
                await asyncio.sleep(policy.poll_delay(age))
        if isinstance(answer, Failed):
            raise errors.JobFailed(
                f"{self.http.service} could not do it: {answer.message}", body=answer.body
            )
        return answer.data

    def patience(self, what: str, seconds: float | None) -> Patience:
        """Give everything inside the ``async with`` one total deadline."""
        return Patience(what, self.deadline if seconds is None else seconds)


class Patience:
    """One total deadline over requests, polls and downloads; says where the result will be."""

    def __init__(self, what: str, seconds: float) -> None:
        self.output_url: str | None = None
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
            go_on = (
                "The service goes on: client.attach(error.output_url) waits for it again."
                if self.output_url
                else "Give it longer with deadline=..."
            )
            raise errors.DeadlineExceeded(
                f"{self._what} took longer than its deadline of {self._seconds:g} s.",
                hint=go_on,
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
