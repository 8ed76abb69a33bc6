"""One poller for all the jobs of a service: it asks how they are, as seldom as will do."""

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
from thumbnb.client.polling.schedule import Eta, Key, Span, eta
from thumbnb.client.polling.subscriptions import (
    Observation,
    PollTarget,
    StatusRequest,
    Subscription,
)
from thumbnb.client.requests import backoff
from thumbnb.client.requests.backoff import Backoff

if TYPE_CHECKING:
    from thumbnb.client.polling.schedule import Schedule
    from thumbnb.client.requests.rate_limiter import RateLimiter

logger = logging.getLogger(__name__)

T = TypeVar("T")

# One request about the jobs of many places: {job id: place}. Of those it does not
# show, or cannot be sure of, each place is asked.
ListRequest: TypeAlias = Callable[[Mapping[str, str]], Awaitable[Mapping[str, Observation[Any]]]]

Answer: TypeAlias = Mapping[str, Observation[Any]]

# A list shows places, and a place may hold more jobs than ours: so long is it believed.
_BELIEVED = 120.0

# An answer that took so long was held back by the service until there was news.
_HELD = 5.0


class Poller:
    """Waits for any number of jobs of one service, on one event loop.

    ``survey`` is the service's list, if it has one. Every request goes through the
    ``governor``; every end teaches the ``schedule``. ``worked`` says that the key has
    been good: then a 401 is first taken for a rate limit in disguise.

    >>> poller = Poller(Schedule(), Governor())  # doctest: +SKIP
    >>> status = await poller.until_done(key, job_id, look)  # doctest: +SKIP
    """

    def __init__(
        self, schedule: Schedule, governor: RateLimiter, *, survey: ListRequest | None = None
    ) -> None:
        self.schedule = schedule
        self.governor = governor
        self.worked = False
        self._survey = survey
        self._posts: dict[str, PollTarget] = {}
        self._list = PollTarget(0.0)
        self._trouble = Backoff()  # of the service as a whole
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._early: deque[str] = deque(maxlen=256)  # poked before anybody waited for them

    async def until_done(
        self,
        key: Key,
        job_id: str,
        look: StatusRequest[T],
        *,
        read: StatusRequest[T] | None = None,
        place: str | None = None,
        age: float = 0.0,
        held: bool = False,
        on_seen: Callable[[Observation[T]], Awaitable[object]] | None = None,
    ) -> T:
        """Wait until a job has ended and return the value seen with its end.

        ``look`` sends one request about some of the jobs of a ``place`` (default: the
        job is its own). ``read`` is sent instead where the list no longer shows the
        place: most likely the job has ended, and then what it made is wanted, too.
        ``age`` is how many seconds it has run already. ``held`` says
        that the service may hold its answer back until there is news, so it is asked at
        once. ``on_seen`` is awaited with what was seen before the end.

        What passes is waited out: no network, a service in trouble, a rate limit. There
        is no deadline: put ``asyncio.timeout`` around it. Raises what a look raised.
        """
        self._loop = asyncio.get_running_loop()
        now = self._loop.time()
        started = now - age
        span = Span(self.schedule.law(key), started, seen=started)
        watch = Subscription(key, job_id, job_id if place is None else place, look, span, read=read)
        post = self._posts.setdefault(watch.place, PollTarget(now))
        post.watches.append(watch)
        post.changed()
        if held or job_id in self._early:
            post.wake()
        self._stir()
        try:
            while not (seen := await watch.news()).ended:
                if on_seen:
                    await on_seen(seen)
            return seen.value
        finally:
            self._leave(post, watch)

    def poke(self, job_id: str) -> None:
        """Have a job looked at now: something has told that it ended. Any thread may call."""
        if self._loop is None:
            self._early.append(job_id)
            return
        with contextlib.suppress(RuntimeError):  # the loop has ended, and all waits with it
            self._loop.call_soon_threadsafe(self._poked, job_id)

    def eta(self, job_id: str) -> Eta | None:
        """Return the seconds left of a job that is waited for, by all that is known of it."""
        for post in list(self._posts.values()):
            for watch in post.watches:
                if watch.job_id == job_id and self._loop:
                    return eta(watch.span.law, self._loop.time() - watch.span.started)
        return None

    def _poked(self, job_id: str) -> None:
        posts = [p for p in self._posts.values() if any(w.job_id == job_id for w in p.watches)]
        for post in posts:
            post.wake()
            self._changed.set()
        if not posts:
            self._early.append(job_id)

    def _leave(self, post: PollTarget, watch: Subscription[Any]) -> None:
        post.watches.remove(watch)
        post.changed()
        if not post.watches:
            del self._posts[watch.place]
            if post.task:
                post.task.cancel()
        self._changed.set()

    # -- when ---------------------------------------------------------------------

    def _stir(self) -> None:
        self._changed.set()
        if self._task is None or self._task.done():
            # In a context of its own: what it does belongs to no single job.
            context = contextvars.Context()
            self._task = asyncio.get_running_loop().create_task(self._run(), context=context)

    async def _run(self) -> None:
        try:
            while self._posts:
                self._changed.clear()
                now = self._clock()
                free = self._free(now)
                when = min(map(self._when, free), default=math.inf)
                if when > now:
                    await self._sleep(when)
                    continue
                known = any(post.at_once and self._when(post) <= now for post in free)
                await self.governor.turn(polling=not known)
                # While it waited for its turn, another may have become more pressing.
                now = self._clock()
                due = [post for post in self._free(now) if self._when(post) <= now]
                if due:
                    self._send(max(due, key=lambda post: post.urgency(now)))
        except Exception as error:
            logger.exception("The poller failed")
            for watch in [w for post in self._posts.values() for w in post.watches]:
                watch.fail(error)
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

    def _when(self, post: PollTarget) -> float:
        return max(post.when(), self._trouble.until)

    def _free(self, now: float) -> Sequence[PollTarget]:
        """Return the posts that can be asked: those of places, or the list for many of them."""
        if self._trouble.failures and any(p.task for p in (self._list, *self._posts.values())):
            return []  # of a service in trouble one thing is asked at a time
        free = [post for post in self._posts.values() if post.task is None]
        if self._survey is None:
            return free
        for post in free:
            if now - post.last > _BELIEVED:
                post.wake()
        listed = [post for post in free if post.listable()]
        apart = [post for post in free if not post.listable()]
        if self._list.task:
            return apart
        if len(listed) == 1:
            return free
        self._list.watches = [watch for post in listed for watch in post.watches]
        self._list.changed()
        return [*apart, self._list] if listed else apart

    # -- asking -------------------------------------------------------------------

    def _send(self, post: PollTarget) -> None:
        post.at_once = False
        post.task = asyncio.get_running_loop().create_task(self._ask(post))

    async def _ask(self, post: PollTarget) -> None:
        watches, asked = list(post.watches), self._clock()
        try:
            answer = await self._request(post, watches)
        except errors.ThumbnbError as error:
            self._failed(post, watches, error, asked)
        except Exception as error:  # noqa: BLE001  - whatever it is, who waits has to know
            self._give_up(post, watches, error)
        else:
            self.worked = True
            self._trouble.over()
            post.trouble.over()
            self._answered(post, watches, answer, asked)
        finally:
            post.task, post.last = None, self._clock()
            post.changed()
            self._changed.set()

    async def _request(self, post: PollTarget, watches: Sequence[Subscription[Any]]) -> Answer:
        if post is self._list and self._survey:
            return await self._survey({watch.job_id: watch.place for watch in watches})
        first, jobs = watches[0], [watch.job_id for watch in watches]
        return await (first.read(jobs) if post.unsaid and not post.unlisted else first.look(jobs))

    def _answered(
        self, post: PollTarget, watches: Sequence[Subscription[Any]], answer: Answer, asked: float
    ) -> None:
        now = self._clock()
        held = now - asked >= _HELD
        for watch in watches:
            seen = answer.get(watch.job_id)
            if seen is None and post is self._list:
                self._ask_itself(watch)
                continue
            if seen and seen.ended:
                if seen.typical:
                    self._learn(watch, low=now if held else watch.span.seen, high=now)
            else:
                watch.ran(asked, seen.fraction if seen else None)
                post.unlisted = post.unlisted or post.unsaid
                if held:
                    post.wake()  # it will hold the next one too
            if seen:
                post.not_before = max(post.not_before, now + (seen.wait or 0.0))
                watch.tell(seen)

    def _ask_itself(self, watch: Subscription[Any]) -> None:
        post = self._posts.get(watch.place)
        if post:
            post.unsaid = True
            post.wake()

    def _learn(self, watch: Subscription[Any], low: float, high: float) -> None:
        started = watch.span.started
        self.schedule.observe(watch.key, max(0.0, low - started), high - started)

    def _failed(
        self,
        post: PollTarget,
        watches: Sequence[Subscription[Any]],
        error: errors.ThumbnbError,
        asked: float,
    ) -> None:
        where = self._trouble if backoff.general(error) else post.trouble
        wait = where.meet(error, asked, self._clock(), worked=self.worked)
        if wait is None:
            self._give_up(post, watches, error)
            return
        logger.info("%s Looking again in %.0f s.", error.message, wait)
        if isinstance(error, errors.RateLimited):
            self.governor.hold(wait)

    def _give_up(
        self, post: PollTarget, watches: Sequence[Subscription[Any]], error: Exception
    ) -> None:
        if post is self._list:
            logger.warning("The list of jobs cannot be used, each is asked for itself: %s", error)
            self._survey = None
            return
        for watch in watches:
            watch.fail(error)
