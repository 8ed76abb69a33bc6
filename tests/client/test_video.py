"""The objects of the client, against the stub: what a user does and sees."""

from __future__ import annotations

import asyncio
import inspect
import io
import json

import numpy as np
import pytest
from PIL import Image

import thumbnb as tb
from tests.client import stub
from tests.client.stub import BASE, KEY
from thumbnb import errors

# -- three ways -----------------------------------------------------------------------


def test_one_method_is_called_three_ways(video):
    plain = video.generate_thumbnail(time=5, width=80, height=45)
    awaited = asyncio.run(video.generate_thumbnail.aio(time=5, width=80, height=45))
    job = video.generate_thumbnail.submit(time=5, width=80, height=45)
    for frame in (plain, awaited, job.result()):
        assert isinstance(frame, tb.Thumbnail)
        assert frame.image.size == frame.size == (80, 45)
        assert frame.time == 5


def test_many_are_awaited_side_by_side(video):
    async def cell():
        times = (0, 2.5, 7)
        return await asyncio.gather(*(video.generate_thumbnail.aio(time=t) for t in times))

    assert [frame.time for frame in asyncio.run(cell())] == [0, 2.5, 7]


def test_blocking_works_in_a_running_loop(video):
    async def cell():
        return video.generate_thumbnail(time=1).image.size

    assert asyncio.run(cell()) == (64, 36)


def test_a_method_explains_itself(video):
    method = video.generate_thumbnail
    assert list(inspect.signature(method).parameters) == [
        "time", "width", "height", "take", "deadline",
    ]  # fmt: skip
    assert "time=0" in method.__doc__
    assert "self" in inspect.signature(tb.Video.generate_thumbnail).parameters


def test_blocking_on_the_runner_itself_is_refused(client, video):
    async def inside():
        return video.generate_thumbnail(time=1)

    job = tb.Job("inside", inside, client._session.runner)
    with pytest.raises(errors.InvalidInput, match="own thread"):
        job.result()


def test_cancelling_the_awaiting_task_cancels_the_work(video, state):
    state.polls = 10**9

    async def cell():
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await video.generate_thumbnail.aio(time=1, deadline=1e12)

    asyncio.run(cell())
    seen = len(state.requests)
    assert video.refresh() is video  # the runner is free, and polls no more
    assert len(state.requests) <= seen + 2


# -- thumbnails -----------------------------------------------------------------------


@pytest.mark.parametrize("time", [0, 0.0, np.float32(2.5), np.float64(2.5), np.int64(3), 30, 30.4])
def test_any_number_is_a_time_and_zero_is_the_first_frame(video, state, time):
    frame = video.generate_thumbnail(time=time)
    assert state.made[-1]["time"] == state.made[-1]["timestamp"] == float(time)
    assert frame.time == float(time)


@pytest.mark.parametrize(
    ("time", "kind"),
    [(-1, errors.TimeOutOfRange), (float("nan"), errors.TimeOutOfRange),
     (float("inf"), errors.TimeOutOfRange), (31, errors.TimeOutOfRange),
     ("5", errors.InvalidInput), (True, errors.InvalidInput), ([1], errors.InvalidInput),
     (10**400, errors.InvalidInput)],
)  # fmt: skip
def test_a_bad_time_is_refused_before_anything_is_sent(video, state, time, kind):
    sent = len(state.requests)
    with pytest.raises(kind, match="0"):
        video.generate_thumbnail(time=time)
    assert len(state.requests) == sent


@pytest.mark.parametrize(
    "size", [{"width": 0}, {"height": -1}, {"width": 8193}, {"width": 1.5}, {"height": "9"},
             {"width": True}],
)  # fmt: skip
def test_a_bad_size_is_refused_with_the_limits(video, state, size):
    with pytest.raises(errors.InvalidInput, match="1 to 8192"):
        video.generate_thumbnail(time=1, **size)
    assert not state.made


def test_unknown_words_are_refused(video):
    with pytest.raises(errors.InvalidInput, match="tme"):
        video.generate_thumbnail(tme=1)


def test_default_time_when_none_is_given(video, state):
    frame = video.generate_thumbnail(width=32)
    assert isinstance(frame, tb.Thumbnail)
    assert frame.image.size == (32, 18)
    assert not state.made


def test_engine_without_sizes_still_gives_the_size_asked_for(video, state):
    state.ignores_size = True
    assert video.generate_thumbnail(time=1, width=30, height=30).image.size == (30, 30)
    assert video.generate_thumbnail(time=1, width=32).image.size == (32, 18)


