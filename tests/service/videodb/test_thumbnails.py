"""Thumbnails: the right frame, the right size, and never the same work twice."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from tests.service.tools import FRAMES, SIZE, frame_number, refusal, until
from thumbnb.frames import Clip


@pytest.fixture
def decoded(monkeypatch):
    """The times of the frames that were decoded."""
    times: list[float] = []
    frame_at = Clip.frame_at

    def spy(self, t, size=None):
        times.append(t)
        return frame_at(self, t, size)

    monkeypatch.setattr(Clip, "frame_at", spy)
    return times


@pytest.mark.parametrize(
    ("time", "number"), [(0, 0), (0.0, 0), (0.05, 0), (0.1, 1), (1.99, 19), (2, 20), (4.0, 39)]
)
def test_it_shows_the_frame_on_screen_at_that_time(harness, video, time, number):
    image = harness.thumbnail(video, time=time)
    assert frame_number(harness.picture(image)) == number
    assert image["time"] == image["timestamp"] == pytest.approx(number / 10)
    assert image["id"].startswith("img-")
    assert image["collection_id"] == video["collection_id"]
    assert image["video_id"] == video["id"]


def test_the_contracts_word_for_time_is_understood_too(harness, video):
    by_contract = harness.thumbnail(video, timestamp=2.5)
    assert by_contract["id"] == harness.thumbnail(video, time=2.5)["id"]
    assert by_contract["id"] == harness.thumbnail(video, time=2.5, timestamp=2.5)["id"]


@pytest.mark.parametrize(
    ("params", "size"),
    [
        ({}, SIZE),
        ({"width": 96}, (96, 54)),
        ({"height": 54}, (96, 54)),
        ({"width": 320, "height": 180}, (320, 180)),
        ({"width": 60, "height": 60}, (60, 60)),
        ({"width": 30.0, "height": None}, (30, 17)),
        ({"width": 1, "height": 1}, (1, 1)),
    ],
)
def test_sizes(harness, video, params, size):
    image = harness.thumbnail(video, time=1, **params)
    assert (image["width"], image["height"]) == size
    picture = harness.picture(image)
    assert picture.size == size
    assert picture.format == "JPEG"
    assert image["size"] > 0


def test_another_shape_is_cropped_not_stretched(fresh, tmp_path):
    import av
    import numpy as np

    with av.open(str(tmp_path / "disc.mp4"), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 160, 80, "yuv420p"
        y, x = np.mgrid[0:80, 0:160]
        disc = ((x - 79.5) ** 2 + (y - 39.5) ** 2 < 30**2)[..., None] * np.uint8(255)
        frame = av.VideoFrame.from_ndarray(np.repeat(disc, 3, 2), format="rgb24")
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)
    video = fresh.upload((tmp_path / "disc.mp4").read_bytes())
    picture = fresh.picture(fresh.thumbnail(video, time=0, width=40, height=80))
    left, top, right, bottom = picture.convert("L").point(lambda v: 255 * (v > 127)).getbbox()
    assert bottom - top == pytest.approx(60, abs=2), "as high as ever"
    assert (left, right) == (0, 40), "and cut at both sides"


def test_colour_is_kept_at_full_resolution(harness, video):
    from PIL import JpegImagePlugin

    picture = harness.picture(harness.thumbnail(video, time=1))
    assert JpegImagePlugin.get_sampling(picture) == 0


def test_a_request_with_a_size_only_gets_the_videos_best_frame(fresh, talk):
    video = fresh.upload(talk)
    image = fresh.thumbnail(video, width=96)
    assert (image["width"], image["height"]) == (96, 54)
    assert image["time"] == fresh.data(f"/video/{video['id']}/thumbnail")["timestamp"]
    assert fresh.post(f"/video/{video['id']}/thumbnail").status_code == 200, "no body at all"


def test_the_same_frame_is_the_same_thumbnail_and_decoded_once(fresh, talk, decoded):
    video = fresh.upload(talk)
    decoded.clear()
    params_list = [1.0, 1.05, 1.0999, 1, 0.9999999]
    made = [fresh.thumbnail(video, time=t)["id"] for t in params_list]
    assert len(set(made)) == 1
    assert decoded == [1.0]
    assert fresh.thumbnail(video, time=1.1)["id"] != made[0]
    assert fresh.thumbnail(video, time=1, width=96)["id"] != made[0]
    assert len(fresh.data(f"/video/{video['id']}/thumbnails")) == 3


def test_the_last_frame_too(fresh, talk, decoded):
    video = fresh.upload(talk)
    decoded.clear()
    ends = [fresh.thumbnail(video, time=t)["id"] for t in (4.0, 3.95, 4.0)]
    assert len(set(ends)) == 1
    assert decoded == [4.0]


def test_equal_requests_at_once_decode_once(fresh, talk, monkeypatch):
    video = fresh.upload(talk)
    entered, go, times = threading.Event(), threading.Event(), []
    frame_at = Clip.frame_at

    def held(self, t, size=None):
        times.append(t)
        entered.set()
        assert go.wait(180)
        return frame_at(self, t, size)

    monkeypatch.setattr(Clip, "frame_at", held)
    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(fresh.thumbnail, video, time=3) for _ in range(6)]
        assert entered.wait(180)
        until(lambda: len(fresh.service.runner.waiters) == 1, "A request that waits")
        go.set()
        made = {one.result(60)["id"] for one in asked}
    assert len(made) == 1
    assert times == [3]
    assert fresh.rows("jobs") == 2, "the upload and one thumbnail"


def test_the_default_address_takes_a_time_as_well(harness, video):
    address = harness.data(f"/video/{video['id']}/thumbnail?timestamp=3.3")
    assert frame_number(harness.picture({"url": address["thumbnail_url"]})) == 33
    refusal(harness.get(f"/video/{video['id']}/thumbnail?timestamp=4.5"), 400)
    refusal(harness.get(f"/video/{video['id']}/thumbnail?timestamp=nan"), 400)


def test_they_are_listed_fetched_signed_and_deleted(fresh, talk):
    video = fresh.upload(talk)
    late, early = fresh.thumbnail(video, time=3), fresh.thumbnail(video, time=1)
    listed = fresh.data(f"/video/{video['id']}/thumbnails")
    assert [i["timestamp"] for i in listed] == [1.0, 3.0]
    assert {i["id"] for i in fresh.data("/image?collection_id=default")["images"]} == {
        late["id"],
        early["id"],
    }
    got = fresh.data(f"/image/{early['id']}?collection_id=default")
    assert got["url"] == early["url"]
    signed = fresh.http.post(
        f"/image/{early['id']}/generate_url?collection_id=default",
        headers={"content-type": "application/json"},
    ).json()["data"]
    assert signed["signed_url"] == signed["image_url"] == early["url"]

    gone = fresh.http.delete(f"/image/{early['id']}", headers={"content-type": "application/json"})
    assert (gone.status_code, gone.json()["success"]) == (200, True)
    refusal(fresh.get(f"/image/{early['id']}"), 404)
    refusal(fresh.get(early["url"]), 404)
    refusal(fresh.http.delete(f"/image/{early['id']}"), 404)
    poll = fresh.get(early["output_url"]).json()
    assert (poll["success"], poll["status"]) == (False, "failed")
    again = fresh.thumbnail(video, time=1)
    assert again["id"] != early["id"]
    assert frame_number(fresh.picture(again)) == 10


def test_asked_to_answer_at_once_it_tells_where_to_ask(fresh, talk):
    video = fresh.upload(talk)
    answer = fresh.post(
        f"/video/{video['id']}/thumbnail", {"time": 2}, headers={"prefer": "respond-async"}
    )
    body = answer.json()
    assert answer.headers["preference-applied"] == "respond-async"
    assert (body["success"], body["status"]) == (True, "processing")
    assert body["data"]["id"].startswith("job-")
    assert body["data"]["output_url"].endswith("/async-response/" + body["data"]["id"])
    done = fresh.get(body["data"]["output_url"]).json()
    assert (done["success"], done["status"]) == (True, "done")
    assert done["response"] == {"success": True, "data": done["data"]}
    assert frame_number(fresh.picture(done["data"])) == 20


def test_a_job_that_is_not_done_says_how_far_it_is(fresh, talk, monkeypatch):
    video = fresh.upload(talk)
    go = threading.Event()
    frame_at = Clip.frame_at
    monkeypatch.setattr(Clip, "frame_at", lambda *a: go.wait(30) and frame_at(*a))
    waiting = fresh.post(
        f"/video/{video['id']}/thumbnail", {"time": 2}, headers={"prefer": "wait=0"}
    ).json()
    assert waiting["status"] == "processing"
    url = waiting["data"]["output_url"]
    poll = fresh.get(url, headers={"prefer": "wait=0"}).json()
    assert (poll["success"], poll["status"]) == (True, "processing")
    assert isinstance(poll["data"]["percentage"], int)
    go.set()
    assert fresh.get(url).json()["status"] == "done"


def test_a_job_that_fails_says_why_at_once_and_when_polled(fresh, talk, monkeypatch, caplog):
    from thumbnb.errors import DamagedVideo

    video = fresh.upload(talk)

    def torn(self, t, size=None):
        raise DamagedVideo(f"The file is torn at {t} s.")

    monkeypatch.setattr(Clip, "frame_at", torn)
    body = refusal(fresh.post(f"/video/{video['id']}/thumbnail", {"time": 2}), 400)
    assert body["message"] == "The file is torn at 2.0 s."

    def broken(self, t, size=None):
        raise ZeroDivisionError

    monkeypatch.setattr(Clip, "frame_at", broken)
    asked = fresh.post(
        f"/video/{video['id']}/thumbnail", {"time": 3}, headers={"prefer": "respond-async"}
    ).json()
    answer = fresh.get(asked["data"]["output_url"])
    assert answer.status_code == 200
    poll = answer.json()
    assert (poll["success"], poll["status"], poll["code"]) == (False, "failed", 500)
    assert "ZeroDivisionError" not in answer.text
    assert "ZeroDivisionError" in caplog.text, "but the log has it"
    monkeypatch.undo()
    assert fresh.thumbnail(video, time=3), "a failure is not for ever"


def test_a_video_deleted_under_a_job_leaves_no_thumbnail(fresh, talk, monkeypatch):
    video = fresh.upload(talk)
    entered, go = threading.Event(), threading.Event()
    frame_at = Clip.frame_at

    def held(self, t, size=None):
        entered.set()
        assert go.wait(180)
        return frame_at(self, t, size)

    monkeypatch.setattr(Clip, "frame_at", held)
    asked = fresh.post(
        f"/video/{video['id']}/thumbnail", {"time": 2}, headers={"prefer": "respond-async"}
    ).json()
    assert entered.wait(180)
    fresh.http.delete(f"/video/{video['id']}")
    go.set()
    assert fresh.get(asked["data"]["output_url"]).json()["status"] == "failed"
    assert fresh.rows("images") == 0
    until(lambda: fresh.files() == [], "The end of the job's own file")  # after that of the job


def test_a_storyboard_is_a_sheet_made_once(fresh, talk, monkeypatch):
    video = fresh.upload(talk)
    url = f"/video/{video['id']}/storyboard?count=12&tile_width=48&exact=true"
    sheet = fresh.data(url)
    assert (sheet["tile_width"], sheet["tile_height"], sheet["columns"]) == (48, 27, 10)
    assert sheet["count"] == len(sheet["times"]) == 12
    assert sheet["interval"] == pytest.approx(4 / 12)
    picture = fresh.picture(sheet)
    assert picture.size == (480, 54)
    for i, time in enumerate(sheet["times"]):
        x, y = i % 10 * 48, i // 10 * 27
        tile = picture.crop((x, y, x + 48, y + 27))
        assert frame_number(tile) == pytest.approx(round(time * 10), abs=1)
    monkeypatch.setattr(Clip, "storyboard", None)
    assert fresh.data(url)["url"] == sheet["url"]


def test_suggestions_say_where_and_why(fresh, talk):
    video = fresh.upload(talk)
    found = fresh.data(f"/video/{video['id']}/suggestions?count=3")["suggestions"]
    assert 1 <= len(found) <= 3
    for one in found:
        assert 0 <= one["time"] <= video["length"]
        assert isinstance(one["score"], float)
        assert all(isinstance(reason, str) for reason in one["reasons"])
    assert fresh.http.delete(f"/video/{video['id']}").status_code == 200
    assert fresh.rows("previews") == 0


def test_an_image_is_painted_from_a_prompt(harness):
    made = harness.data(
        "/collection/default/generate/image", {"prompt": "a calm lake", "aspect_ratio": "9:16"}
    )
    picture = harness.picture(made)
    assert picture.size == (made["width"], made["height"]) == (720, 1280)
    assert made["video_id"] is None
    assert len(picture.resize((8, 8), Image.Resampling.BOX).getcolors()) > 4
    body = refusal(
        harness.post("/collection/default/generate/image", {"prompt": "x", "aspect_ratio": "17:3"}),
        400,
    )
    assert "16:9" in body["message"]


@pytest.mark.slow
def test_every_frame_is_within_reach(harness, video):
    with ThreadPoolExecutor(8) as pool:
        made = list(
            pool.map(
                lambda n: harness.thumbnail(video, time=n / 10 + 0.03, width=96), range(FRAMES)
            )
        )
    assert [frame_number(harness.picture(image)) for image in made] == list(range(FRAMES))
