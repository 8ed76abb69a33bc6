"""Who waits for which job, and where one request shows how it is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from thumbnb.client.polling.schedule import FLOOR_OF_MANY, Key, Span, Unseen, next_look
from thumbnb.client.requests.backoff import Backoff

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Observation(Generic[T]):
    """What an answer said of a job.

    ``value`` is for who waits: the one that says ``ended`` is what the wait returns.
    ``fraction`` (0-1) is how far it is, ``wait`` the seconds the service asks to let
    pass, where it says. A job that is not ``typical``, because it failed, teaches
    nothing about how long others take.
    """

    value: T
    ended: bool = False
    fraction: float | None = None
    wait: float | None = None
    typical: bool = True


# One request about some jobs of one place, by their ids; it may show only some of them.
StatusRequest: TypeAlias = Callable[[Collection[str]], Awaitable[Mapping[str, Observation[T]]]]


class Subscription(Generic[T]):
    """One who waits for one job, and what is known of it."""

    def __init__(
        self,
        key: Key,
        job_id: str,
        place: str,
        look: StatusRequest[T],
        span: Span,
        *,
        read: StatusRequest[T] | None = None,
    ) -> None:
        self.key = key
        self.job_id = job_id
        self.place = place
        self.look = look
        self.read = read or look
        self.span = span
        self._usual = span.law
        self._bar: tuple[float, float] | None = None  # the first progress told: when, how much
        self._news = asyncio.Event()
        self._latest: Observation[T] | None = None
        self._error: Exception | None = None

    def ran(self, at: float, fraction: float | None = None) -> None:
        """Note that it still ran then, and how far it was."""
        law = self.span.law
        if fraction is not None and 0 <= fraction < 1:
            self._bar = self._bar or (at, fraction)
            since, before = self._bar
            if fraction > before and at > since:  # a bar that does not move says nothing
                left = (1 - fraction) * (at - since) / (fraction - before)
                law = self._usual.told(at - self.span.started, left)
        self.span = Span(law, self.span.started, max(at, self.span.seen), looked=True)

    def tell(self, seen: Observation[T]) -> None:
        """Wake who waits, with what was seen."""
        self._latest = seen
        self._news.set()

    def fail(self, error: Exception) -> None:
        """Wake who waits, with an error."""
        self._error = error
        self._news.set()

    async def news(self) -> Observation[T]:
        """Wait for the next thing to be told; raises the error there was."""
        while True:
            await self._news.wait()
            self._news.clear()
            if self._error:
                raise self._error
            if self._latest:
                return self._latest


class PollTarget:
    """Where one request shows all jobs that are waited for there: a place, or the list."""

    def __init__(self, now: float) -> None:
        self.watches: list[Subscription[Any]] = []
        self.task: asyncio.Task[None] | None = None  # the request that is on its way
        self.last = now - FLOOR_OF_MANY  # when it was asked last
        self.trouble = Backoff()
        self.not_before = now  # as the service asked
        self.at_once = False  # ask now: there is a reason to
        self.unsaid = False  # the list did not say how its job is
        self.unlisted = False  # nor will it: it runs, and the list does not show it
        self._when: float | None = None

    def when(self) -> float:
        """Return when it is to be asked."""
        if self._when is None:
            spans = [watch.span for watch in self.watches]
            self._when = self.last if self.at_once else next_look(spans, self.last)
        return max(self._when, self.not_before, self.trouble.until)

    def listable(self) -> bool:
        """Return whether the list of the service will do: it says how a place is, not each job."""
        return not (self.at_once or self.unlisted or len(self.watches) > 1)

    def changed(self) -> None:
        """Have it reckoned anew when it is to be asked."""
        self._when = None

    def wake(self) -> None:
        """Have it asked at once."""
        self.at_once = True
        self.changed()

    def urgency(self, now: float) -> tuple[bool, float]:
        """Return by what to choose where not all can be asked: the seconds it may save."""
        return self.at_once, Unseen([watch.span for watch in self.watches]).at(now)[0]
