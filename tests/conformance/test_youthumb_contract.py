"""YouThumb's contract: its curl lines, its JavaScript workflow, its bodies, run against a server.

Only the host and the key are changed. What the contract shows must be there; what the
newer first-party clients read as well must be there too.
"""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import subprocess
import uuid
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.service.tools import until

pytestmark = pytest.mark.slow

HOSTED = "https://youthumb.ai/api"
WORKFLOW = Path(__file__).with_name("youthumb_workflow.mjs")

needs_node = pytest.mark.skipif(
    shutil.which("node") is None, reason="node is not installed: the JavaScript cannot be run"
)
needs_curl = pytest.mark.skipif(
    shutil.which("curl") is None, reason="curl is not installed: its lines cannot be run"
)


@pytest.fixture(scope="module")
def api(server):
    """The contract names one header and one content type, and so does this."""
    headers = {"x-api-key": server.token, "Content-Type": "application/json"}
    url = f"{server.url}/api"
    with httpx.Client(base_url=url, headers=headers, timeout=180, trust_env=False) as api:
        yield api


@pytest.fixture(scope="module")
def finished(api) -> dict[str, Any]:
    """A project that was generated twice, with a person, once with two variations."""
    encoded = io.BytesIO()
    Image.new("RGB", (300, 300), "white").save(encoded, "PNG")
    # httpx sets the content type of a form itself.
    face = httpx.post(
        f"{api.base_url}assets",
        headers={"x-api-key": api.headers["x-api-key"]},
        data={"type": "face"},
        files={"file": ("face.png", encoded.getvalue(), "image/png")},
        trust_env=False,
    ).json()["data"]
    person = api.post("/persons", json={"name": "Mia", "imageIds": [face["id"]]}).json()["data"]
    project = api.post(
        "/thumbnails",
        json={
            "prompt": "Excited creator with yellow background",
            "presetKey": "mrbeast-viral",
            "personId": person["id"],
            "projectName": "My Thumbnail",
        },
    ).json()["data"]
    path = f"/thumbnails/{project['projectId']}"
    started = [
        api.post(f"{path}/start").json()["data"],
        api.post(f"{path}/start", json={"advancedOptions": {"variations": 2}}).json()["data"],
    ]

    def ended():
        data = api.get(f"{path}/status").json()["data"]
        return data if data["status"] != "processing" else None

    until(ended, "The end of both jobs")
    return {"project": project, "started": started, "path": path, "person": person}


def is_moment(text: str) -> bool:
    """2024-01-15T10:30:00.000Z, to the millisecond."""
    datetime.fromisoformat(text)
    return re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", text) is not None


def is_uuid(text: str) -> bool:
    return str(uuid.UUID(text)) == text


# -- the workflow ---------------------------------------------------------------------


