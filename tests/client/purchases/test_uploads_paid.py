"""Hosted uploads and pictures cost too: they are written down, taken up, and paid once."""

from __future__ import annotations

import asyncio

import pytest

from tests.client import stub
from thumbnb import errors


def uploads(state):
    return state.sent("POST", "/collection/c-1/upload")


# -- uploads --------------------------------------------------------------------------


def test_an_upload_is_written_down_and_its_cost_is_not_known(kernels, state):
    client = kernels()
    job = client.upload.submit(b"123", name="mine")
    video = job.result()
    table = client.runs()
    assert {str(table[name].dtype) for name in ("credits", "queue_seconds")} == {"float64"}
    [row] = table.to_dict("records")
    assert (row["kind"], row["state"], row["job_id"]) == ("upload", "done", video.id)
    assert row["credits"] != row["credits"]  # not known, which is not nothing
    assert job.cost is None
    assert not client.open_jobs()


def test_an_upload_that_was_left_is_taken_up_by_another_kernel(kernels, state):
    state.polls = 1000
    with pytest.raises(errors.DeadlineExceeded):
        kernels(deadline=30).upload(b"123", name="mine")
    state.jobs["job-0"][0] = 1
    later = kernels()
    [job] = later.resume()
    video = job.result()
    assert (video.id, video.name) == ("m-2", "mine")
    assert later.resume() == []
    assert later.run(1).result().id == "m-2"
    assert len(uploads(state)) == 1


@pytest.mark.parametrize("fault", ["lost answer", "broken after", "not json"])
def test_a_lost_answer_is_found_in_the_collection(kernels, state, fault):
    client = kernels()
    shelf = client.collection()
    shelf.upload(b"before", name="mine")
    state.faults.extend(["none", "none", "none", fault])  # an address, the file, the list
    video = shelf.upload(b"123", name="mine")
    assert video.id == "m-3"  # and not the older one of that name
    assert state.fates_of("POST", "/collection/c-1/upload")[-1] == fault
    assert client.runs()["state"].tolist() == ["done", "done"]


def test_upload_without_effect_is_resent_only_on_request(kernels, state):
    client = kernels()
    shelf = client.collection()
    state.faults.extend(["none", "none", "none", "lost request"])
    with pytest.raises(errors.OutcomeUnknown, match=r"shows no video of it .* once more") as caught:
        shelf.upload(b"123", name="mine")
    error = caught.value
    assert error.check() is None
    assert not state.stored
    assert error.resend().name == "mine"
    assert state.stored == ["mine"]
    assert error.resend().id == "m-2"  # found by now, so not sent
    assert error.check().id == "m-2"
    assert state.stored == ["mine"]


def test_two_lost_uploads_of_one_name_stay_apart(kernels, state):
    client = kernels()
    shelf, lost = client.collection(), []
    for fault in ("lost request", "lost answer"):
        state.faults.extend(["none", "none", "none", fault])
        try:
            shelf.upload(b"123", name="mine")
        except errors.OutcomeUnknown as error:
            lost.append(error)
    assert len(lost) == 2  # there is one video, and two it may belong to
    assert [error.check() for error in lost] == [None, None]
    client.run(lost[0].run).abandon()
    assert lost[1].check().id == "m-2"


def test_what_was_no_video_is_not_taken_up_for_ever(kernels, state, monkeypatch):
    monkeypatch.setattr(state, "job", lambda _: stub.ok({"id": "a-1", "collection_id": "c-1"}))
    client = kernels()
    with pytest.raises(errors.NotAVideo):
        client.upload(b"123")
    assert client.open_jobs() == []
    assert client.runs()["error"].str.contains("sound track").tolist() == [True]


def test_a_refused_upload_was_not_carried_out(kernels, state):
    client = kernels()
    shelf = client.collection()
    state.faults.extend(["none", "none", "none", "unauthorised", *["unauthorised"] * 5])
    with pytest.raises(errors.AuthenticationFailed):
        shelf.upload(b"123", name="mine")
    assert client.runs()["state"].tolist() == ["void"]


