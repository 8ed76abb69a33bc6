"""Requests written straight from the contract: its paths, its words, its answer's fields."""

from __future__ import annotations

import io

import httpx
import pytest
from PIL import Image

from tests.service.tools import frame_number, until

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def video_id(server, talk_path) -> str:
    found: str = server.upload(talk_path.read_bytes())["id"]
    return found


@pytest.fixture(scope="module")
def api(server):
    """The contract names one header and one content type, and so does this."""
    headers = {"x-access-token": server.token, "Content-Type": "application/json"}
    with httpx.Client(base_url=server.url, headers=headers, timeout=180, trust_env=False) as api:
        yield api


def check_async_response(body: dict) -> None:
    assert isinstance(body["success"], bool)
    assert body["status"] in {"processing", "done", "failed"}
    assert isinstance(body["data"], dict)
    assert isinstance(body["data"]["id"], str)
    assert isinstance(body["data"]["output_url"], str)


def picture(url: str) -> Image.Image:
    answer = httpx.get(url, trust_env=False)
    assert answer.headers["content-type"] == "image/jpeg"
    return Image.open(io.BytesIO(answer.content))


@pytest.mark.parametrize("prefer", [None, "respond-async"])
def test_create_custom_thumbnail(api, server, video_id, prefer):
    """POST /video/{video_id}/thumbnail/, then GET /async-response/{id} until it is done."""
    answer = api.post(
        f"/video/{video_id}/thumbnail/",
        json={"timestamp": 1.5, "width": 320, "height": 180},
        headers={"prefer": prefer} if prefer else {},
    )
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    check_async_response(body)
    url = body["data"]["output_url"]
    assert url.startswith(server.url + "/async-response/job-"), "absolute, and where we asked"
    if prefer:
        assert body["status"] == "processing"
        assert url.endswith("/" + body["data"]["id"])

    def done():
        reported = api.get(url + "/").json()
        assert reported["status"] in {"processing", "done"}
        return reported if reported["status"] == "done" else None

    reported = until(done, "The end of the job")
    assert reported["success"] is True
    image = reported["data"]
    assert isinstance(image["id"], str)
    assert image["id"].startswith("img-")
    assert (image["width"], image["height"]) == (320, 180)
    assert isinstance(image["size"], int)
    assert {"name", "collection_id", "url", "created_at"} <= set(image)
    assert picture(image["url"]).size == (320, 180)
    assert frame_number(picture(image["url"])) == 15


@pytest.mark.parametrize(
    ("body", "size"),
    [
        ({}, (192, 108)),
        ({"timestamp": 0}, (192, 108)),
        ({"timestamp": 10}, None),
        ({"width": 96}, (96, 54)),
        ({"timestamp": 2, "width": 100, "height": 100}, (100, 100)),
    ],
)
def test_no_property_is_required(api, video_id, body, size):
    answer = api.post(f"/video/{video_id}/thumbnail/", json=body)
    if size is None:
        assert answer.status_code == 400
        refused = answer.json()
        assert refused["success"] is False
        assert isinstance(refused["message"], str)
        assert isinstance(refused["error_code"], str)
    else:
        check_async_response(answer.json())
        assert picture(answer.json()["data"]["url"]).size == size


def test_the_default_and_the_listed_thumbnails(api, video_id):
    address = api.get(f"/video/{video_id}/thumbnail/").json()["data"]["thumbnail_url"]
    assert picture(address).size == (192, 108)
    address = api.get(f"/video/{video_id}/thumbnail/", params={"timestamp": 2.5}).json()
    assert frame_number(picture(address["data"]["thumbnail_url"])) == 25
    listed = api.get(f"/video/{video_id}/thumbnails/").json()["data"]
    assert isinstance(listed, list)
    assert all(isinstance(item["timestamp"], float) and item["url"] for item in listed)


def test_images(api, video_id):
    made = api.post(f"/video/{video_id}/thumbnail/", json={"timestamp": 3.5}).json()["data"]
    assert made["id"] in [i["id"] for i in api.get("/image/").json()["data"]["images"]]
    signed = api.post(f"/image/{made['id']}/generate_url/").json()["data"]["image_url"]
    assert frame_number(picture(signed)) == 35
    gone = api.delete(f"/image/{made['id']}/")
    assert (gone.status_code, gone.json()["success"]) == (200, True)


def test_videos_are_paged_from_zero(api, server, video_id, talk_path):
    later = server.upload(talk_path.read_bytes())["id"]
    pages = [
        api.get("/video/", params={"collection_id": "default", "page_index": n, "count": 1})
        for n in (0, 1)
    ]
    assert [p.json()["data"]["videos"][0]["id"] for p in pages] == [later, video_id]
    record = api.get(f"/video/{later}/").json()["data"]
    assert isinstance(record["length"], float)
    assert isinstance(record["size"], int)
    assert {"name", "description", "stream_url", "player_url", "thumbnail_url", "created_at"} <= (
        set(record)
    )
    assert api.delete(f"/video/{later}/").status_code == 200


def test_an_upload_address_names_its_video(api, talk_path):
    """GET upload_url answers the address and the id of the video to be."""
    reported = api.get("/collection/default/upload_url", params={"name": "a.mp4"}).json()["data"]
    sent = httpx.post(
        reported["upload_url"], files={"file": talk_path.read_bytes()}, trust_env=False
    )
    assert sent.is_success
    made = api.post("/collection/default/upload/", json={"url": reported["upload_url"]}).json()
    assert made["data"]["id"] == reported["video_id"]
    assert api.delete(f"/video/{reported['video_id']}").json()["success"] is True


def test_without_the_key_and_for_unknown_jobs(api, server):
    assert httpx.get(server.url + "/video/", trust_env=False).status_code == 401
    unknown = api.get("/async-response/job-123/")
    assert unknown.status_code == 404
    assert unknown.json()["success"] is False
