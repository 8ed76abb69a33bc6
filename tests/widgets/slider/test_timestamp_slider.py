"""The timestamp slider's side of the kernel, without a browser."""

from __future__ import annotations

import asyncio
import io
import threading

import ipywidgets
import numpy as np
import pytest
from PIL import Image

import thumbnb as tb
from tests.client import stub
from tests.service.tools import SIZE, frame_number, write_video
from tests.widgets.page import Page, settled, when
from thumbnb import errors


@pytest.fixture(autouse=True)
def _closed():
    """No slider goes on fetching after its test."""
    yield
    ipywidgets.Widget.close_all()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("slider")


@pytest.fixture(scope="module")
def client(folder):
    with tb.connect(embedded=True, home=folder / "home") as client:
        yield client


@pytest.fixture(scope="module")
def film(client, folder):
    """40 numbered frames, 4 seconds."""
    return client.upload(write_video(folder / "film.mp4"))


@pytest.fixture
def hosted():
    """A hosted service's video, and what it was asked for."""
    state = stub.State()
    client = stub.connect(state)
    yield client.video("m-1"), state
    client.close()
    client._session.runner.stop()


@pytest.fixture
def slider(film, client):
    slider = tb.TimestampSlider(film, client=client)
    yield slider
    slider.close()


@pytest.mark.slow
def test_it_is_of_use_at_once_and_loads_in_steps(film):
    boards = []
    slider = tb.TimestampSlider(film, value=1.5)
    slider.observe(lambda change: boards.append(change.new), "storyboard_version")
    assert (slider.value, slider.length, slider.size) == (1.5, 4.0, list(SIZE))
    assert slider.rate == pytest.approx(10)
    kinds = {mark["kind"] for mark in when(slider, "marks", bool)}
    assert kinds == {"suggested", "shot"}
    assert all(0 <= mark["time"] <= 4 for mark in slider.marks)
    assert slider.view == "storyboard"
    when(slider, "storyboard_version", lambda n: n == 3)
    assert boards == [1, 2, 3], "the rough one, the fine one, and here the very frames"
    assert slider.error == ""


def test_the_sheet_goes_to_the_page_as_jpeg_bytes(slider):
    when(slider, "storyboard_version", lambda n: n == 3)
    assert len(set(slider._storyboard.times)) == 40, "each frame has its tiles"
    shape, (data,) = Page(slider).ask("storyboard")
    sheet = Image.open(io.BytesIO(data))
    assert sheet.format == "JPEG"
    assert sheet.width == shape["columns"] * shape["width"]
    assert sheet.height >= shape["count"] / shape["columns"] * shape["height"]
    assert shape["interval"] * shape["count"] == pytest.approx(4.0)


def test_the_very_frame_with_its_span_and_frame_by_frame(slider):
    page = Page(slider)
    here, (data,) = page.ask("frame", view_id="v", time=1.27, width=96)
    assert frame_number(data) == 12
    assert here == pytest.approx({"time": 1.2, "until": 1.3})
    for step, number in ((1, 13), (-3, 10), (1, 11)):
        here, (data,) = page.ask("frame", view_id="v", time=here["time"], step=step, width=96)
        assert frame_number(data) == number


def test_only_the_newest_question_is_worked_on(slider, monkeypatch):
    begun, ended = threading.Event(), []
    page = Page(slider)
    real = type(slider.video).preview.function

    async def slow(video, *, time, **options):
        if time > 3:
            begun.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                ended.append(time)
                raise
        return await real(video, time=time, **options)

    monkeypatch.setattr(type(slider.video).preview, "function", slow)
    first = page.begin("frame", view_id="v", time=3.5)
    assert begun.wait(180)
    _, (data,) = page.ask("frame", view_id="v", time=2.0)
    assert frame_number(data) == 20
    assert ended == [3.5]
    with pytest.raises(RuntimeError, match="Another frame"):
        page.end(first)
    assert slider.error == ""


@pytest.mark.parametrize(
    ("time", "way", "wanted"), [(1.0, 1, [11, 12, 13]), (0.2, -1, [1, 0]), (3.9, 1, [])]
)
def test_neighbours_come_as_many_as_there_are(slider, time, way, wanted):
    page = Page(slider)
    page.ask("frames_ahead", view_id="v", batch=7, time=time, direction=way, count=3, width=96)
    assert [frame_number(data) for _, [data] in page.messages] == wanted
    times = [number / 10 for number in wanted]
    assert [messages["time"] for messages, _ in page.messages] == pytest.approx(times)
    assert all(
        (messages["view_id"], messages["batch"]) == ("v", 7) for messages, _ in page.messages
    )


