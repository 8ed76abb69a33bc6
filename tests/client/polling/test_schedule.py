"""When to look: as good as promised, within its bounds, and never upset for long."""

from __future__ import annotations

import json
import math
import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.client.sessions import KEY, Polled, duration, fixed, job, mean, sessions
from thumbnb.client.polling import schedule as rules
from thumbnb.client.polling.duration_model import DurationModel
from thumbnb.client.polling.schedule import Key, Schedule, Span, next_poll

laws = st.builds(DurationModel, st.floats(math.log(0.05), math.log(7200)), st.floats(0.05, 2.5))


@st.composite
def spans(draw) -> Span:
    """Jobs that were begun up to an hour ago and looked at on the way, at time 0."""
    age, share = draw(st.floats(0, 3600)), draw(st.floats(0, 1))
    looked = draw(st.booleans())
    return Span(draw(laws), -age, -age * (1 - share) if looked else -age, looked)


def learned(*durations: float, key: Key = KEY, schedule: Schedule | None = None) -> Schedule:
    schedule = schedule or Schedule()
    for lasts in durations:
        schedule.observe(key, lasts * 0.97, lasts * 1.03)
    return schedule


# -- how good -------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("median", "lag", "requests"), [(5, 0.45, 5.5), (30, 1.1, 9), (120, 2.3, 16.5)]
)
def test_regular_jobs_are_noticed_soon_for_few_requests(median, lag, requests):
    known = mean([j for s in sessions(median, 0.3, jobs=30, repeat=200) for j in s[15:]])
    assert known.lag <= lag
    assert known.requests <= requests


@pytest.mark.parametrize("median", [5, 30, 120])
@pytest.mark.parametrize("spread", [0.3, 0.6])
def test_first_job_of_a_kind_costs_little_more_than_fixed_polling(median, spread):
    chance = random.Random(4)
    first = mean([s[0] for s in sessions(median, spread, jobs=1, repeat=400)])
    usual = mean([fixed(3, duration(median, spread, chance)) for _ in range(400)])
    assert first.cost <= 1.5 * usual.cost


@pytest.mark.slow
@pytest.mark.parametrize("after", [10, 90])
def test_poller_adapts_to_a_new_pace_within_five_jobs(after):
    chance, costs, usual = random.Random(3), [], []
    for _ in range(60):
        schedule = Schedule()
        for _ in range(30):
            job(schedule, duration(30, 0.3, chance))
        for number in range(15):
            lasts = duration(after, 0.3, chance)
            polled = job(schedule, lasts)
            if number >= 5:
                costs.append(polled)
                usual.append(fixed(3, lasts))
    assert mean(costs).cost <= mean(usual).cost


def test_a_job_that_never_ends_is_asked_about_ever_less():
    schedule = learned(*[30] * 15)
    model, seen, asked = schedule.model(KEY), 0.0, []
    while seen < 3600:
        seen = next_poll([Span(model, 0.0, seen, observed=bool(asked))], seen)
        asked.append(seen)
    assert asked[-1] - asked[-2] > 10
    assert len(asked) < 400


# -- within its bounds ----------------------------------------------------------------


@given(spans(), st.floats(0, 60))
def test_an_interval_is_bounded_on_both_sides(span, ago):
    last = -ago
    when = next_poll([span], last)
    floor, age = rules.FLOOR, span.seen - span.started
    assert when >= last + floor
    if span.observed:
        assert when <= max(last + floor, span.seen + min(0.25 * age, 15)) + 1e-9
    else:
        assert when <= max(last + floor, span.started + rules.MAX_FIRST) + 1e-9


@given(st.lists(spans(), min_size=2, max_size=6), spans())
def test_another_job_never_makes_a_poll_later(jobs, another):
    last = max(span.seen for span in [*jobs, another])
    wait = next_poll(jobs, last) - last
    assert next_poll([*jobs, another], last) - last <= wait * 1.05 + 1e-9
    assert wait >= rules.FLOOR_OF_MANY


@pytest.mark.slow
@given(laws, st.floats(0, 5000), st.floats(0.01, 500))
def test_missed_time_counts_from_the_earliest_possible_end(model, seen, passed):
    assume(model.running(seen) > 1e-4)
    steps = 2000
    ages = [seen + passed * (n + 0.5) / steps for n in range(steps)]
    by_steps = sum(1 - model.running(age) / model.running(seen) for age in ages) * passed / steps
    exact = rules.ExpectedDelay([Span(model, 0.0, seen, observed=True)]).at(seen + passed)[0]
    assert exact == pytest.approx(by_steps, rel=0.02, abs=1e-4 * passed)


# -- what is left ---------------------------------------------------------------------


