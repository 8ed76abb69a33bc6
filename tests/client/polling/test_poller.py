"""One poller for all: every end is noticed, soon and cheaply, and trouble passes."""

from __future__ import annotations

import asyncio
import contextvars
import random
import threading
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.client.polled_service import KEY, Service, now, poller, refused, run
from tests.client.requests.test_rate_limiter import busiest_minute
from tests.client.sessions import duration
from thumbnb import errors
from thumbnb.client.polling.schedule import Schedule

# -- how good -------------------------------------------------------------------------


def sweep(seed: int, *, listed: bool, median: float = 30) -> tuple[float, float, Service]:
    """Wait for 24 jobs at once, after 15 one by one; return their lag, and requests a minute.

    Of the requests all but the one that reads what a job has made are counted.
    """
    service = Service()

    async def main():
        chance = random.Random(seed)
        at_work = poller(limit=90, list_request=service.survey if listed else None)
        for number in range(15):
            await service.job(at_work, f"before {number}", duration(median, 0.3, chance))
        service.forget()
        began = now()
        how = {} if listed else {"group": "one project"}
        names = [f"job {number}" for number in range(24)]
        await asyncio.gather(
            *(service.job(at_work, n, duration(median, 0.3, chance), **how) for n in names)
        )
        return now() - began

    seconds = run(main())
    asked = len(service.requests) - len(service.reads)
    return sum(service.lags.values()) / 24, asked / seconds * 60, service


@pytest.mark.slow
def test_24_jobs_of_one_project_cost_one_request_at_a_time():
    swept = [sweep(seed, listed=False) for seed in range(20)]
    assert sum(lag for lag, *_ in swept) / 20 <= 0.6
    assert sum(rate for _, rate, _ in swept) / 20 <= 45
    assert not any(service.reads for *_, service in swept)


@pytest.mark.slow
def test_24_jobs_share_list_polls_and_read_their_end_once():
    swept = [sweep(seed, listed=True) for seed in range(20)]
    assert sum(lag for lag, *_ in swept) / 20 <= 0.6
    assert sum(rate for _, rate, _ in swept) / 20 <= 45
    for *_, service in swept:
        read = [job for _, jobs in service.reads for job in jobs]
        assert len(read) == len(set(read)) >= 23
        # The last one alone is not worth a list.
        assert len({jobs for _, jobs in service.looks}) <= 1


# -- every end is noticed -------------------------------------------------------------

passing = st.sampled_from(
    [
        errors.ConnectionFailed("no way there"),
        errors.NoAnswer("nothing came"),
        refused(errors.Unavailable),
        refused(errors.Unavailable, retry_after=9.0),
        refused(errors.RateLimited),
        refused(errors.RateLimited, retry_after=21.0),
        refused(errors.ProtocolError),
        refused(errors.NotFound),
    ]
)


@pytest.mark.slow
@given(
    st.lists(
        st.tuples(st.floats(0, 100), st.floats(0, 400), st.integers(0, 5)), min_size=1, max_size=12
    ),
    st.booleans(),
    st.sampled_from([None, 12, 90]),
    st.floats(0, 3),
    st.lists(passing, max_size=2),
)
def test_every_end_is_noticed_and_the_rate_is_kept(jobs, listed, limit, takes, faults):
    service = Service(takes=takes, faults=list(faults))

    async def main():
        at_work = poller(limit=limit, list_request=service.survey if listed else None)

        async def one(number, after, lasts, place):
            await asyncio.sleep(after)
            name = f"job {number}"
            value = await service.job(at_work, name, lasts, group=f"place {place}")
            assert value == f"{name} done"

        await asyncio.gather(*(one(n, *job) for n, job in enumerate(jobs)))
        await asyncio.sleep(1000)

    run(main())
    assert len(service.lags) == len(jobs)
    # 15 s is the longest interval; the first look is after a minute at most; the rest is trouble.
    queue = len(jobs) * 60 / limit if limit else 0
    trouble = 65 * len(faults)
    for (_, lasts, _), lag in zip(jobs, _in_order(service, jobs), strict=True):
        usual = max(1.0, 60 - lasts, min(15, (lasts + takes) / 4))
        assert lag <= usual + 8 * takes + 2 * queue + trouble + 2
    if limit:
        assert busiest_minute(service.requests) <= limit


def _in_order(service: Service, jobs) -> list[float]:
    return [service.lags[f"job {number}"] for number in range(len(jobs))]


def test_no_waiter_starves_where_requests_are_scarce():
    service, chance = Service(), random.Random(2)

    async def main():
        at_work = poller(limit=30)
        await asyncio.gather(
            *(service.job(at_work, f"job {n}", duration(60, 0.6, chance)) for n in range(40))
        )

    run(main())
    assert len(service.lags) == 40
    assert max(service.lags.values()) < 150
    assert busiest_minute(service.requests) <= 30


def test_scarce_requests_go_to_the_job_most_likely_ended():
    service = Service()
    schedule = Schedule()
    for _ in range(20):
        schedule.observe(KEY, 29, 31)

    async def main():
        at_work = poller(limit=1, schedule=schedule)
        await at_work.rate_limiter.acquire()  # the one request of this minute
        young = asyncio.create_task(service.job(at_work, "young", 100, age=5))
        old = asyncio.create_task(service.job(at_work, "old", 0, age=60))
        await old
        young.cancel()

    run(main())
    assert service.looks[0][1] == ("old",)


