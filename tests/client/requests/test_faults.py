"""No order of faults makes a request that may have been carried out a second time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.client import stub
from thumbnb import errors
from thumbnb.resilience.retry import MAX_ATTEMPTS, MAX_WAIT, retry_delay

# What each fault means for the request it hits.
REFUSED = {"refused", "busy"}
HARMLESS = ["none", "unreachable", "refused", "busy"]
UNKNOWN = ["lost request", "lost answer", "broken", "broken after", "timed out after", "not json"]


def run(faults, action, **state):
    server = stub.State(**state)
    client = stub.connect(server)
    try:
        video = client.video("m-1")
        server.faults.extend(faults)
        server.forget()
        try:
            return server, action(client, video), None
        except errors.ThumbnbError as error:
            return server, None, error
    finally:
        server.faults.clear()
        client.close()
        client._session.runner.stop()


@pytest.mark.slow
@given(
    faults=st.lists(st.sampled_from(HARMLESS + UNKNOWN), max_size=14),
    polls=st.integers(0, 3),
    nested=st.booleans(),
)
def test_a_thumbnail_is_made_at_most_once(faults, polls, nested):
    server, frame, error = run(
        faults, lambda _, v: v.generate_thumbnail(time=1), polls=polls, nested=nested
    )
    fates = server.fates_of("POST", "/video/m-1/thumbnail")
    assert len(server.made) <= 1
    # It is sent again only after answers that say it was not carried out.
    assert set(fates[:-1]) <= REFUSED
    if frame is not None:
        assert len(server.made) == 1
        assert frame.id == "img-0"
    else:
        assert error.hint
        if fates and fates[-1] in UNKNOWN:
            assert isinstance(error, errors.OutcomeUnknown)


@pytest.mark.slow
@given(faults=st.lists(st.sampled_from(HARMLESS + UNKNOWN), max_size=12))
def test_a_video_is_registered_at_most_once(faults):
    server, video, error = run(faults, lambda c, _: c.upload(b"a film"))
    fates = server.fates_of("POST", "/collection/c-1/upload")
    assert set(fates[:-1]) <= REFUSED
    assert video is not None or error.hint
    if video is not None:
        assert b"a film" in server.uploads["u1"]


@pytest.mark.parametrize("fault", UNKNOWN)
def test_a_lost_answer_to_a_paid_request_is_never_followed_by_another(fault):
    server, _, error = run([fault], lambda _, v: v.generate_thumbnail(time=1))
    assert isinstance(error, errors.OutcomeUnknown)
    assert len(server.sent("POST", "/video/m-1/thumbnail")) == 1


@pytest.mark.parametrize("fault", ["unreachable", "refused", "busy"])
def test_what_was_not_carried_out_is_sent_again(fault):
    server, frame, error = run([fault] * 2, lambda _, v: v.generate_thumbnail(time=1))
    assert error is None
    assert len(server.made) == 1
    assert frame.image


@pytest.mark.parametrize("fault", [*UNKNOWN[:-1], "unreachable", "refused", "busy"])
def test_reads_are_repeated(fault):
    _, videos, error = run([fault] * 3, lambda c, _: c.collections())
    assert error is None
    assert videos


def test_polls_survive_faults_and_the_job_is_not_asked_for_again():
    server, frame, error = run(
        ["none", "broken", "none", "lost answer", "unreachable", "none", "busy"],
        lambda _, v: v.generate_thumbnail(time=1),
        polls=3,
    )
    assert error is None
    assert frame.image
    assert len(server.made) == 1


def test_retries_of_faults_end_at_the_deadline():
    server, _, error = run(["unreachable"] * 99, lambda c, _: c.collections())
    assert isinstance(error, errors.ConnectionFailed)
    assert not server.requests
    server, _, error = run(["broken"] * 99, lambda c, _: c.collections())
    assert len(server.requests) == MAX_ATTEMPTS


# -- the decisions, by themselves -----------------------------------------------------


def service(kind, **facts):
    return kind("x", service="s", **facts)


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (errors.ConnectionFailed("x"), True),
        (errors.NoAnswer("x"), True),
        (service(errors.RateLimited, retry_after=3), True),
        (service(errors.RateLimited), True),
        (service(errors.Unavailable, status=502), True),
        (errors.OutcomeUnknown("x"), False),
        (service(errors.Rejected), False),
        (service(errors.AuthenticationFailed), False),
        (service(errors.NotFound), False),
        (service(errors.ProtocolError), False),
        (errors.DownloadFailed("x"), False),
        (errors.JobFailed("x"), False),
        (service(errors.RateLimited, retry_after=MAX_WAIT + 1), False),
    ],
)
def test_which_errors_are_tried_again(error, again):
    assert (retry_delay(error, 1) is not None) is again
    assert retry_delay(error, MAX_ATTEMPTS) is None


@given(attempt=st.integers(1, MAX_ATTEMPTS - 1), draw=st.floats(0, 1))
def test_waits_grow_within_bounds_and_obey_the_server(attempt, draw):
    delay = retry_delay(errors.ConnectionFailed("x"), attempt, draw)
    assert 0.375 * 2 ** (attempt - 1) <= delay <= 8 * 1.25
    asked = service(errors.Unavailable, status=503, retry_after=7.5)
    assert retry_delay(asked, attempt, draw) == 7.5


@given(attempt=st.integers(1, 10**6), draw=st.floats(0, 1))
def test_what_is_full_is_tried_again_until_the_deadline(attempt, draw):
    full = service(errors.RateLimited)
    assert 1 <= retry_delay(full, attempt, draw, left=600) <= 15
    assert retry_delay(full, attempt, draw, left=1) is None
    asks = service(errors.RateLimited, retry_after=MAX_WAIT + 1)
    assert retry_delay(asks, attempt, draw, left=600) == MAX_WAIT + 1
    assert retry_delay(asks, attempt, draw, left=MAX_WAIT) is None
    assert retry_delay(service(errors.RateLimited, retry_after=0), attempt, draw, left=9) == 1


def test_refused_key_that_worked_before_counts_as_a_rate_limit_first():
    error = service(errors.AuthenticationFailed, status=401)
    assert retry_delay(error, 1) is None
    waits = [retry_delay(error, attempt, key_worked=True) for attempt in (1, 2, 3, 4)]
    assert waits == [15, 30, 60, None]
    few = [
        retry_delay(error, attempt, key_worked=True, maybe_limited=False) for attempt in (1, 2, 3)
    ]
    assert few == [0.5, 1.5, None], "too few requests for that: the key was revoked"


def test_a_sudden_401_is_waited_out():
    server = stub.State()
    client = stub.connect(server)
    try:
        client.collections()
        server.faults.extend(["unauthorised"] * 2)
        assert client.collections()
    finally:
        client.close()
        client._session.runner.stop()