@given(laws, st.floats(0, 3000), st.floats(0.1, 1000))
def test_eta_is_ordered_and_its_end_only_grows(model, age, later):
    now, then = rules.eta(model, age), rules.eta(model, age + later)
    assert 0 < now.p50 <= now.p90
    assert age + later + then.p50 >= (age + now.p50) * 0.99


@given(st.floats(0.5, 2000), st.floats(0, 0.5))
def test_half_of_the_jobs_end_before_the_even_odds(median, spread):
    chance = random.Random(1)
    schedule = learned(*(duration(median, spread, chance) for _ in range(40)))
    eta = schedule.eta(KEY, 0)
    ends = sorted(duration(median, spread, chance) for _ in range(400))
    assert ends[100] * 0.9 <= eta.p50 <= ends[300] * 1.1
    assert ends[300] * 0.9 <= eta.p90


@given(st.lists(st.floats(0.5, 900), max_size=20), st.floats(1, 900), st.floats(1.1, 3))
def test_a_longer_job_makes_longer_times_expected(before, lasts, longer):
    short = learned(*before, lasts).eta(KEY, 0).p50
    assert learned(*before, lasts * longer).eta(KEY, 0).p50 > short


# -- learning -------------------------------------------------------------------------


@pytest.mark.parametrize("low", [0, 20])
def test_a_night_of_sleep_teaches_nothing(low):
    schedule = learned(*[28, 30, 33] * 5)
    before = schedule.eta(KEY, 0)
    schedule.observe(KEY, low, high=30_000)
    after = schedule.eta(KEY, 0)
    assert after.p50 == pytest.approx(before.p50, rel=0.05)
    assert after.p90 == pytest.approx(before.p90, rel=0.1)


def test_jobs_done_at_the_first_poll_do_not_shorten_the_estimate_for_ever():
    schedule = Schedule()
    for _ in range(1000):
        schedule.observe(KEY, 0.0, 0.4)
    assert 0.04 < schedule.eta(KEY, 0).p50 < 0.4


def test_a_new_preset_starts_from_what_its_kind_takes():
    schedule = learned(*[80, 90, 100] * 4)
    other = KEY._replace(preset="quiet")
    assert schedule.eta(other, 0).p50 == pytest.approx(90, rel=0.1)
    learned(*[10] * 6, key=other, schedule=schedule)
    assert schedule.eta(other, 0).p50 < 20
    assert schedule.eta(KEY, 0).p50 > 70


def test_kinds_and_services_do_not_mix():
    schedule = learned(*[300] * 10)
    for other in (KEY._replace(kind="upload"), KEY._replace(service="elsewhere")):
        assert schedule.model(other) == Schedule().model(other)


@pytest.mark.parametrize(
    ("low", "high"), [(-1, 5), (7, 5), (1, math.inf), (1, math.nan), (math.nan, 2)]
)
def test_times_that_cannot_be_teach_nothing(low, high):
    schedule = Schedule()
    schedule.observe(KEY, low, high)
    assert schedule.to_json() == []


@given(st.lists(st.tuples(st.floats(0, 1e5), st.floats(1e-3, 1e5)), max_size=40))
def test_it_stays_sound_whatever_is_observed(intervals):
    schedule = Schedule()
    for low, more in intervals:
        schedule.observe(KEY, low, low + more)
    job(schedule, 45.0)
    eta = schedule.eta(KEY, 3.0)
    assert 0 < eta.p50 <= eta.p90 < math.inf


# -- keeping --------------------------------------------------------------------------


def test_what_was_learned_survives_as_plain_data():
    schedule = learned(5, 6, 7)
    learned(50, key=KEY._replace(preset="", kind="upload"), schedule=schedule)
    again = Schedule.from_json(json.loads(json.dumps(schedule.to_json())))
    assert again.to_json() == schedule.to_json()
    assert again.eta(KEY, 2) == schedule.eta(KEY, 2)


@pytest.mark.parametrize(
    "damage",
    [None, 7, [], ["a"], ["a", "b", "c"], ["a", "b", "c", "x", 1, 1, 1]]
    + [
        ["a", "b", "c", *numbers]
        for numbers in ([1, 1, 1, 0], [math.nan, 1, 1, 1], [1] * 5, [1e9, 1, 1, 1])
    ],
)
def test_damaged_data_is_left_out_and_the_rest_kept(damage, caplog):
    rows = learned(5, 6).to_json()
    again = Schedule.from_json([rows[0], damage, rows[1]])
    assert again.to_json() == rows
    assert "damaged" in caplog.text
    assert Schedule.from_json(damage).to_json() == []


def test_the_comparison_is_fair():
    assert fixed(3, 7) == Polled(2, 3)
    assert fixed(3, 6) == Polled(0, 2)
