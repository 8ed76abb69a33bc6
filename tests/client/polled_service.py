"""A service of jobs with known ends, under a clock that only jumps."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.client.stub import JumpingLoop
from thumbnb.client.polling.poller import Poller
from thumbnb.client.polling.schedule import Key, Schedule
from thumbnb.client.polling.subscriptions import Observation
from thumbnb.client.requests.rate_limiter import RateLimiter

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from thumbnb import errors

KEY = Key("somewhere", "generate", "bold")


class StillLoop(JumpingLoop):
    """Its time passes by jumps alone, so that a test gives the same figures every time."""

    def time(self) -> float:
        return self._ahead


def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Run to the end on a loop whose time starts at 0 and costs nothing."""
    with asyncio.Runner(loop_factory=StillLoop) as runner:
        return runner.run(coroutine)


def now() -> float:
    return asyncio.get_running_loop().time()


@dataclass
class Service:
    """Jobs by id and when they end; what each request asked, and what goes wrong next."""

    ends: dict[str, float] = field(default_factory=dict)
    fractions: Callable[[str, float], float | None] = lambda job, at: None
    takes: float = 0.0  # seconds a request is under way
    faults: list[BaseException] = field(default_factory=list)
    looks: list[tuple[float, tuple[str, ...]]] = field(default_factory=list)
    reads: list[tuple[float, tuple[str, ...]]] = field(default_factory=list)
    surveys: list[tuple[float, tuple[str, ...]]] = field(default_factory=list)
    lags: dict[str, float] = field(default_factory=dict)
    wait: float | None = None
    asked: asyncio.Event = field(default_factory=asyncio.Event)  # a request has been sent

    def seen(self, job: str) -> Observation[str]:
        if self.ends[job] <= now():
            return Observation(f"{job} done", ended=True)
        return Observation("running", fraction=self.fractions(job, now()), wait=self.wait)

    def forget(self) -> None:
        for record in (self.looks, self.reads, self.surveys, self.lags):
            record.clear()

    async def look(self, jobs) -> dict[str, Observation[str]]:
        return await self._told(self.looks, jobs)

    async def read(self, jobs) -> dict[str, Observation[str]]:
        """Tell what came of a job, too: not asked to know how it is, but to have it."""
        return await self._told(self.reads, jobs)

    async def _told(self, record, jobs) -> dict[str, Observation[str]]:
        record.append((now(), tuple(jobs)))
        await self._travel()
        return {job: self.seen(job) for job in jobs}

    async def survey(self, places) -> dict[str, Observation[str]]:
        """Tell which still run, as a list of projects does; the rest has to be looked at."""
        self.surveys.append((now(), tuple(places)))
        await self._travel()
        return {job: self.seen(job) for job in places if self.ends[job] > now()}

    async def _travel(self) -> None:
        self.asked.set()
        if self.takes:
            await asyncio.sleep(self.takes)
        if self.faults:
            raise self.faults.pop(0)

    async def job(self, poller: Poller, name: str, lasts: float, **how: Any) -> str:
        """Start a job that lasts so many seconds and wait for it; keeps the lag."""
        self.ends[name] = now() + lasts
        value = await poller.until_done(KEY, name, self.look, request_results=self.read, **how)
        self.lags[name] = now() - self.ends[name]
        return value

    @property
    def requests(self) -> list[float]:
        return sorted(at for at, _ in self.looks + self.reads + self.surveys)


def poller(*, limit: int | None = None, list_request: Any = None, schedule: Schedule | None = None):
    return Poller(schedule or Schedule(), RateLimiter(limit), list_request=list_request)


def refused(kind: type[errors.ServiceError], **how) -> errors.ServiceError:
    return kind("It said no.", service="somewhere", **how)
