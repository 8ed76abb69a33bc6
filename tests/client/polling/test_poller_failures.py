"""What goes wrong while jobs are polled: it passes, or is told to those it concerns."""

from __future__ import annotations

import asyncio
import logging
from itertools import pairwise

import pytest

from tests.client.polled_service import KEY, Service, now, poller, refused, run
from thumbnb import errors
from thumbnb.client.polling.schedule import Schedule

# -- trouble --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "error",
    [
        errors.ConnectionFailed("no way there"),
        errors.NoAnswer("nothing came"),
        refused(errors.Unavailable),
        refused(errors.RateLimited),
    ],
)
def test_what_passes_is_waited_out_however_long(error, caplog):
    service = Service(faults=[error] * 20)
    caplog.set_level(logging.INFO, "thumbnb")
    assert run(service.job(poller(), "job", 30)) == "job done"
    assert len(service.looks) == 21
    assert error.message in caplog.text


def test_nothing_at_all_is_sent_while_the_host_wants_a_pause():
    service = Service(faults=[refused(errors.RateLimited, retry_after=45.0)])

    async def main():
        at_work = poller(limit=90)
        jobs = [asyncio.create_task(service.job(at_work, n, 10)) for n in ("a", "b", "c")]
        await service.asked.wait()
        await at_work.rate_limiter.acquire()
        person = now()
        await asyncio.gather(*jobs)
        return person

    person = run(main())
    first = service.looks[0][0]
    assert person >= first + 45
    assert not [at for at, _ in service.looks if first < at < first + 45]


def test_a_failing_service_gets_one_request_at_a_time():
    service = Service(takes=2.0, faults=[refused(errors.Unavailable) for _ in range(12)])

    async def main():
        at_work = poller()
        await asyncio.gather(*(service.job(at_work, f"job {n}", 10) for n in range(8)))

    run(main())
    failed = [at for at, _ in service.looks][8:12]
    assert all(b - a > 2 for a, b in pairwise(failed))


def test_a_key_that_never_worked_is_refused_at_once():
    service = Service(faults=[refused(errors.AuthenticationFailed)])
    with pytest.raises(errors.AuthenticationFailed):
        run(service.job(poller(), "job", 5))
    assert len(service.looks) == 1


def test_a_sudden_401_on_a_key_that_worked_may_be_a_rate_limit():
    service = Service(faults=[refused(errors.AuthenticationFailed) for _ in range(3)])

    async def main():
        at_work = poller()
        at_work.key_worked = True
        return await service.job(at_work, "job", 5)

    assert run(main()) == "job done"
    assert service.looks[-1][0] - service.looks[0][0] >= 60


def test_a_401_that_stays_is_final_for_all_jobs_after_one_round_of_retries():
    service = Service(takes=2.0, faults=[refused(errors.AuthenticationFailed) for _ in range(30)])

    async def main():
        at_work = poller()
        at_work.key_worked = True
        jobs = [service.job(at_work, f"job {n}", 5) for n in range(3)]
        return await asyncio.gather(*jobs, return_exceptions=True)

    assert [type(e) for e in run(main())] == [errors.AuthenticationFailed] * 3
    assert len(service.looks) <= 3 + 2 + 3  # three waits, two that were on their way, one each
    assert 105 < service.looks[-1][0] < 150


@pytest.mark.parametrize("kind", [errors.NotFound, errors.ProtocolError])
def test_an_odd_answer_about_one_job_is_asked_about_twice_more(kind):
    service, odd = Service(), []

    async def look(jobs):
        odd.append(now())
        raise refused(kind)

    async def main():
        at_work = poller()
        good = asyncio.create_task(service.job(at_work, "good", 90))
        with pytest.raises(kind):
            await at_work.until_done(KEY, "odd", look, age=60)
        return await good

    assert run(main()) == "good done"
    assert [round(b - a) for a, b in pairwise(odd)] == [1, 4]


