"""What a start changes of its project's draft, for this generation only."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.service.youthumb_harness import PROMPT, denied, reasons
from thumbnb import render

COMPOSE = render.compose


@pytest.mark.slow
def test_changes_of_a_start_merge_and_are_not_kept(youthumb, gate):
    project_id = youthumb.create(
        title="OLD TITLE",
        presetKey="gaming-esports",
        advancedOptions={"variations": 2, "backgroundBlur": 10, "textPosition": "top"},
    )
    first = youthumb.start(
        project_id,
        prompt="Another prompt",
        title="",
        advancedOptions={"variations": 1, "textPosition": None},
    )
    second = youthumb.start(project_id)
    job = youthumb.job(project_id, first)
    assert job["userPrompt"] == "Another prompt"
    assert job["metadata"]["title"] == ""
    assert job["metadata"]["presetKey"] == "gaming-esports"
    assert job["metadata"]["advancedOptions"] == {"variations": 1, "backgroundBlur": 10}
    plain = youthumb.job(project_id, second)
    assert plain["userPrompt"] == PROMPT
    assert plain["metadata"]["title"] == "OLD TITLE"
    assert plain["metadata"]["advancedOptions"]["textPosition"] == "top"
    assert youthumb.project(project_id)["projectMetadata"]["title"] == "OLD TITLE"
    assert youthumb.credits == 1000 - 1 - 2


@pytest.mark.slow
def test_a_start_can_clear_the_person_and_the_images(youthumb, gate):
    person = youthumb.person(count=3)
    project_id = youthumb.create(
        "Mia with @image1", personId=person["id"], contentImages=[{"url": youthumb.asset()["url"]}]
    )
    full = youthumb.job(project_id, youthumb.start(project_id))
    assert full["personIds"] == [person["id"]]
    assert len(full["images"]["faces"]) == 2, "the first two of a person's pictures are used"
    assert len(full["images"]["content"]) == 1
    bare = youthumb.job(project_id, youthumb.start(project_id, personId=None, contentImages=[]))
    assert bare["personIds"] == []
    assert bare["images"]["faces"] == bare["images"]["content"] == []
    named = youthumb.job(project_id, youthumb.start(project_id, personId=None, personName="Mia"))
    assert named["personIds"] == [person["id"]]


@pytest.mark.slow
def test_a_person_by_name_and_one_without_images(youthumb):
    youthumb.given("POST", "/persons", {"name": "Nobody"})
    job = youthumb.make(personName="Nobody")
    assert job["status"] == "completed"
    assert "no images" in reasons(job["metadata"]["sources"], "personId")
    message = denied(
        youthumb.call("POST", "/thumbnails", {"prompt": PROMPT, "personName": "X"}), 404
    )
    assert "person" in message


@pytest.mark.slow
def test_going_on_from_a_result(youthumb):
    project_id = youthumb.create(title="NOW", advancedOptions={"variations": 2})
    first = youthumb.finish(project_id, youthumb.start(project_id))
    chosen = first["images"]["results"][1]
    again = youthumb.finish(
        project_id,
        youthumb.start(project_id, sourceResultId=chosen["id"], advancedOptions={"variations": 1}),
    )
    assert again["status"] == "completed"
    assert again["metadata"]["generationType"] == "iterate"
    assert again["images"]["styleReference"][0]["name"] == chosen["name"]
    (result,) = again["images"]["results"]
    assert (result["seed"], result["variation"]) == (chosen["seed"], 1)
    options = {t["option"] for t in result["report"]}
    assert "sourceResultId" in options

    elsewhere = youthumb.create()
    answer = youthumb.call(
        "POST", f"/thumbnails/{elsewhere}/start", {"sourceResultId": chosen["id"]}
    )
    denied(answer, 404)
    answer = youthumb.call(
        "POST",
        f"/thumbnails/{project_id}/start",
        {"sourceResultId": chosen["id"], "presetKey": "free"},
    )
    denied(answer, 400, sourceResultId=1)


@pytest.mark.slow
def test_a_person_is_put_into_the_image(youthumb):
    """The portrait has a plain ground, so it can be cut out without seeing."""
    portrait = Image.new("RGB", (400, 400), "white")
    portrait.paste("#c68642", (130, 80, 270, 300))
    encoded = io.BytesIO()
    portrait.save(encoded, "PNG")
    face = youthumb.asset("face", encoded.getvalue())
    person = youthumb.given("POST", "/persons", {"name": "Mia", "imageIds": [face["id"]]})
    job = youthumb.make(personId=person["id"], presetKey="mrbeast-viral")
    report = {t["option"]: t["outcome"] for t in job["images"]["results"][0]["report"]}
    assert report["personId"] in {"applied", "approximated"}
    assert [image["name"] for image in job["images"]["faces"]] == ["photo.png"]
