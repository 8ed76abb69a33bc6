"""Persons and pictures: kept, refused, given up in time."""

from __future__ import annotations

import base64
import uuid

import pytest

from tests.service.youthumb_harness import YouThumbHarness, denied, photo

# -- persons --------------------------------------------------------------------------


def test_persons(shared_youthumb):
    faces = [shared_youthumb.asset("face", photo(seed=n))["id"] for n in range(3)]
    made = shared_youthumb.given(
        "POST", "/persons", {"name": "Mia", "description": "Curly", "imageIds": faces[:1]}
    )
    assert made["imageCount"] == 1
    assert made["isDefault"] is False
    path = f"/persons/{made['id']}"
    shown = shared_youthumb.given("POST", f"{path}/images", {"imageIds": faces[1:]})
    assert [image["id"] for image in shown["images"]] == faces
    assert (
        shared_youthumb.given("POST", f"{path}/images", {"imageIds": faces[1:]})["imageCount"] == 3
    )
    base = base64.b64encode(photo(seed=7)).decode()
    old = shared_youthumb.given("POST", f"{path}/images", {"base64": base, "filename": "me.png"})
    assert old["images"][-1]["name"] == "me.png"
    shared_youthumb.given("DELETE", f"{path}/images/{faces[0]}")
    assert shared_youthumb.given("GET", path)["imageCount"] == 3
    shared_youthumb.given("DELETE", f"/assets/{faces[1]}")
    assert shared_youthumb.given("GET", path)["imageCount"] == 2, (
        "a deleted picture is nobody's portrait"
    )
    assert shared_youthumb.given("PATCH", path, {"description": None})["description"] is None
    assert shared_youthumb.given("PATCH", path, {"name": "Mia B."})["name"] == "Mia B."
    other = shared_youthumb.given("POST", "/persons", {"name": "Tom"})
    for person in (made, other):
        assert shared_youthumb.given("PUT", f"/persons/{person['id']}/default")["isDefault"] is True
    listed = {p["name"]: p["isDefault"] for p in shared_youthumb.given("GET", "/persons")}
    assert listed == {"Mia B.": False, "Tom": True}
    assert shared_youthumb.given("DELETE", path) == {"deleted": True}
    denied(shared_youthumb.call("GET", path), 404)
    assert shared_youthumb.given("GET", f"/assets/{faces[2]}")["id"] == faces[2], (
        "the pictures stay"
    )


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"name": ""}, 400),
        ({"name": "x" * 101}, 400),
        ({"name": "M", "description": "x" * 501}, 400),
        ({"name": "M", "imageIds": ["nonsense"]}, 400),
        ({"name": "M", "imageIds": [str(uuid.uuid4())] * 11}, 400),
        ({"name": "M", "imageIds": [str(uuid.uuid4())]}, 404),
        ({"name": "M", "imageIds": "template"}, 400),
    ],
)
def test_persons_that_cannot_be(shared_youthumb, body, status):
    if body.get("imageIds") == "template":
        body = {"name": "M", "imageIds": [shared_youthumb.asset("template")["id"]]}
    before = shared_youthumb.rows("persons")
    denied(shared_youthumb.call("POST", "/persons", body), status)
    assert shared_youthumb.rows("persons") == before


# -- assets ---------------------------------------------------------------------------


def test_assets_as_form_and_as_base64(shared_youthumb):
    form = shared_youthumb.given(
        "POST",
        "/assets",
        data={"type": "template", "description": "A sunset"},
        files={"file": ("sun.png", photo((64, 36), seed=1), "image/png")},
    )
    assert form["name"] == "sun.png"
    assert form["description"] == "A sunset"
    assert (form["width"], form["height"]) == (64, 36)
    assert form["size"] == len(photo((64, 36), seed=1))
    text = base64.b64encode(photo((64, 36), seed=2)).decode()
    for sent in (text, f"data:image/png;base64,{text}"):
        made = shared_youthumb.given("POST", "/assets", {"base64": sent, "type": "face"})
        assert shared_youthumb.http.get(made["url"]).content == photo((64, 36), seed=2)
        assert shared_youthumb.given("GET", f"/assets/{made['id']}") == made
    found = shared_youthumb.given("GET", "/assets?search=sunset")
    assert [item["id"] for item in found["assets"]] == [form["id"]]
    faces = shared_youthumb.given("GET", "/assets?type=face&limit=1")
    assert faces["assets"][0]["id"] == made["id"]
    assert faces["pagination"]["hasMore"] is True
    answer = shared_youthumb.call("DELETE", f"/assets/{made['id']}")
    assert answer.json()["message"] == "Asset deleted successfully"
    denied(shared_youthumb.call("GET", f"/assets/{made['id']}"), 404)
    assert shared_youthumb.http.get(made["url"]).status_code == 404


def test_a_temporary_image_has_an_address_and_no_id(shared_youthumb):
    made = shared_youthumb.asset("bucket", photo(seed=5))
    assert made["id"] == ""
    assert shared_youthumb.http.get(made["url"]).content == photo(seed=5)
    denied(shared_youthumb.call("DELETE", f"/assets/{made['fileKey']}"), 404)
    assert made["fileKey"] not in [
        a["id"] for a in shared_youthumb.given("GET", "/assets")["assets"]
    ]
    found = shared_youthumb.given("GET", "/assets?type=bucket")["assets"]
    assert made["fileKey"] in [item["fileKey"] for item in found]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"base64": "a" * 9, "type": "face"}, None),
        ({"base64": base64.b64encode(b"<svg/>").decode(), "type": "face"}, None),
        ({"base64": base64.b64encode(photo()).decode()}, "type"),
        ({"base64": base64.b64encode(photo()).decode(), "type": "film"}, "type"),
        ({"type": "face"}, "base64"),
        ({"base64": 5, "type": "face"}, "base64"),
        ({"base64": "abc", "type": "face", "description": "x" * 501}, "description"),
    ],
)
def test_uploads_that_cannot_be(shared_youthumb, sent, field):
    before = shared_youthumb.rows("pictures")
    denied(shared_youthumb.call("POST", "/assets", sent), 400, **({field: 1} if field else {}))
    assert shared_youthumb.rows("pictures") == before


def test_an_upload_beyond_the_limit(tmp_path):
    youthumb = YouThumbHarness(tmp_path, max_image=1000)
    large = photo((640, 360))
    try:
        file = {"file": ("a.png", large)}
        denied(youthumb.call("POST", "/assets", data={"type": "face"}, files=file), 413)
        text = base64.b64encode(large).decode()
        denied(youthumb.call("POST", "/assets", {"base64": text, "type": "face"}), 413)
        assert youthumb.files() == []
    finally:
        youthumb.close()


def test_temporary_images_go_after_a_while_and_others_stay(tmp_path):
    youthumb = YouThumbHarness(tmp_path)
    bucket, face = youthumb.asset("bucket", photo(seed=1)), youthumb.asset("face", photo(seed=2))
    with youthumb.service.database.write() as rows:
        rows.execute("UPDATE pictures SET created_at = '2020-01-01T00:00:00.000Z'")
    youthumb.close()
    again = YouThumbHarness(tmp_path)
    try:
        assert again.http.get(bucket["url"]).status_code == 404
        assert again.http.get(face["url"]).status_code == 200
        assert len(again.files()) == 1
    finally:
        again.close()
