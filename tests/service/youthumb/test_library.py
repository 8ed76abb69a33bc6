"""Everything around a generation: lists, trash, favourites, persons, assets, the catalogue."""

from __future__ import annotations

import uuid

import pytest
from PIL import Image

from tests.service.tools import ServiceHarness
from tests.service.youthumb_harness import PROMPT, YouThumbHarness, denied
from thumbnb import render
from thumbnb.service.http.rate_limiter import RateLimiter

# -- projects -------------------------------------------------------------------------


@pytest.mark.slow
def test_listing_projects(youthumb):
    ids = [youthumb.create(title=f"Number {n}", projectName=f"P {n}") for n in range(5)]
    youthumb.given("PUT", f"/thumbnails/{ids[1]}/favorite", {"isFavorite": True})
    youthumb.finish(ids[0], youthumb.start(ids[0]))

    def listed(query: str = "") -> list[int]:
        found = youthumb.given("GET", f"/thumbnails{query}")["projects"]
        return [ids.index(item["projectId"]) for item in found]

    assert listed() == [4, 3, 2, 1, 0], "newest first"
    assert listed("?favorite=true") == [1]
    assert listed("?favorite=false&limit=2") == [4, 3]
    assert listed("?status=completed") == [0]
    assert listed("?status=draft") == listed("?status=pending") == [4, 3, 2, 1]
    assert listed("?search=p%203") == listed("?search=Number%203") == [3]
    assert listed("?page=2&limit=2") == [2, 1]
    assert listed("?page=9") == []
    page = youthumb.given("GET", "/thumbnails?page=2&limit=2")["pagination"]
    assert page == {"page": 2, "limit": 2, "total": 5, "totalPages": 3}
    done = youthumb.given("GET", "/thumbnails?status=completed")["projects"][0]
    assert youthumb.http.get(done["latestGeneratedFileUrl"]).status_code == 200


def test_names(shared_youthumb):
    assert shared_youthumb.given("POST", "/thumbnails", {"prompt": PROMPT})["projectName"] == (
        "Untitled Project"
    )
    made = shared_youthumb.given("POST", "/thumbnails", {"prompt": PROMPT, "title": "WORTH IT?"})
    assert made["projectName"] == "WORTH IT?"
    project_id = made["projectId"]
    renamed = shared_youthumb.given("PATCH", f"/thumbnails/{project_id}", {"projectName": "Mine"})
    assert renamed["projectName"] == shared_youthumb.project(project_id)["projectName"] == "Mine"
    denied(
        shared_youthumb.call("PATCH", f"/thumbnails/{project_id}", {"projectName": ""}),
        400,
        projectName=1,
    )
    denied(shared_youthumb.call("PATCH", f"/thumbnails/{project_id}", {}), 400, projectName=1)


@pytest.mark.slow
def test_trash_and_back(youthumb):
    project_id = youthumb.create()
    job_id = youthumb.finish(project_id, youthumb.start(project_id))["jobId"]
    other = youthumb.finish(project_id, youthumb.start(project_id))["jobId"]

    trashed = youthumb.given("DELETE", f"/thumbnails/jobs/{job_id}")
    assert trashed["deletedAt"]
    assert [job["jobId"] for job in youthumb.project(project_id)["jobs"]] == [other]
    assert youthumb.project(project_id)["summary"]["totalJobs"] == 1
    assert len(youthumb.given("GET", "/thumbnails/results")["results"]) == 1
    assert youthumb.given("DELETE", f"/thumbnails/jobs/{job_id}") == trashed, (
        "repeating is harmless"
    )
    denied(youthumb.call("PUT", f"/thumbnails/jobs/{job_id}/favorite", {"isFavorite": True}), 404)
    found = youthumb.given("GET", "/thumbnails/trash?kind=jobs")
    assert [job["jobId"] for job in found["jobs"]] == [job_id]

    gone = youthumb.given("DELETE", f"/thumbnails/{project_id}")
    assert gone["deletedAt"] == gone["updatedAt"]
    assert youthumb.given("DELETE", f"/thumbnails/{project_id}") == gone
    for method, path in (
        ("GET", f"/thumbnails/{project_id}"),
        ("GET", f"/thumbnails/{project_id}/status"),
        ("POST", f"/thumbnails/{project_id}/start"),
    ):
        denied(youthumb.call(method, path), 404)
    assert youthumb.given("GET", "/thumbnails")["projects"] == []
    assert youthumb.given("GET", "/thumbnails/results")["results"] == []
    for path in ("/thumbnails/trash", "/thumbnails?deleted=true"):
        assert [p["projectId"] for p in youthumb.given("GET", path)["projects"]] == [project_id]
    denied(youthumb.call("POST", f"/thumbnails/jobs/{job_id}/restore"), 409)

    assert youthumb.given("POST", f"/thumbnails/{project_id}/restore")["deletedAt"] is None
    assert [job["jobId"] for job in youthumb.project(project_id)["jobs"]] == [other]
    youthumb.given("POST", f"/thumbnails/jobs/{job_id}/restore")
    assert len(youthumb.project(project_id)["jobs"]) == 2


