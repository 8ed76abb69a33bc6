"""Videos: how they come in, what is kept of them, how they go."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.service.tools import SIZE, ServiceHarness, frame_number, refusal, write_video


def test_a_video_is_stored_with_its_facts(harness, talk, video):
    assert video["id"].startswith("m-")
    assert video["collection_id"] == "default"
    assert (video["width"], video["height"]) == SIZE
    assert video["length"] == pytest.approx(4.0)
    assert video["fps"] == pytest.approx(10.0)
    assert video["size"] == len(talk)
    assert video["name"] == "talk"
    assert harness.data(f"/video/{video['id']}")["id"] == video["id"]
    assert video["id"] in [v["id"] for v in harness.data("/video?collection_id=default")["videos"]]


def test_the_stream_is_the_file_and_can_be_sought(harness, talk, video):
    whole = harness.get(video["stream_url"], headers={"x-access-token": ""})
    assert whole.content == talk
    assert whole.headers["content-type"] == "video/mp4"
    assert whole.headers["x-content-type-options"] == "nosniff"
    part = harness.get(video["stream_url"], headers={"range": "bytes=100-199"})
    assert part.status_code == 206
    assert part.content == talk[100:200]
    assert harness.http.head(video["stream_url"]).headers["content-length"] == str(len(talk))


def test_the_cover_is_a_good_frame_not_the_first(fresh, tmp_path):
    black_first = write_video(tmp_path / "dark.mp4", dark=12).read_bytes()
    video = fresh.upload(black_first)
    address = fresh.data(f"/video/{video['id']}/thumbnail")
    assert address["thumbnail_url"] == address["thumbnail"] == video["thumbnail_url"]
    cover = fresh.picture({"url": video["thumbnail_url"]})
    assert cover.size == SIZE
    assert frame_number(cover) >= 12
    assert fresh.data(f"/video/{video['id']}/thumbnails") == [], "only what was asked for is listed"
    assert fresh.data("/image")["images"] == []


@pytest.mark.parametrize(
    ("name", "codec", "kind"),
    [("a.webm", "libvpx-vp9", "video/webm"), ("a.mkv", "libx264", "video/x-matroska")],
)
def test_other_containers_are_served_as_what_they_are(harness, tmp_path, name, codec, kind):
    file = write_video(tmp_path / name, count=10, codec=codec)
    video = harness.upload(file.read_bytes(), name="no-extension")
    assert harness.http.head(video["stream_url"]).headers["content-type"] == kind


@pytest.mark.slow
def test_the_same_file_is_kept_once_until_its_last_video_goes(fresh, talk):
    first, second = fresh.upload(talk), fresh.upload(talk)
    assert first["id"] != second["id"]
    assert [path.stat().st_size for path in fresh.files()].count(len(talk)) == 1
    assert fresh.http.delete(f"/video/{first['id']}").json()["success"] is True
    refusal(fresh.get(f"/video/{first['id']}"), 404)
    assert fresh.get(second["stream_url"]).content == talk
    assert frame_number(fresh.picture(fresh.thumbnail(second, time=2))) == 20
    fresh.http.delete(f"/video/{second['id']}")
    refusal(fresh.get(second["stream_url"]), 404)
    kept = fresh.data("/image")["images"]
    assert len(kept) == 1, "a thumbnail that was asked for outlives its video"
    assert fresh.http.delete(f"/image/{kept[0]['id']}").status_code == 200
    assert fresh.files() == []


NOT_VIDEOS = {
    "text": b"hello, this is no video at all\n" * 50,
    "empty": b"",
    "playlist": b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
    "concat script": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "noise": bytes(range(256)) * 40,
}


@pytest.mark.parametrize("content", NOT_VIDEOS.values(), ids=NOT_VIDEOS)
def test_what_is_no_video_is_refused_and_leaves_nothing(fresh, content):
    url = fresh.send(content, name="movie.mp4")
    body = refusal(fresh.post("/collection/default/upload", {"url": url, "name": "movie.mp4"}), 400)
    assert body["error_code"] in {"NOT_A_VIDEO", "DAMAGED_VIDEO"}
    assert str(fresh.home) not in body["message"], "where we keep files is nobody's business"
    assert fresh.files() == []
    assert [fresh.rows(table) for table in ("videos", "images", "uploads")] == [0, 0, 0]


def test_an_image_and_a_song_are_no_videos(fresh, tmp_path):
    import av

    picture = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(picture, "PNG")
    with av.open(str(tmp_path / "song.m4a"), "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=44100)
        silence = av.AudioFrame(format="fltp", layout="stereo", samples=1024)
        silence.sample_rate = 44100
        for plane in silence.planes:
            plane.update(bytes(plane.buffer_size))
        for packet in [*stream.encode(silence), *stream.encode(None)]:
            container.mux(packet)
    for content in (picture.getvalue(), (tmp_path / "song.m4a").read_bytes()):
        url = fresh.send(content)
        refusal(fresh.post("/collection/default/upload", {"url": url}), 400)
    assert fresh.files() == []


def test_a_file_cut_off_before_its_index_is_called_that(fresh, talk):
    url = fresh.send(talk[: len(talk) // 2])
    body = refusal(fresh.post("/collection/default/upload", {"url": url}), 400)
    assert body["error_code"] == "DAMAGED_VIDEO"
    assert fresh.files() == []


def test_asking_twice_for_the_video_of_one_file_gives_one(fresh, talk):
    url = fresh.send(talk)
    asked = [fresh.data("/collection/default/upload", {"url": url})["id"] for _ in range(2)]
    assert asked[0] == asked[1]
    assert fresh.rows("videos") == 1
    assert fresh.rows("uploads") == 0


def test_an_upload_address_is_for_one_file_and_says_what_is_wrong(harness, talk):
    url = harness.data("/collection/default/upload_url")["upload_url"]
    body = refusal(harness.post("/collection/default/upload", {"url": url}), 400)
    assert body["error_code"] == "NO_FILE"
    url = harness.data("/collection/default/upload_url")["upload_url"]
    refusal(harness.http.post(url, files={"other": ("a", talk)}), 400)
    refusal(harness.http.post(url, content=talk), 400)
    refusal(
        harness.http.post(
            url,
            content=b"--b\r\nContent-Disposition: form-data; name=file\r\n\r\nhalf a fi",
            headers={"content-type": "multipart/form-data; boundary=b"},
        ),
        400,
    )
    refusal(
        harness.http.post(
            url, content=b"junk", headers={"content-type": "multipart/form-data; boundary=b"}
        ),
        400,
    )
    assert not list((harness.home / "unfinished").iterdir())


def test_a_file_beyond_the_limit_is_refused_and_leaves_nothing(tmp_path, talk):
    harness = ServiceHarness(tmp_path / "home", max_upload=1000)
    try:
        url = harness.data("/collection/default/upload_url")["upload_url"]
        refusal(harness.http.post(url, files={"file": ("a", talk)}), 413)
        # Told no length, it is counted.
        body = b"--b\r\nContent-Disposition: form-data; name=file\r\n\r\n" + talk + b"\r\n--b--\r\n"
        refusal(
            harness.http.post(
                url,
                content=iter([body]),
                headers={"content-type": "multipart/form-data; boundary=b"},
            ),
            413,
        )
        assert harness.files() == []
    finally:
        harness.close()


def test_names_come_from_the_request_else_the_upload_address(fresh, talk):
    url = fresh.send(talk, name="from-address")
    assert fresh.data("/collection/default/upload", {"url": url})["name"] == "from-address"
    url = fresh.send(talk, name="x")
    made = fresh.data(
        "/collection/default/upload", {"url": url, "name": "Ünïcode", "description": "about"}
    )
    assert (made["name"], made["description"]) == ("Ünïcode", "about")


@pytest.mark.slow
def test_lists_are_newest_first_by_collection_and_page(fresh, talk):
    made = fresh.data("/collection", {"name": "Other", "description": "apart"})
    assert made["id"] in [c["id"] for c in fresh.data("/collection")["collections"]]
    assert fresh.data(f"/collection/{made['id']}")["name"] == "Other"
    here = [fresh.upload(talk)["id"] for _ in range(3)]
    url = fresh.send(talk)
    there = fresh.data(f"/collection/{made['id']}/upload", {"url": url})["id"]

    def listed(query: str) -> list[str]:
        return [v["id"] for v in fresh.data(f"/video?{query}")["videos"]]

    assert listed("collection_id=default") == here[::-1]
    assert listed(f"collection_id={made['id']}") == [there]
    assert listed("") == [there, *here[::-1]]
    assert listed("collection_id=default&count=2") == here[:0:-1]
    assert listed("collection_id=default&count=2&page_index=1") == here[:1]
    refusal(fresh.get(f"/video/{there}?collection_id=default"), 404)
    refusal(fresh.http.delete(f"/video/{there}?collection_id=default"), 404)


def test_everything_is_there_after_a_restart(tmp_path, talk):
    harness = ServiceHarness(tmp_path)
    video = harness.upload(talk)
    image = harness.thumbnail(video, time=1.5)
    harness.close()
    again = ServiceHarness(tmp_path)
    try:
        assert again.data(f"/video/{video['id']}")["stream_url"] == video["stream_url"]
        assert again.thumbnail(video, time=1.5)["id"] == image["id"]
        assert frame_number(again.picture(image)) == 15, "an old address goes on working"
        assert again.get(image["output_url"]).json()["data"]["id"] == image["id"]
    finally:
        again.close()