@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize("words", [("processing",), ("in progress",), ("queued", "warming up")])
def test_a_job_is_polled_until_it_is_done(video, state, nested, words):
    state.polls, state.nested, state.status_words = 4, nested, words
    assert video.generate_thumbnail(time=1).image.size == (64, 36)
    assert len(state.sent("GET", "/async-response/job-0")) == 5


def test_a_job_that_fails_says_why(video, state):
    state.fail_jobs = "There is no picture at 3 s."
    with pytest.raises(errors.JobFailed, match="There is no picture at 3 s"):
        video.generate_thumbnail(time=3)


def test_the_deadline_is_total_and_the_job_can_be_picked_up(client, video, state):
    state.polls = 100
    with pytest.raises(errors.DeadlineExceeded, match="attach") as caught:
        video.generate_thumbnail(time=3, deadline=20)
    assert isinstance(caught.value, TimeoutError)
    polls = len(state.sent("GET", "/async-response/job-0"))
    assert 5 < polls < 40
    state.jobs["job-0"][0] = 0
    frame = client.attach(caught.value.output_url)
    assert frame.image.size == (64, 36)
    assert len(state.made) == 1


@pytest.mark.parametrize("deadline", [0, -1, "soon", float("nan"), True])
def test_a_bad_deadline_is_refused(video, deadline):
    with pytest.raises(errors.InvalidInput, match="deadline"):
        video.generate_thumbnail(time=1, deadline=deadline)


def test_the_image_is_fetched_once(video, state):
    frame = video.generate_thumbnail(time=1)
    for _ in range(3):
        assert frame.image is frame.image
        assert frame.bytes
    assert len(state.sent("GET", "/files/0.png")) == 1


def test_a_thumbnail_is_not_lost_when_its_image_cannot_be_fetched(video, state):
    state.faults.extend(["none", *["broken"] * 4, *["broken"] * 4])
    frame = video.generate_thumbnail(time=1)
    assert frame.id == "img-0"
    assert frame.image.size == (64, 36)
    assert len(state.made) == 1


def test_an_expired_address_is_made_anew(video, state):
    video.generate_thumbnail(time=1)
    frame = video.thumbnails()[0]
    assert frame.url is None
    assert frame.image.size == (64, 36)
    assert state.sent("POST", "/image/img-0/generate_url")


def test_it_is_saved_as_what_the_suffix_says(video, tmp_path):
    frame = video.generate_thumbnail(time=1)
    assert frame.save(tmp_path / "a.png").read_bytes() == frame.bytes
    for name, form in (("a.jpg", "JPEG"), ("b.JPEG", "JPEG"), ("c.webp", "WEBP")):
        with Image.open(frame.save(tmp_path / name)) as saved:
            assert (saved.format, saved.size) == (form, (64, 36))