@pytest.mark.slow
def test_what_is_at_work_cannot_go_into_the_trash(youthumb, gate):
    project_id = youthumb.create()
    job_id = youthumb.start(project_id)
    denied(youthumb.call("DELETE", f"/thumbnails/{project_id}"), 409)
    denied(youthumb.call("DELETE", f"/thumbnails/jobs/{job_id}"), 409)
    gate.set()
    youthumb.finish(project_id, job_id)
    youthumb.given("DELETE", f"/thumbnails/jobs/{job_id}")


@pytest.mark.slow
def test_a_restored_project_is_completed_until_it_is_started_again(youthumb, monkeypatch):
    project_id = youthumb.create()
    with monkeypatch.context() as patch:
        patch.setattr(render, "compose", lambda *_, **__: 1 / 0)
        youthumb.finish(project_id, youthumb.start(project_id))
    assert youthumb.project(project_id)["status"] == "failed"
    youthumb.given("DELETE", f"/thumbnails/{project_id}")
    assert youthumb.given("POST", f"/thumbnails/{project_id}/restore")["status"] == "completed"
    youthumb.finish(project_id, youthumb.start(project_id))
    assert youthumb.project(project_id)["status"] == "failed", "one failed job is enough"


@pytest.mark.slow
def test_results_over_all_projects(youthumb):
    first = youthumb.make(advancedOptions={"variations": 2})
    second = youthumb.make(projectName="Second")
    youthumb.given("PUT", f"/thumbnails/jobs/{first['jobId']}/favorite", {"isFavorite": True})
    everything = youthumb.given("GET", "/thumbnails/results")
    assert [r["jobId"] for r in everything["results"]] == [second["jobId"]] + 2 * [first["jobId"]]
    assert everything["results"][0]["projectName"] == "Second"
    assert everything["pagination"]["total"] == 3
    liked = youthumb.given("GET", "/thumbnails/results?favorite=true&limit=1&page=2")["results"]
    assert [r["id"] for r in liked] == [first["images"]["results"][1]["id"]]
    of_second = youthumb.given("GET", f"/thumbnails/results?projectId={second['projectId']}")
    assert [r["url"] for r in of_second["results"]] == [second["generatedFileUrl"]]


# -- the catalogue --------------------------------------------------------------------


def test_the_presets_of_the_documents(shared_youthumb):
    labels = {item["key"]: item["label"] for item in shared_youthumb.given("GET", "/presets")}
    assert labels == {
        "free": "Free",
        "mrbeast-viral": "MrBeast Viral",
        "reaction-shocked": "Reaction Shocked",
        "before-after": "Before/After",
        "challenge-experiment": "Challenge",
        "gaming-esports": "Gaming",
        "tech-review": "Tech Review",
        "vlog-travel": "Vlog/Travel",
        "tutorial-educational": "Tutorial",
        "cinematic-film": "Cinematic",
        "dramatic-intense": "Dramatic",
        "mystery-dark": "Mystery",
        "luxury-premium": "Luxury",
        "office": "Cozy Office",
        "youtube-studio": "YouTube Studio",
    }


