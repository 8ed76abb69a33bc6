"""The poller: requests the status of all jobs of a service, as seldom as will do."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import logging
import math
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from thumbnb import errors
from thumbnb.client.polling.schedule import Key, Span, eta
from thumbnb.client.polling.subscriptions import (
    Observation,
    PollTarget,
    StatusRequest,
    Subscription,
)
from thumbnb.client.runtime.progress import report_refused_key
from thumbnb.resilience.backoff import Backoff, is_service_wide

if TYPE_CHECKING:
    from thumbnb.client.polling.schedule import Schedule
    from thumbnb.client.requests.rate_limiter import RateLimiter
    from thumbnb.client.runtime.progress import Eta

logger = logging.getLogger(__name__)

T = TypeVar("T")

# One request about the jobs of many groups: {job id: group}. Of those it does not
# show, or cannot be sure of, each group is asked.
ListRequest: TypeAlias = Callable[[Mapping[str, str]], Awaitable[Mapping[str, Observation[Any]]]]

Answer: TypeAlias = Mapping[str, Observation[Any]]

# Seconds. A list shows groups, and a group may hold more jobs than ours: so long it is trusted.
_LIST_TRUSTED = 120.0

# An answer that took so many seconds was held back by the service until there was news.
_LONG_POLL = 5.0


class Poller:
    """Waits for any number of jobs of one service, on one event loop.

    ``list_request`` is the service's list, if it has one. Every request goes through the
    ``rate_limiter``; every end teaches the ``schedule``. ``key_worked`` says that the key has
    been good: then a 401 is first taken for a rate limit in disguise, where ``may_be_limited``
    does not say that it cannot be one.

    >>> poller = Poller(Schedule(), Governor())  # doctest: +SKIP
    >>> status = await poller.until_done(key, job_id, request_status)  # doctest: +SKIP
    """

    def __init__(
        self,
        schedule: Schedule,
        rate_limiter: RateLimiter,
        *,
        list_request: ListRequest | None = None,
        may_be_limited: Callable[[errors.ThumbnbError], Awaitable[bool]] | None = None,
    ) -> None:
        self.schedule = schedule
        self.rate_limiter = rate_limiter
        self.key_worked = False
        self._list_request = list_request
        self._may_be_limited = may_be_limited
        self._targets: dict[str, PollTarget] = {}
        self._list = PollTarget(0.0)
        self._backoff = Backoff()  # of the service as a whole
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._early_polls: deque[str] = deque(maxlen=256)  # before anybody waited for them

    async def until_done(
        self,
        key: Key,
        job_id: str,
        request_status: StatusRequest[T],
        *,
        request_results: StatusRequest[T] | None = None,
        group: str | None = None,
        age: float = 0.0,
        long_poll: bool = False,
        on_seen: Callable[[Observation[T]], Awaitable[object]] | None = None,
    ) -> T:
        """Wait until a job has ended and return the value seen with its end.

        ``request_status`` sends one request about some of the jobs of a ``group`` (default: the
        job is its own). ``request_results`` is sent instead where the list no longer shows the
        group: most likely the job has ended, and then what it made is wanted, too.
        ``age`` is how many seconds it has run already. ``long_poll`` says
        that the service may hold its answer back until there is news, so it is asked at
        once. ``on_seen`` is awaited with what was seen before the end.

        What passes is waited out: no network, a service in trouble, a rate limit. There
        is no deadline: put ``asyncio.timeout`` around it. Raises what a request raised.
        """
        self._loop = asyncio.get_running_loop()
        now = self._loop.time()
        started = now - age
        span = Span(self.schedule.model(key), started, seen=started)
        subscription = Subscription(
            key,
            job_id,
            job_id if group is None else group,
            request_status,
            span,
            request_results=request_results,
        )
        target = self._targets.setdefault(subscription.group, PollTarget(now))
        target.subscriptions.append(subscription)
        target.reschedule()
        if long_poll or job_id in self._early_polls:
            target.poll_soon()
        self._start()
        try:
            while not (seen := await subscription.next_observation()).ended:
                if on_seen:
                    await on_seen(seen)
            return seen.value
        finally:
            self._leave(target, subscription)

    def poll_now(self, job_id: str) -> None:
        """Poll a job now, because its end was reported. Any thread may call."""
        if self._loop is None:
            self._early_polls.append(job_id)
            return
        with contextlib.suppress(RuntimeError):  # the loop has ended, and all waits with it
            self._loop.call_soon_threadsafe(self._poll_now, job_id)

    def eta(self, job_id: str) -> Eta | None:
        """Return the seconds left of a job that is waited for, by all that is known of it."""
        for target in list(self._targets.values()):
            for subscription in target.subscriptions:
                if subscription.job_id == job_id and self._loop:
                    return eta(
                        subscription.span.model, self._loop.time() - subscription.span.started
                    )
        return None

    def _poll_now(self, job_id: str) -> None:
        targets = [
            p for p in self._targets.values() if any(w.job_id == job_id for w in p.subscriptions)
        ]
        for target in targets:
            target.poll_soon()
            self._changed.set()
        if not targets:
            self._early_polls.append(job_id)

    def _leave(self, target: PollTarget, subscription: Subscription[Any]) -> None:
        target.subscriptions.remove(subscription)
        target.reschedule()
        if not target.subscriptions:
            del self._targets[subscription.group]
            if target.task:
                target.task.cancel()
        self._changed.set()

    # -- when ---------------------------------------------------------------------

    def _start(self) -> None:
        self._changed.set()
        if self._task is None or self._task.done():
            # In a context of its own: what it does belongs to no single job.
            context = contextvars.Context()
            self._task = asyncio.get_running_loop().create_task(self._run(), context=context)

    async def _run(self) -> None:
        try:
            while self._targets:
                self._changed.clear()
                now = self._clock()
                free = self._free(now)
                due_at = min(map(self._due_at, free), default=math.inf)
                if due_at > now:
                    await self._sleep(due_at)
                    continue
                known = any(target.due_now and self._due_at(target) <= now for target in free)
                await self.rate_limiter.acquire(polling=not known)
                # While it waited, another may have become more urgent.
                now = self._clock()
                due = [target for target in self._free(now) if self._due_at(target) <= now]
                if due:
                    self._send(max(due, key=lambda target: target.urgency(now)))
        except Exception as error:
            logger.exception("The poller failed")
            for subscription in [
                w for target in self._targets.values() for w in target.subscriptions
            ]:
                subscription.fail(error)
        finally:
            if self._list.task:
                self._list.task.cancel()
            self._list = PollTarget(0.0)

    def _clock(self) -> float:
        return asyncio.get_running_loop().time()

    async def _sleep(self, until: float) -> None:
        loop = asyncio.get_running_loop()
        alarm = loop.call_at(until, self._changed.set) if until < math.inf else None
        try:
            await self._changed.wait()
        finally:
            if alarm:
                alarm.cancel()

    def _due_at(self, target: PollTarget) -> float:
        return max(target.due_at(), self._backoff.until)

    def _free(self, now: float) -> Sequence[PollTarget]:
        """Return the targets that can be polled: groups, or the list for many of them."""
        if self._backoff.failures and any(p.task for p in (self._list, *self._targets.values())):
            return []  # a service in trouble is sent one request at a time
        free = [target for target in self._targets.values() if target.task is None]
        if self._list_request is None:
            return free
        for target in free:
            if now - target.last > _LIST_TRUSTED:
                target.poll_soon()
        listed = [target for target in free if target.fits_list()]
        apart = [target for target in free if not target.fits_list()]
        if self._list.task:
            return apart
        if len(listed) == 1:
            return free
        self._list.subscriptions = [
            subscription for target in listed for subscription in target.subscriptions
        ]
        self._list.reschedule()
        return [*apart, self._list] if listed else apart

    # -- asking -------------------------------------------------------------------

    def _send(self, target: PollTarget) -> None:
        target.due_now = False
        target.task = asyncio.get_running_loop().create_task(self._poll(target))

    async def _poll(self, target: PollTarget) -> None:
        subscriptions, sent_at = list(target.subscriptions), self._clock()
        try:
            answer = await self._request(target, subscriptions)
        except errors.ThumbnbError as error:
            check = self._may_be_limited
            maybe_limited = await check(error) if check else True
            self._failed(target, subscriptions, error, sent_at, maybe_limited=maybe_limited)
        except asyncio.CancelledError:
            raise
        except BaseException as error:
            # Whatever it is, who waits has to know.
            self._give_up(target, subscriptions, error)
            if not isinstance(error, Exception):
                raise
        else:
            self.key_worked = True
            self._backoff.reset()
            target.backoff.reset()
            self._answered(target, subscriptions, answer, sent_at)
        finally:
            target.task, target.last = None, self._clock()
            target.reschedule()
            self._changed.set()

    async def _request(
        self, target: PollTarget, subscriptions: Sequence[Subscription[Any]]
    ) -> Answer:
        if target is self._list and self._list_request:
            return await self._list_request(
                {subscription.job_id: subscription.group for subscription in subscriptions}
            )
        first, jobs = subscriptions[0], [subscription.job_id for subscription in subscriptions]
        return await (
            first.request_results(jobs)
            if target.not_listed and not target.never_listed
            else first.request_status(jobs)
        )

    def _answered(
        self,
        target: PollTarget,
        subscriptions: Sequence[Subscription[Any]],
        answer: Answer,
        sent_at: float,
    ) -> None:
        now = self._clock()
        long_poll = now - sent_at >= _LONG_POLL
        for subscription in subscriptions:
            seen = answer.get(subscription.job_id)
            if seen is None and target is self._list:
                self._poll_group(subscription)
                continue
            if seen and seen.ended:
                if seen.typical:
                    self._learn(
                        subscription, low=now if long_poll else subscription.span.seen, high=now
                    )
            else:
                subscription.observe_running(sent_at, seen.fraction if seen else None)
                target.never_listed = target.never_listed or target.not_listed
                if long_poll:
                    target.poll_soon()  # it will hold back the next one too
            if seen:
                target.not_before = max(target.not_before, now + (seen.wait or 0.0))
                subscription.deliver(seen)

    def _poll_group(self, subscription: Subscription[Any]) -> None:
        target = self._targets.get(subscription.group)
        if target:
            target.not_listed = True
            target.poll_soon()

    def _learn(self, subscription: Subscription[Any], low: float, high: float) -> None:
        started = subscription.span.started
        self.schedule.observe(subscription.key, max(0.0, low - started), high - started)

    def _failed(
        self,
        target: PollTarget,
        subscriptions: Sequence[Subscription[Any]],
        error: errors.ThumbnbError,
        sent_at: float,
        *,
        maybe_limited: bool,
    ) -> None:
        where = self._backoff if is_service_wide(error) else target.backoff
        wait = where.record_failure(
            error, sent_at, self._clock(), key_worked=self.key_worked, maybe_limited=maybe_limited
        )
        if wait is None:
            self._give_up(target, subscriptions, error)
            return
        logger.info("%s Asking again in %.0f s.", error.message, wait)
        for subscription in subscriptions:
            subscription.context.run(report_refused_key, error, wait)
        if isinstance(error, errors.RateLimited):
            self.rate_limiter.pause_for(wait)

    def _give_up(
        self, target: PollTarget, subscriptions: Sequence[Subscription[Any]], error: BaseException
    ) -> None:
        if target is self._list:
            logger.warning("The list of jobs cannot be used, each is asked for itself: %s", error)
            self._list_request = None
            return
        for subscription in subscriptions:
            subscription.fail(error)