@pytest.mark.parametrize("name", ["a", "a.mp4", "missing/a.png"])
def test_a_bad_path_leaves_nothing(video, tmp_path, name):
    with pytest.raises(errors.InvalidInput):
        video.generate_thumbnail(time=1).save(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_it_shows_itself_within_bounds(video):
    frame = video.generate_thumbnail(time=1, width=4000, height=2000)
    with Image.open(io.BytesIO(frame._repr_jpeg_())) as shown:
        assert shown.size == (640, 320)
    assert "4000x2000" in repr(frame)


def test_no_repr_shows_the_key_or_a_signed_address(client, video):
    frame = video.generate_thumbnail(time=1)
    job = video.generate_thumbnail.submit(time=1)
    job.result()
    for thing in (client, video, frame, job, client.jobs, video.thumbnails(), client._session.http):
        assert KEY not in repr(thing)
        assert "s3cret" not in repr(thing)


def test_a_list_is_a_frame_and_a_contact_sheet(video):
    for time in (1, 2, 3, 4, 5):
        video.generate_thumbnail(time=time)
    found = video.thumbnails()
    table = found.to_frame()
    assert list(table.columns) == ["id", "video_id", "time", "width", "height", "url"]
    assert table["time"].tolist() == [1, 2, 3, 4, 5]
    assert table["width"].tolist() == [64] * 5
    with Image.open(io.BytesIO(found._repr_jpeg_())) as sheet:
        assert sheet.width <= 640
        assert sheet.height > sheet.width * 9 / 16 / 4 * 1.5  # two rows
    assert tb.Thumbnails([]).to_frame().empty
    assert tb.Thumbnails([])._repr_jpeg_() is None


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n1234"])
def test_what_is_no_image_is_reported_plainly(content):
    from thumbnb.client.images.image import decode_image

    with pytest.raises(errors.DownloadFailed, match="not an image"):
        decode_image(content)


@pytest.mark.slow
def test_an_image_bomb_is_not_opened():
    from thumbnb.client.images.image import decode_image

    header = io.BytesIO()
    Image.new("1", (20000, 20000)).save(header, "PNG")
    with pytest.raises(errors.DownloadFailed):
        decode_image(header.getvalue())


# -- uploads --------------------------------------------------------------------------


def test_a_file_is_uploaded_whole_and_named(client, state, tmp_path):
    path = tmp_path / "my talk.mp4"
    path.write_bytes(b"\x00\x01" * 50_000)
    job = client.upload.submit(path)
    assert job.result().id == "m-2"
    assert path.read_bytes() in state.uploads["u1"]
    [registered] = [
        json.loads(body)
        for request, body in zip(state.requests, state.bodies, strict=True)
        if request.url.path == "/collection/c-1/upload"
    ]
    assert registered["name"] == "my talk"
    assert registered["url"].startswith(f"{BASE}/put/u1")


def test_upload_tells_how_far_it_is(client, tmp_path, monkeypatch):
    from thumbnb.api import multipart

    monkeypatch.setattr(multipart, "CHUNK", 1000)
    path = tmp_path / "a.mp4"
    path.write_bytes(b"x" * 10_000)
    shelf, seen = client.collection(), []

    async def work():
        from thumbnb.client.runtime import progress

        progress._listener.get().watch(lambda job: seen.append(job.progress))
        return await shelf.upload.aio(path)

    tb.Job("upload", work, client._session.runner).result()
    fractions = [p.fraction for p in seen if p.stage == "uploading"]
    assert fractions == pytest.approx([i / 10 for i in range(1, 11)])
    assert seen[-1].stage == "processing"


@pytest.mark.parametrize("form", ["str", "bytes", "file", "url"])
def test_upload_takes_what_people_have(client, state, tmp_path, form):
    path = tmp_path / "clip.mp4"
    path.write_bytes(b"12345")
    if form == "file":
        with path.open("rb") as file:
            assert client.upload(file, name="n").id == "m-2"
            assert not file.closed
    else:
        what = {"str": str(path), "bytes": b"12345", "url": "https://h.example/clip.mp4"}[form]
        assert client.upload(what).id == "m-2"
    assert (b"12345" in state.uploads.get("u1", b"")) is (form != "url")


@pytest.mark.parametrize(
    ("what", "match"),
    [("missing.mp4", "does not exist"), (".", "is a folder"), (b"", "nothing"),
     ("ftp://host/a.mp4", "http"), ("file:///etc/passwd", "http"), (None, "takes a path"),
     (5, "takes a path")],
)  # fmt: skip
def test_what_cannot_be_uploaded_is_refused_at_once(client, state, what, match):
    with pytest.raises(errors.InvalidInput, match=match):
        client.upload(what)
    assert not [r for r in state.requests if r.method == "POST"]


def test_an_upload_that_is_no_video_says_so(client, state, monkeypatch):
    monkeypatch.setattr(state, "job", lambda _: stub.ok({"id": "a-1", "collection_id": "c-1"}))
    with pytest.raises(errors.NotAVideo, match="sound track"):
        client.upload(b"123")


# -- the rest of the shelf ------------------------------------------------------------


def test_lists_and_ids(client):
    assert client.videos() == [client.video("m-1")]
    assert [shelf.id for shelf in client.collections()] == ["c-1"]
    assert client.collection("c-9").id == "c-9"
    with pytest.raises(errors.NotFound, match="no /video/m-7"):
        client.video("m-7")


def test_a_storyboard_that_takes_long_is_waited_for(video, state, monkeypatch):
    sheet = {
        "url": f"{BASE}/files/sheet.png", "tile_width": 32, "tile_height": 18, "columns": 2,
        "count": 2, "interval": 15, "times": [0, 14.5],
    }  # fmt: skip
    answer, state.polls = state.answer, 3

    def extended(request, content):
        ours = request.url.path == "/video/m-1/storyboard"
        return state.job(sheet) if ours else answer(request, content)

    monkeypatch.setattr(state, "answer", extended)
    board = video.storyboard(count=2, tile_width=32)
    assert [len(board), board.at(20).size, board.tile(-1).size] == [2, (32, 18), (32, 18)]
    assert "2 tiles of 32x18" in repr(board)
    assert board._repr_jpeg_()
    assert board.times == [0, 14.5]


def test_a_hosted_service_without_storyboards_says_so(video):
    with pytest.raises(errors.NotFound):
        video.storyboard()


def test_jobs_left_are_kept(client, video):
    job = video.generate_thumbnail.submit(time=1)
    assert client.jobs[-1] is job


def test_deleting(client, video, state):
    video.generate_thumbnail(time=1).delete()
    video.delete()
    assert [r.url.path for r in state.requests if r.method == "DELETE"] == [
        "/image/img-0",
        "/video/m-1",
    ]