def test_templates(shared_youthumb):
    everything = shared_youthumb.given("GET", "/templates?limit=100")["templates"]
    categories = {item["category"] for item in everything}
    assert categories >= {
        "gaming",
        "tech",
        "lifestyle",
        "business",
        "education",
        "entertainment",
        "reaction",
        "other",
    }
    assert all(uuid.UUID(item["id"]) for item in everything)
    for item in everything:
        assert item["name"] == item["title"]
        assert item["imageUrl"] == item["imagePath"]
        assert item["thumbnailUrl"] == item["previewPath"]
    gaming = shared_youthumb.given("GET", "/templates?category=gaming")
    assert {item["category"] for item in gaming["templates"]} == {"gaming"}
    assert gaming["pagination"]["total"] == len(gaming["templates"])
    featured = shared_youthumb.given("GET", "/templates?isFeatured=true&limit=100")["templates"]
    assert 0 < len(featured) < len(everything)
    name = everything[3]["name"]
    assert name in [
        t["name"] for t in shared_youthumb.given("GET", f"/templates?search={name}")["templates"]
    ]
    assert shared_youthumb.given("GET", f"/templates/{everything[3]['id']}") == everything[3]
    denied(shared_youthumb.call("GET", f"/templates/{uuid.uuid4()}"), 404)
    assert shared_youthumb.given("GET", "/templates?scope=mine")["templates"] == []


# -- prompts --------------------------------------------------------------------------


def test_improving_a_prompt_keeps_what_is_there(shared_youthumb):
    context = {"personName": "Mia", "referenceTokens": ["@image1"], "axes": ["hook"]}
    made = shared_youthumb.given(
        "POST", "/thumbnails/prompts/improve", {"prompt": "A rocket.", "context": context}
    )
    assert made["prompt"].startswith("A rocket")
    assert "Mia" in made["prompt"]
    assert "@image1" in made["prompt"]
    assert "contrast" not in made["prompt"], "only the axis that was asked for"
    assert "space for the title" not in made["prompt"]
    made = shared_youthumb.given(
        "POST",
        "/thumbnails/prompts/improve",
        {"prompt": "A rocket.", "context": {"axes": ["readability", "composition"]}},
    )
    assert "contrast" in made["prompt"]
    assert "space for the title" in made["prompt"]
    wrong = {"prompt": "A rocket.", "context": {"axes": ["charm"]}}
    denied(shared_youthumb.call("POST", "/thumbnails/prompts/improve", wrong), 400)
    long = shared_youthumb.given("POST", "/thumbnails/prompts/improve", {"prompt": "word " * 400})
    assert len(long["prompt"]) <= 2000


def test_a_prompt_from_an_image_says_what_can_be_measured(shared_youthumb):
    def of(colour: str) -> str:
        import io

        encoded = io.BytesIO()
        Image.new("RGB", (160, 90), colour).save(encoded, "PNG")
        url = shared_youthumb.asset(content=encoded.getvalue())["url"]
        body = {"imageUrl": url, "language": "fr"}
        made = shared_youthumb.given("POST", "/thumbnails/prompts/from-reference", body)
        assert made["language"] == "en", "it says so where it cannot do as asked"
        return made["prompt"].lower()

    assert "dark image in blue" in of("#001466")
    assert "bright image in yellow" in of("#ffe14d")
    assert "white" in of("white")
    asset = shared_youthumb.asset("template")
    body = {"assetId": asset["id"]}
    assert shared_youthumb.given("POST", "/thumbnails/prompts/from-reference", body)["prompt"]


@pytest.mark.slow
def test_prompt_from_a_template_or_result_records_its_source(youthumb):
    job = youthumb.make("A sailing boat on the ocean")
    fields = {
        "projectId": job["projectId"],
        "sourceResultId": job["images"]["results"][0]["id"],
    }
    made = youthumb.given("POST", "/thumbnails/prompts/from-reference", fields)
    assert made["prompt"].startswith("A sailing boat on the ocean, ")
    template = youthumb.given("GET", "/templates?limit=1")["templates"][0]
    fields = {"templateId": template["id"]}
    assert (
        "image in" in youthumb.given("POST", "/thumbnails/prompts/from-reference", fields)["prompt"]
    )


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"assetId": str(uuid.uuid4()), "templateId": str(uuid.uuid4())}, 400),
        ({"imageUrl": "https://example.org/a.png"}, 400),
        ({"assetId": str(uuid.uuid4())}, 404),
        ({"templateId": str(uuid.uuid4())}, 404),
        ({"sourceResultId": str(uuid.uuid4())}, 404),
        ({"assetId": str(uuid.uuid4()), "language": "xx"}, 400),
    ],
)
def test_references_that_cannot_be(shared_youthumb, body, status):
    before = shared_youthumb.credits
    denied(shared_youthumb.call("POST", "/thumbnails/prompts/from-reference", body), status)
    assert shared_youthumb.credits == before