def test_a_drag_ends_what_is_fetched_ahead(slider, monkeypatch):
    begun = threading.Event()

    async def never(*_, **__):
        begun.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(type(slider.video).preview, "function", never)
    page = Page(slider)
    number = page.begin("frames_ahead", view_id="v", batch=1, time=1.0, direction=1, count=3)
    assert begun.wait(180)
    slider.hover = 2.0
    with pytest.raises(RuntimeError, match="Another frame"):
        page.end(number)


def test_views_do_not_take_each_others_frames(slider):
    page = Page(slider)
    asked = [page.begin("frame", view_id=view, time=3.0, width=96) for view in ("one", "two")]
    assert [frame_number(page.end(number)[1][0]) for number in asked] == [30, 30]


@pytest.mark.slow
def test_nothing_is_stored_by_looking(slider, film):
    page = Page(slider)
    before = len(film.thumbnails())
    for time in np.linspace(0, 4, 9):
        page.ask("frame", view_id="v", time=float(time))
    assert len(film.thumbnails()) == before


def test_frame_is_the_frame_at_the_value_in_full(slider):
    slider.value = 2.04
    assert slider.frame.size == SIZE
    assert frame_number(slider.frame) == 20


@pytest.mark.parametrize(
    ("given", "kept"), [(9, 4.0), (-1, 0.0), (np.float64(1.5), 1.5), (3, 3.0), ("0:03.5", 3.5)]
)
def test_a_value_stays_within_the_video(slider, given, kept):
    slider.value = given
    assert slider.value == kept


@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
def test_no_number_is_no_value(slider, wrong):
    with pytest.raises(errors.TimeOutOfRange, match="number of seconds"):
        slider.value = wrong
    with pytest.raises(errors.InvalidInput, match='a text like "0:05"'):
        slider.value = "soon"


@pytest.mark.slow
def test_use_this_frame_makes_a_thumbnail_in_the_size_asked_for(slider):
    page, seen = Page(slider), []
    slider.observe(lambda change: seen.append(change.new), "thumbnail")
    page.ask("use_frame", time=1.0, width=96, height=96)
    thumbnail = when(slider, "thumbnail", bool)
    assert (thumbnail.time, thumbnail.image.size) == (1.0, (96, 96))
    when(slider, "thumbnail_version", lambda n: n == 1)
    about, (data,) = page.ask("thumbnail")
    assert about == {"time": 1.0, "size": [96, 96]}
    assert Image.open(io.BytesIO(data)).size == (96, 96)
    assert slider.use_frame(time=2.0).result(20).time == 2.0
    when(slider, "thumbnail_version", lambda n: n == 2)
    assert [each.time for each in seen] == [1.0, 2.0]


@pytest.mark.parametrize(
    "wrong", [{"time": 99.0}, {"time": 1.0, "width": 0}, {"time": 1.0, "height": 1.5}]
)
def test_what_cannot_be_made_is_reported_before_anything_is_sent(slider, film, wrong):
    before = len(film.thumbnails())
    with pytest.raises(errors.InvalidInput):
        slider.use_frame(**wrong)
    with pytest.raises(RuntimeError, match=r"(time|width|height) is"):
        Page(slider).ask("use_frame", **{"width": None, "height": None, **wrong})
    assert len(film.thumbnails()) == before


def test_late_thumbnail_is_not_shown_for_another_video(slider, film, monkeypatch):
    go_on = threading.Event()
    real = type(film).generate_thumbnail.function

    async def slow(video, **options):
        await asyncio.to_thread(go_on.wait, 20)
        return await real(video, **options)

    monkeypatch.setattr(type(film).generate_thumbnail, "function", slow)
    job = slider.use_frame(time=1.0)
    when(slider, "status", bool)
    slider.video = None
    go_on.set()
    assert job.result(20).video_id == film.id
    when(slider, "status", lambda words: not words)
    assert (slider.thumbnail, slider.thumbnail_version) == (None, 0)


