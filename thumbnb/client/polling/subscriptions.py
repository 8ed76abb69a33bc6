"""Subscriptions to jobs, and the targets that are polled for them."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from thumbnb.client.polling.schedule import FLOOR_OF_MANY, ExpectedDelay, Key, Span, next_poll
from thumbnb.resilience.backoff import Backoff

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Observation(Generic[T]):
    """The state of a job in one answer.

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


# One request about some jobs of one group, by their ids; it may show only some of them.
StatusRequest: TypeAlias = Callable[[Collection[str]], Awaitable[Mapping[str, Observation[T]]]]


class Subscription(Generic[T]):
    """One caller's wait for a job, and the job's state as last seen."""

    def __init__(
        self,
        key: Key,
        job_id: str,
        group: str,
        request_status: StatusRequest[T],
        span: Span,
        *,
        request_results: StatusRequest[T] | None = None,
    ) -> None:
        self.context = contextvars.copy_context()  # of who waits
        self.key = key
        self.job_id = job_id
        self.group = group
        self.request_status = request_status
        self.request_results = request_results or request_status
        self.span = span
        self._usual = span.model
        self._first_progress: tuple[float, float] | None = (
            None  # the first progress told: when, how much
        )
        self._event = asyncio.Event()
        self._latest: Observation[T] | None = None
        self._error: BaseException | None = None

    def observe_running(self, at: float, fraction: float | None = None) -> None:
        """Record that the job was running at a time, and its progress."""
        model = self.span.model
        if fraction is not None and 0 <= fraction < 1:
            self._first_progress = self._first_progress or (at, fraction)
            since, before = self._first_progress
            if fraction > before and at > since:  # progress that does not change says nothing
                left = (1 - fraction) * (at - since) / (fraction - before)
                model = self._usual.with_progress(at - self.span.started, left)
        self.span = Span(model, self.span.started, max(at, self.span.seen), observed=True)

    def deliver(self, seen: Observation[T]) -> None:
        """Wake the caller with an observation."""
        self._latest = seen
        self._event.set()

    def fail(self, error: BaseException) -> None:
        """Wake the caller with an error."""
        self._error = error
        self._event.set()

    async def next_observation(self) -> Observation[T]:
        """Wait for the next observation; raises the error there was."""
        while True:
            await self._event.wait()
            self._event.clear()
            if self._error:
                raise self._error
            if self._latest:
                return self._latest


class PollTarget:
    """The target of one status request: the jobs of a group, or the list of all."""

    def __init__(self, now: float) -> None:
        self.subscriptions: list[Subscription[Any]] = []
        self.task: asyncio.Task[None] | None = None  # the request that is on its way
        self.last = now - FLOOR_OF_MANY  # when it was polled last
        self.backoff = Backoff()
        self.not_before = now  # as the service asked
        self.due_now = False  # poll now: there is a reason to
        self.not_listed = False  # the list did not show its job
        self.never_listed = False  # nor will it: it runs, and the list does not show it
        self._due_at: float | None = None

    def due_at(self) -> float:
        """Return the time of its next poll."""
        if self._due_at is None:
            spans = [subscription.span for subscription in self.subscriptions]
            self._due_at = self.last if self.due_now else next_poll(spans, self.last)
        return max(self._due_at, self.not_before, self.backoff.until)

    def fits_list(self) -> bool:
        """Whether the service's list will do: it shows the state of a group, not of each job."""
        return not (self.due_now or self.never_listed or len(self.subscriptions) > 1)

    def reschedule(self) -> None:
        """Discard the time of its next poll, so that it is computed anew."""
        self._due_at = None

    def poll_soon(self) -> None:
        """Set its next poll to now."""
        self.due_now = True
        self.reschedule()

    def urgency(self, now: float) -> tuple[bool, float]:
        """Return its urgency where not all can be polled: the seconds that a poll may save."""
        return self.due_now, ExpectedDelay(
            [subscription.span for subscription in self.subscriptions]
        ).at(now)[0]