def test_an_error_of_one_job_leaves_the_others():
    service = Service()

    async def denied(jobs):
        raise refused(errors.AccessDenied)

    async def main():
        at_work = poller()
        good = asyncio.create_task(service.job(at_work, "good", 30))
        with pytest.raises(errors.AccessDenied):
            await at_work.until_done(KEY, "bad", denied)
        return await good

    assert run(main()) == "good done"


def test_an_error_in_a_status_request_reaches_the_caller():
    async def broken(jobs):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(poller().until_done(KEY, "job", broken))


class _Killed(BaseException):
    """What no ``except Exception`` catches, as the end of a kernel in a test."""


def test_whatever_ends_a_status_request_reaches_the_caller_and_no_other_is_sent():
    service = Service(faults=[_Killed()])
    with pytest.raises(_Killed):
        run(service.job(poller(), "job", 30))
    assert len(service.looks) == 1


@pytest.mark.parametrize("error", [refused(errors.Rejected), ZeroDivisionError("a bug")])
def test_without_a_usable_list_each_is_asked_itself(error, caplog):
    service = Service()

    async def survey(places):
        raise error

    async def main():
        at_work = poller(list_request=survey)
        await asyncio.gather(*(service.job(at_work, f"job {n}", 20) for n in range(3)))

    run(main())
    assert len(service.lags) == 3
    assert "list" in caplog.text


def test_a_list_without_our_jobs_does_not_end_them():
    service = Service()

    async def survey(places):
        service.surveys.append((now(), tuple(places)))
        return {}

    async def main():
        at_work = poller(list_request=survey)
        await asyncio.gather(*(service.job(at_work, f"job {n}", 300) for n in range(3)))

    run(main())
    assert max(service.lags.values()) <= 15.1
    assert len(service.surveys) < 5


def test_a_list_that_reports_running_for_ever_is_checked():
    service = Service()

    async def survey(places):
        return {job: service.seen("never") for job in places}

    async def main():
        service.ends["never"] = 1e9
        at_work = poller(list_request=survey)
        await asyncio.gather(*(service.job(at_work, f"job {n}", 300) for n in range(3)))

    run(main())
    assert max(service.lags.values()) <= 121


# -- leaving --------------------------------------------------------------------------


def test_a_cancelled_caller_leaves_the_others_waiting():
    service = Service()

    async def main():
        at_work = poller()
        stays = asyncio.create_task(service.job(at_work, "job", 60, group="p"))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(25):
                await service.job(at_work, "job", 60, group="p")
        assert now() == pytest.approx(25)
        return await stays

    assert run(main()) == "job done"


@pytest.mark.parametrize("listed", [True, False])
def test_when_nobody_waits_nothing_is_sent_and_nothing_runs(listed):
    service = Service(takes=5.0)

    async def main():
        at_work = poller(list_request=service.survey if listed else None)
        waiting = [asyncio.create_task(service.job(at_work, f"job {n}", 60)) for n in range(2)]
        await service.asked.wait()
        for task in waiting:  # while a request is on its way
            task.cancel()
        await asyncio.sleep(0.1)
        assert asyncio.all_tasks() == {asyncio.current_task()}
        sent = len(service.requests)
        await asyncio.sleep(500)
        assert len(service.requests) == sent
        # and it can begin again
        again = (service.job(at_work, f"job {n}", 5 + 9 * n) for n in range(2, 4))
        return await asyncio.gather(*again)

    assert run(main()) == ["job 2 done", "job 3 done"]
    assert bool(service.surveys) == listed


def test_a_failed_job_teaches_nothing_about_how_long_others_take():
    service, schedule = Service(), Schedule()

    async def look(jobs):
        seen = await service.look(jobs)
        return {job: type(s)(s.value, s.ended, typical=False) for job, s in seen.items()}

    async def main():
        service.ends["job"] = 2.0
        await poller(schedule=schedule).until_done(KEY, "job", look)

    run(main())
    assert schedule.to_json() == []
