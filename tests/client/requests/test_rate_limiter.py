"""Never more than a host allows in any minute; people before polls; nobody waits for ever."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

import thumbnb as tb
from tests.client.polled_service import now, run
from thumbnb.client.ledger.ledger import Ledger
from thumbnb.client.ledger.ledger_database import LedgerDatabase
from thumbnb.client.requests import rate_limiter
from thumbnb.client.requests.rate_limiter import RateLimiter


def busiest_minute(times: list[float]) -> int:
    """Return the most requests that any 60 s hold."""
    return max((sum(start <= t < start + 60 for t in times) for start in times), default=0)


@given(
    st.integers(1, 40),
    st.lists(st.tuples(st.floats(0, 200), st.booleans()), max_size=120),
    st.lists(st.tuples(st.floats(0, 200), st.floats(0, 90)), max_size=3),
)
def test_no_minute_holds_more_and_all_get_their_turn(limit, arrivals, holds):
    async def main():
        governed, went = RateLimiter(limit), []

        async def one(after, polling):
            await asyncio.sleep(after)
            await governed.acquire(polling=polling)
            went.append(now())

        async def hold(after, seconds):
            await asyncio.sleep(after)
            governed.pause_for(seconds)
            held.append((now(), now() + seconds))

        held: list[tuple[float, float]] = []
        await asyncio.gather(*(one(*a) for a in arrivals), *(hold(*h) for h in holds))
        return went, held

    went, held = run(main())
    assert len(went) == len(arrivals)
    assert busiest_minute(went) <= limit
    assert not [t for t in went for start, end in held if start < t < end]


def test_user_requests_precede_polls():
    async def main():
        governed, waits = RateLimiter(90), []

        async def polls():
            while True:
                await governed.acquire(polling=True)

        polling = [asyncio.create_task(polls()) for _ in range(8)]
        for _ in range(60):
            await asyncio.sleep(5)
            asked = now()
            await governed.acquire()
            waits.append(now() - asked)
        for task in polling:
            task.cancel()
        return waits

    waits = run(main())
    assert max(waits) < 1
    assert sum(waits) / len(waits) < 0.1


def test_polls_get_most_of_the_rate_when_nothing_else_is_sent():
    async def main():
        governed, times = RateLimiter(90), []
        while now() < 600:
            await governed.acquire(polling=True)
            times.append(now())
        return times

    times = run(main())
    assert len(times) / 10 > 60
    assert busiest_minute(times) <= 90


def test_twenty_calls_go_out_together():
    async def main():
        governed = RateLimiter(90)
        for _ in range(20):
            await governed.acquire()
        return now()

    assert run(main()) == 0


def test_a_cancelled_request_takes_no_turn():
    async def main():
        governed = RateLimiter(1)
        await governed.acquire()
        gone, stays = (asyncio.create_task(governed.acquire()) for _ in range(2))
        await asyncio.sleep(1)
        gone.cancel()
        await stays
        return now()

    assert run(main()) == pytest.approx(60)


def test_without_a_limit_nothing_waits_except_on_a_hold():
    async def main():
        governed = RateLimiter(None)
        for _ in range(1000):
            await governed.acquire(polling=True)
        at_once = now()
        governed.pause_for(7)
        await governed.acquire()
        return at_once, now()

    assert run(main()) == (0, 7)


def test_a_host_has_one_governor_on_a_loop_and_the_last_limit_holds():
    async def main():
        first = rate_limiter.shared("a.example", 10)
        assert rate_limiter.shared("a.example", 20) is first
        assert rate_limiter.shared("b.example", 20) is not first
        return first

    first = run(main())
    assert first.limit == 20
    assert run(main()) is not first


# -- several kernels ------------------------------------------------------------------


def test_kernels_of_one_home_share_what_a_host_allows(tmp_path):
    async def main():
        kernels = [Ledger(tmp_path, clock=lambda: 1.7e9 + now()) for _ in range(3)]
        governed = [RateLimiter(30, ledger.request_counter("a.example")) for ledger in kernels]
        went = []

        async def one(at_work):
            await at_work.acquire()
            went.append(now())

        await asyncio.gather(*(one(at_work) for at_work in governed for _ in range(40)))
        other = RateLimiter(30, kernels[0].request_counter("b.example"))
        asked = now()
        await other.acquire()
        assert now() == asked
        for ledger in kernels:
            ledger.close()
        return went

    went = run(main())
    assert busiest_minute(went) == 30
    assert 180 <= max(went) < 190


def test_a_clock_that_is_set_back_stops_no_request(tmp_path):
    ledger = LedgerDatabase(tmp_path / "l.sqlite3")
    assert ledger.count_request("h", 1, 10_000.0) == 0
    assert ledger.count_request("h", 1, 10_030.0) == pytest.approx(30)
    assert ledger.count_request("h", 1, 5_000.0) == 0
    ledger.close()


def test_only_a_governed_host_is_counted(tmp_path):
    hosted = tb.connect(videodb_key="k", youthumb_key="k", home=tmp_path, quiet=True)
    assert hosted._youthumb._request_counter
    assert hosted._session._request_counter is None
    own = tb.connect(
        youthumb_key="k", youthumb_url="http://127.0.0.1:8750/api", home=tmp_path, quiet=True
    )
    assert own._youthumb._request_counter is None