@pytest.mark.parametrize(
    "begin",
    [
        lambda slider: slider.use_frame(time=1.0),
        lambda slider: slider._open("http://127.0.0.1:9/film.mp4"),
    ],
    ids=["use", "open"],
)
def test_work_that_ended_early_shows_no_endless_progress(slider, monkeypatch, begin):
    work = slider.start_job

    def ended(name, make, **options):
        watched, over = threading.Event(), threading.Event()

        async def held():
            await asyncio.to_thread(watched.wait, 20)
            return await make()

        job = work(name, held, **options)
        job.watch(lambda job: job.done() and over.set())
        watched.set()
        assert over.wait(20)
        return job

    monkeypatch.setattr(slider, "start_job", ended)
    begin(slider)
    settled(slider)
    assert slider.status == ""


@pytest.mark.slow
def test_another_video_takes_the_place_of_the_first(slider, client, folder):
    when(slider, "marks", bool)
    slider.use_frame(time=1.0)
    when(slider, "thumbnail_version", lambda n: n == 1)
    slider.value = 3.0
    other = client.upload(write_video(folder / "other.mp4", count=20, size=(128, 128)))
    slider.video = other
    assert (slider.value, slider.length, slider.size) == (0.0, 2.0, [128, 128])
    assert (slider.view, slider.storyboard_version, slider.marks) == ("loading", 0, [])
    assert (slider.thumbnail, slider.thumbnail_version) == (None, 0)
    when(slider, "storyboard_version", lambda n: n >= 4)
    shape, _ = Page(slider).ask("storyboard")
    assert shape["width"] == shape["height"]
    slider.use_frame(time=1.0)
    when(slider, "thumbnail_version", lambda n: n == 2)  # a page may not have heard of the 0
    slider.video = None
    assert (slider.view, slider.length) == ("upload", 0.0)


def test_what_is_no_video_is_refused(client):
    with pytest.raises(errors.InvalidInput, match="not a str"):
        tb.TimestampSlider("film.mp4")
    slider = tb.TimestampSlider()
    with pytest.raises(errors.InvalidInput, match="no video yet"):
        slider.use_frame()
    with pytest.raises(errors.InvalidInput, match="no video yet"):
        _ = slider.frame
    assert list(slider.snapshot_images()) == []


def test_its_image_stays_in_a_saved_notebook(slider):
    when(slider, "storyboard_version", bool)
    slider.value = 1.27
    (picture,) = slider.snapshot_images()
    assert 0 <= frame_number(picture) <= 12, "the storyboard's nearest"
    Page(slider).ask("frame", view_id="v", time=1.27)
    (picture,) = slider.snapshot_images()
    assert frame_number(picture) == 12


def test_its_repr_is_cheap_and_without_images(slider):
    assert repr(slider) == f"<TimestampSlider value=0.0, video={slider.video!r}>"


def test_the_state_has_no_images_in_it(slider):
    when(slider, "marks", bool)
    Page(slider).ask("frame", view_id="v", time=1.0)
    state = {name: value for name, value in slider.get_state().items() if name[0] != "_"}
    assert len(repr(state)) < 4000
    assert not any(isinstance(value, bytes) for value in state.values())


# -- a hosted video -------------------------------------------------------------------


def test_a_hosted_video_is_never_charged_for_looking(hosted):
    video, state = hosted
    slider = tb.TimestampSlider(video)
    when(slider, "view", lambda view: view == "stream")
    page = Page(slider)
    assert page.ask("stream")[0] == {"url": video.stream_url or ""}
    slider.value = 3.0
    with pytest.raises(errors.InvalidInput, match="costs"):
        _ = slider.frame
    assert list(slider.snapshot_images()) == []
    assert state.made == []
    slider.use_frame(width=64, height=36).result(20)
    when(slider, "thumbnail", bool)
    assert len(state.made) == 1
    slider.use_frame(width=64, height=36).result(20)
    assert len(state.made) == 1, "the same is paid once"
    assert slider.frame.size == (64, 36)
    assert slider.error == ""


def test_a_stream_is_an_address_or_nothing(hosted):
    video, _ = hosted
    video.record = video.record.model_copy(update={"stream_url": "javascript:alert(1)"})
    slider = tb.TimestampSlider(video)
    assert Page(slider).ask("stream")[0] == {"url": ""}


# -- without a video ------------------------------------------------------------------