@needs_node
def test_the_workflow_in_javascript_as_it_stands(server, tmp_path):
    script = tmp_path / "workflow.mjs"
    source = WORKFLOW.read_text()
    assert source.count(HOSTED) == 1
    script.write_text(source.replace(HOSTED, f"{server.url}/api"))
    done = subprocess.run(
        ["node", str(script)],
        check=False,
        env={"PATH": os.environ["PATH"], "YOUTHUMB_API_KEY": server.token},
        capture_output=True,
        text=True,
        timeout=1800,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Generated images: [")
    urls = re.findall(r"^\s+url: '([^']+)'", done.stdout, re.MULTILINE)
    assert len(urls) == 2
    for url in urls:
        picture = Image.open(io.BytesIO(httpx.get(url, trust_env=False).content))
        assert picture.size == (1280, 720)


def test_the_workflow_in_python(api):
    """The same steps, for where there is no node; a poll comes as soon as one is answered."""
    created = api.post(
        "/thumbnails",
        json={
            "prompt": "Excited tech reviewer with product",
            "presetKey": "tech-review",
            "advancedOptions": {"variations": 2},
        },
    )
    project = created.json()["data"]
    path = f"/thumbnails/{project['projectId']}"
    httpx.post(
        f"{api.base_url}{path[1:]}/start",
        headers={"x-api-key": api.headers["x-api-key"]},
        trust_env=False,
    )
    status = "processing"
    polls = 0
    while status == "processing":
        assert polls < 10_000
        polls += 1
        status = api.get(f"{path}/status").json()["data"]["status"]
    final = api.get(f"{path}/detailed-status").json()["data"]
    assert status == final["status"] == "completed"
    results = final["jobs"][0]["images"]["results"]
    assert len(results) == 2
    assert len({httpx.get(r["url"], trust_env=False).content for r in results}) == 2


# -- the curl lines -------------------------------------------------------------------

CREATE = """
curl -X POST https://youthumb.ai/api/thumbnails \\
  -H "x-api-key: your_api_key" \\
  -H "Content-Type: application/json" \\
  -d '{
    "prompt": "Excited creator with bright yellow background",
    "presetKey": "mrbeast-viral"
  }'
"""
START = """
curl -X POST https://youthumb.ai/api/thumbnails/:projectId/start \\
  -H "x-api-key: your_api_key"
"""
READS = (
    """
curl https://youthumb.ai/api/thumbnails/:projectId/status \\
  -H "x-api-key: your_api_key"
""",
    """
curl "https://youthumb.ai/api/thumbnails/:projectId/status?page=1&limit=20" \\
  -H "x-api-key: your_api_key"
""",
    """
curl "https://youthumb.ai/api/thumbnails/:projectId/status?status=completed&page=1&limit=10" \\
  -H "x-api-key: your_api_key"
""",
    """
curl "https://youthumb.ai/api/thumbnails/:projectId/status?status=pending,processing" \\
  -H "x-api-key: your_api_key"
""",
    """
curl https://youthumb.ai/api/thumbnails/:projectId/detailed-status \\
  -H "x-api-key: your_api_key"
""",
)


@needs_curl
def test_every_curl_line(server):
    def run(line: str, project_id: str = "") -> dict[str, Any]:
        for theirs, ours in (
            (HOSTED, f"{server.url}/api"),
            ("your_api_key", server.token),
            (":projectId", project_id),
        ):
            line = line.replace(theirs, ours)
        command = [*shlex.split(line.replace("\\\n", " ")), "-sS", "--noproxy", "*"]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=1800)
        assert done.returncode == 0, done.stderr
        body: dict[str, Any] = json.loads(done.stdout)
        assert body["success"] is True, body
        data: dict[str, Any] = body["data"]
        return data

    project_id = run(CREATE)["projectId"]
    assert run(START, project_id)["creditsConsumed"] == 1
    until(lambda: run(READS[0], project_id)["status"] == "completed", "The end of the job")
    plain, paged, completed, running, detailed = (run(line, project_id) for line in READS)
    assert "pagination" not in plain
    assert paged["pagination"] == {"total": 1, "page": 1, "limit": 20, "totalPages": 1}
    assert completed["pagination"]["limit"] == 10
    assert len(completed["jobs"]) == 1
    assert running["jobs"] == []
    assert "pagination" not in running, "a filter alone does not turn pages"
    assert detailed["jobs"][0]["images"]["results"]


# -- the bodies -----------------------------------------------------------------------


def test_create(api):
    answer = api.post("/thumbnails", json={"prompt": "Excited creator"})
    assert answer.status_code == 201
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    assert body["success"] is True
    data = body["data"]
    assert is_uuid(data["projectId"])
    assert data["status"] == "draft"
    assert data["projectName"] == "Untitled Project"
    assert is_moment(data["createdAt"])


def test_start(finished):
    first, second = finished["started"]
    assert first["projectId"] == finished["project"]["projectId"]
    assert first["status"] == "processing"
    assert (first["creditsConsumed"], second["creditsConsumed"]) == (1, 2)
    assert first["message"] == "Generation started"
    assert is_uuid(first["jobId"]), "the newer documents name the job"
    assert first["jobId"] != second["jobId"]


def test_status_and_its_pages(api, finished):
    path = finished["path"] + "/status"
    data = api.get(path).json()["data"]
    assert data["projectId"] == finished["project"]["projectId"]
    assert data["status"] == "completed"
    assert data["projectName"] == "My Thumbnail"
    assert "pagination" not in data
    assert len(data["jobs"]) == 2
    for job in data["jobs"]:
        assert is_uuid(job["jobId"])
        assert job["status"] == "completed"
        assert job["generatedFileUrl"].startswith(str(api.base_url).removesuffix("api/"))
        assert is_moment(job["createdAt"])
    assert data["jobs"][0]["jobId"] == finished["started"][1]["jobId"], "the newest first"

    for query, count, pagination in (
        ({"page": 1}, 2, {"total": 2, "page": 1, "limit": 20, "totalPages": 1}),
        ({"limit": 1}, 1, {"total": 2, "page": 1, "limit": 1, "totalPages": 2}),
        ({"limit": 1, "page": 2}, 1, {"total": 2, "page": 2, "limit": 1, "totalPages": 2}),
        ({"limit": 100, "page": 9}, 0, {"total": 2, "page": 9, "limit": 100, "totalPages": 1}),
        ({"status": "completed", "page": 1}, 2, {"total": 2, "page": 1, "limit": 20,
                                                  "totalPages": 1}),
        ({"status": "failed", "limit": 5}, 0, {"total": 0, "page": 1, "limit": 5,
                                                "totalPages": 0}),
    ):  # fmt: skip
        reported = api.get(path, params=query).json()["data"]
        assert len(reported["jobs"]) == count, query
        assert reported["pagination"] == pagination
        assert reported["status"] == "completed", "the filter is for jobs, not for the project"
    for status, count in (("pending,processing", 0), ("pending,completed", 2), ("failed", 0)):
        reported = api.get(path, params={"status": status}).json()["data"]
        assert len(reported["jobs"]) == count
        assert "pagination" not in reported
    answer = api.get(path, params={"limit": 101})
    assert answer.status_code == 400
    assert "limit" in answer.json()["details"]


@pytest.mark.parametrize("form", ["/detailed-status", "/status", ""])
def test_detailed_status(api, finished, form):
    """The newer service answers all three alike."""
    data = api.get(finished["path"] + form).json()["data"]
    assert data["projectName"] == "My Thumbnail"
    assert data["summary"] == {
        "totalJobs": 2,
        "activeJobs": 0,
        "completedJobs": 2,
        "failedJobs": 0,
        "totalVariations": 3,
    }
    assert is_moment(data["createdAt"])
    assert is_moment(data["updatedAt"])
    job = data["jobs"][0]
    assert data["latestGeneratedFileUrl"] == job["generatedFileUrl"]
    assert job["type"] == "thumbnail-generation"
    assert job["userPrompt"] == "Excited creator with yellow background"
    assert job["personIds"] == [finished["person"]["id"]]
    images = job["images"]
    assert set(images) == {"styleReference", "content", "faces", "results"}
    assert images["styleReference"] == images["content"] == []
    assert [set(face) >= {"id", "url", "name"} for face in images["faces"]] == [True]
    assert len(images["results"]) == 2
    for result in images["results"]:
        assert is_uuid(result["id"])
        assert (result["width"], result["height"]) == (1280, 720)
        assert result["name"]
    # What the newer documents add:
    assert job["results"] == images["results"]
    assert job["errorMessage"] is None
    assert job["isFavorite"] is False
    assert is_moment(job["updatedAt"])
    assert job["metadata"]["progress"] == 1
    about = data["projectMetadata"]
    assert about["presetKey"] == "mrbeast-viral"
    assert about["contentImages"] == []
    assert about["personId"] == finished["person"]["id"]
    assert about["advancedOptions"] == {}


def test_the_results_are_images_any_browser_shows(api, finished):
    job = api.get(finished["path"]).json()["data"]["jobs"][0]
    for result in job["images"]["results"]:
        answer = httpx.get(result["url"], trust_env=False)
        assert answer.headers["content-type"] in {"image/png", "image/jpeg"}
        assert len(answer.content) < 2_000_000
        assert Image.open(io.BytesIO(answer.content)).size == (1280, 720)


def test_refusals(api, server):
    unkeyed = httpx.get(f"{server.url}/api/thumbnails", trust_env=False)
    assert unkeyed.status_code == 401
    assert unkeyed.json() == {"success": False, "error": "Unauthorized"}
    short = api.post("/thumbnails", json={"prompt": "ab"})
    assert short.status_code == 400
    body = short.json()
    assert body["success"] is False
    assert isinstance(body["error"], str)
    assert isinstance(body["details"]["prompt"][0], str)
    unknown = api.get(f"/thumbnails/{uuid.uuid4()}/status")
    assert unknown.status_code == 404
    assert unknown.json()["success"] is False
    bearer = httpx.get(
        f"{server.url}/api/usage",
        headers={"Authorization": f"Bearer {server.token}"},
        trust_env=False,
    )
    assert bearer.status_code == 200


def test_lists_and_the_catalogue(api):
    presets = api.get("/presets").json()["data"]
    assert len(presets) == 15
    assert all({"key", "label", "emoji", "description"} <= set(item) for item in presets)
    assert next(p for p in presets if p["key"] == "mrbeast-viral")["emoji"] == "\U0001f525"
    templates = api.get("/templates", params={"limit": 3}).json()["data"]
    assert len(templates["templates"]) == 3
    assert set(templates["pagination"]) == {"page", "limit", "total", "totalPages"}
    item = templates["templates"][0]
    for names in (
        {"id", "name", "description", "category", "imageUrl", "thumbnailUrl", "isFeatured", "tags",
         "createdAt"},
        {"id", "title", "description", "category", "imagePath", "previewPath", "aspectRatio",
         "tags", "isPublished", "isFeatured", "createdAt"},
    ):  # fmt: skip
        assert names <= set(item)
    persons = api.get("/persons").json()["data"]
    assert isinstance(persons, list)
    assets = api.get("/assets").json()["data"]
    assert set(assets["pagination"]) == {"page", "limit", "total", "totalPages", "hasMore"}
    assert isinstance(api.get("/usage").json()["data"]["credits"], float)