# -- the door -------------------------------------------------------------------------


def test_the_key_in_either_header(shared_youthumb):
    token = shared_youthumb.service.token
    bare = {"x-api-key": ""}
    for headers, status in (
        ({"x-api-key": token}, 200),
        (bare | {"authorization": f"Bearer {token}"}, 200),
        (bare | {"authorization": f"bearer {token} "}, 200),
        (bare | {"authorization": f"Basic {token}"}, 401),
        (bare | {"x-access-token": token}, 401),
        ({"x-api-key": "wrong"}, 401),
        (bare, 401),
    ):
        answer = shared_youthumb.call("GET", "/presets", headers=headers)
        assert answer.status_code == status, headers
        if status == 401:
            assert answer.json() == {"success": False, "error": "Unauthorized"}


def test_a_key_that_asks_too_often(tmp_path, monkeypatch):
    monkeypatch.setenv("THUMBNB_REQUESTS_PER_MINUTE", "3")
    youthumb = YouThumbHarness(tmp_path)
    try:
        for _ in range(3):
            assert youthumb.call("GET", "/presets").status_code == 200
        answer = youthumb.call("GET", "/presets")
        assert denied(answer, 401) == "Unauthorized", "as a wrong key is told"
        assert "retry-after" not in answer.headers
        assert youthumb.get("/collection").status_code == 200, (
            "the other protocol has no such limit"
        )
    finally:
        youthumb.close()
    old = YouThumbHarness(tmp_path, requests_per_minute=0, rate_limit_status=429)
    try:
        answer = old.call("GET", "/presets")
        assert "0 requests a minute" in denied(answer, 429)
        assert 0 < int(answer.headers["retry-after"]) <= 60
    finally:
        old.close()


def test_the_rate_limiter_forgets_after_a_minute():
    clock = [0.0]
    limiter = RateLimiter(2, lambda: clock[0])
    assert limiter.admit() is None
    clock[0] = 30.0
    assert limiter.admit() is None
    assert limiter.admit() == 30
    clock[0] = 60.0
    assert limiter.admit() is None
    assert limiter.admit() == 30
    assert RateLimiter(None).admit() is None


def test_the_two_protocols_keep_to_their_shapes(shared_youthumb):
    assert set(shared_youthumb.http.get("/api/nowhere").json()) == {"success", "error"}
    assert set(shared_youthumb.http.get("/apinowhere").json()) == {
        "success",
        "message",
        "error_code",
        "code",
    }
    answer = shared_youthumb.http.request("PUT", "/api/presets")
    denied(answer, 405)
    assert answer.headers["allow"] == "GET, HEAD"
    answer = shared_youthumb.http.get("/api/presets", headers={"host": "elsewhere.example"})
    denied(answer, 400)
    assert shared_youthumb.http.get("/api/presets/").status_code == 200


def test_a_home_of_before_is_brought_up_to_date(tmp_path, talk):
    """The tables of the first release, with something in them, get the new ones beside them."""
    import sqlite3

    from thumbnb.service.store.migrations import MIGRATIONS

    with sqlite3.connect(tmp_path / "service.sqlite3", isolation_level=None) as old:
        for statement in MIGRATIONS[0]:
            old.execute(statement)
        old.execute("PRAGMA user_version = 1")
    old.close()
    harness = ServiceHarness(tmp_path)
    try:
        video = harness.upload(talk)
        assert harness.rows("projects") == 0
        assert harness.http.get(video["thumbnail_url"]).status_code == 200
    finally:
        harness.close()