def test_a_job_that_ran_before_we_came_is_looked_at_once():
    service = Service()

    async def main():
        await service.job(poller(), "old", 0, age=500)

    run(main())
    assert service.lags["old"] == 0


def test_two_callers_of_one_job_share_a_request():
    service = Service()

    async def main():
        at_work = poller()
        await asyncio.gather(*(service.job(at_work, "same", 20) for _ in range(2)))
        return len(service.looks)

    async def alone():
        service.forget()
        await service.job(poller(), "same", 20)
        return len(service.looks)

    assert run(main()) <= run(alone()) + 1


# -- what the service says ------------------------------------------------------------


def test_it_polls_no_sooner_than_the_service_allows():
    service = Service(wait=11.0)
    run(service.job(poller(), "job", 90))
    times = [at for at, _ in service.looks]
    assert min(b - a for a, b in pairwise(times)) >= 10.999


def usual_service(**how) -> tuple[Service, Schedule]:
    schedule = Schedule()
    for lasts in (26, 30, 34) * 5:
        schedule.observe(KEY, lasts - 1, lasts)
    return Service(**how), schedule


def test_reported_progress_improves_the_eta_and_saves_requests():
    reported, etas = {}, {}
    for name, bar in (("silent", lambda *_: None), ("telling", lambda _, at: at / 200)):
        service, schedule = usual_service(fractions=bar)

        async def main(service=service, schedule=schedule, name=name):
            at_work = poller(schedule=schedule)
            waiting = asyncio.create_task(service.job(at_work, "long", 200))
            await asyncio.sleep(100)
            etas[name] = at_work.eta("long").p50
            await waiting
            assert at_work.eta("long") is None

        run(main())
        reported[name] = (len(service.looks), service.lags["long"])
    assert reported["telling"][0] < reported["silent"][0]
    assert reported["telling"][1] < 10
    assert abs(etas["telling"] - 100) < abs(etas["silent"] - 100)


def test_a_bar_that_stands_still_changes_nothing():
    counts = set()
    for bar in (lambda *_: None, lambda *_: 0.4):
        service, schedule = usual_service(fractions=bar)
        run(service.job(poller(schedule=schedule), "long", 120))
        counts.add(tuple(at for at, _ in service.looks))
    assert len(counts) == 1


def test_a_service_that_holds_its_answer_is_asked_without_pause():
    service = Service()

    async def hold(jobs):
        service.looks.append((now(), tuple(jobs)))
        await asyncio.sleep(min(20.0, max(0.0, service.ends["job"] - now())))
        return {"job": service.seen("job")}

    service.ends["job"] = 50.0
    learned = []
    schedule = Schedule()
    schedule.observe = lambda key, low, high: learned.append((low, high))

    async def main():
        await poller(schedule=schedule).until_done(KEY, "job", hold, long_poll=True)
        return now()

    assert run(main()) == pytest.approx(50)
    assert [at for at, _ in service.looks] == [0, 20, 40]
    assert learned == [(50, 50)]  # told at its end, it is known to the second


def test_a_caller_gets_progress_in_its_own_context():
    service = Service(fractions=lambda _, at: at / 100)
    whose: contextvars.ContextVar[str] = contextvars.ContextVar("whose", default="nobody")
    received, asked = [], []

    async def look(jobs):
        asked.append(whose.get())
        return await service.look(jobs)

    async def main():
        at_work = poller()

        async def one(name):
            whose.set(name)
            service.ends[name] = 40.0

            async def hear(seen):
                received.append((whose.get(), seen.fraction))

            await at_work.until_done(KEY, name, look, on_seen=hear)

        await asyncio.gather(one("a"), one("b"))

    run(main())
    assert {name for name, _ in received} == {"a", "b"}
    assert set(asked) == {"nobody"}
    fractions = [fraction for name, fraction in received if name == "a"]
    assert fractions == sorted(fractions)


# -- woken ----------------------------------------------------------------------------


def test_a_poke_wakes_it_within_50_ms():
    service = Service()

    async def main():
        at_work = poller()
        service.ends["job"] = 7.0
        waiting = asyncio.create_task(at_work.until_done(KEY, "job", service.look))
        await asyncio.sleep(7.0)
        thread = threading.Thread(target=at_work.poll_now, args=("job",))
        thread.start()
        thread.join()
        await waiting
        return now()

    assert run(main()) == pytest.approx(7.0, abs=0.05)


@pytest.mark.parametrize("first", [True, False])
def test_a_poke_before_anybody_waits_is_not_lost(first):
    service = Service(ends={"job": 0.0})

    async def main():
        at_work = poller()
        if not first:
            await service.job(at_work, "another", 1)
        at_work.poll_now("job")
        await asyncio.sleep(0)
        began = now()
        await at_work.until_done(KEY, "job", service.look)
        return now() - began

    assert run(main()) < 0.05


def test_a_poke_while_a_request_is_on_its_way_brings_another():
    service = Service(takes=3.0)

    async def main():
        at_work = poller()
        service.ends["job"] = 1.0
        waiting = asyncio.create_task(service.job(at_work, "job", 2.0, long_poll=True))
        await asyncio.sleep(1.0)
        service.ends["job"] = 4.0  # after the first answer
        await asyncio.sleep(1.0)
        at_work.poll_now("job")
        await waiting

    run(main())
    assert [at for at, _ in service.looks] == [0, 3]