# -- takes of pictures ----------------------------------------------------------------


def test_the_same_take_of_a_frame_is_read_from_disk(kernels, state):
    first = kernels().video("m-1").generate_thumbnail(time=3, width=32, height=18, take=0)
    assert not first.cached
    video = kernels().video("m-1")
    state.forget()
    job = video.generate_thumbnail.submit(time=3, width=32, height=18, take=0)
    again = job.result()
    assert not state.requests
    assert (again.cached, job.cost) == (True, 0)
    assert (again.id, again.time, again.image.size) == (first.id, 3, (32, 18))
    assert again.bytes == first.bytes
    for other in ({"take": 1}, {"take": None}, {"width": 30, "take": 0}, {"time": 4, "take": 0}):
        assert not video.generate_thumbnail(
            **{"time": 3, "width": 32, "height": 18, **other}
        ).cached
    assert len(state.made) == 5


def test_a_take_under_way_is_waited_for(kernels, state):
    state.polls = 3
    video = kernels().video("m-1")
    jobs = [video.generate_thumbnail.submit(time=3, take=0) for _ in range(4)]
    assert len({job.result().id for job in jobs}) == 1
    assert len(state.made) == 1


def test_a_take_that_is_just_being_written_down_is_its_writers(kernels, state, monkeypatch):
    client = kernels()
    video, ledger = client.video("m-1"), client._session.ledger
    in_thread, read = ledger._in_thread, asyncio.Event()

    async def returned_late(function, *args, **kwargs):
        """Write a run, and return when another call has read it."""
        result = await in_thread(function, *args, **kwargs)
        if function.__name__ == "open_run" and result[1]:
            await asyncio.wait_for(read.wait(), 10)
        elif function.__name__ in {"open_run", "find_run"} and result:
            read.set()
        return result

    monkeypatch.setattr(ledger, "_in_thread", returned_late)
    jobs = [video.generate_thumbnail.submit(time=3, take=0) for _ in range(2)]
    assert len({job.result().id for job in jobs}) == 1
    assert len(state.made) == 1
    assert client.runs()["state"].tolist() == ["done"]


def test_a_pruned_frame_is_fetched_again_free(kernels, state):
    client = kernels()
    first = client.video("m-1").generate_thumbnail(time=3, take=0)
    client.result_store.prune(max_bytes=0)
    again = kernels().video("m-1").generate_thumbnail(time=3, take=0)
    assert not again.cached
    assert again.bytes == first.bytes
    assert len(state.made) == 1


@pytest.mark.parametrize("take", [-1, 1.5, "0", True])
def test_a_take_is_a_whole_number(video, state, take):
    with pytest.raises(errors.InvalidInput, match="take is a whole number"):
        video.generate_thumbnail(time=1, take=take)
    assert not state.made


def test_a_lost_frame_is_sent_again_as_the_same_take(kernels, state):
    client = kernels()
    video = client.video("m-1")
    state.faults.append("lost request")
    with pytest.raises(errors.OutcomeUnknown) as caught:
        video.generate_thumbnail(time=3, take=0)
    with pytest.raises(errors.OutcomeUnknown):
        video.generate_thumbnail(time=3, take=0)  # nobody asked for it to be sent again
    assert not state.made
    frame = caught.value.resend()
    assert video.generate_thumbnail(time=3, take=0).cached
    assert caught.value.check().id == frame.id
    assert len(state.made) == 1


def test_start_refused_at_once_is_not_resent_by_resume(kernels, state, monkeypatch):
    refusal = stub.httpx.Response(200, json={"success": False, "message": "no such frame"})
    answer = state.answer
    monkeypatch.setattr(
        state, "answer", lambda r, c: refusal if r.url.path.endswith("/thumbnail") else answer(r, c)
    )
    client = kernels()
    with pytest.raises(errors.JobFailed, match="no such frame"):
        client.video("m-1").generate_thumbnail(time=3, take=0)
    assert client.runs()["state"].tolist() == ["failed"]
    assert client.resume() == []
