"""YouThumb's wire: what each endpoint sends, and both documented forms of what it answers."""

from __future__ import annotations

import asyncio
import inspect

import httpx
import pytest

from thumbnb import errors
from thumbnb.api import youthumb, youthumb_resources
from thumbnb.api.transport import Transport
from thumbnb.briefs import AdvancedOptions, PersonDraft, ProjectDraft, StartOverrides
from thumbnb.models import AssetRecord, JobRecord, ProjectStatus, TemplateRecord, UsageRecord

DRAFT = ProjectDraft(prompt="a red balloon")
PROJECT = {"projectId": "p", "status": "draft"}
PERSON = {"id": "q", "name": "Mia"}


def call(function, *args, data=None, body=None, **kwargs):
    """Return (what the function returns, the request it sent)."""
    sent = []

    def handler(request):
        sent.append(request)
        return httpx.Response(200, json=body or {"success": True, "data": data})

    async def run():
        http = Transport(
            "YouThumb", "https://youthumb.example/api", key="k", key_header="x-api-key",
            wire=httpx.MockTransport(handler),
        )  # fmt: skip
        return await function(http, *args, **kwargs)

    return asyncio.run(run()), sent[0]


TABLE = [
    ("create", (DRAFT,), {}, "POST /thumbnails", PROJECT),
    ("start", ("p",), {}, "POST /thumbnails/p/start", {"jobId": "j"}),
    ("status", ("p",), {}, "GET /thumbnails/p/status", PROJECT),
    ("status", ("p",), {"page": 2, "limit": 5, "states": ["pending", "processing"]},
     "GET /thumbnails/p/status?page=2&limit=5&status=pending%2Cprocessing", PROJECT),
    ("detailed_status", ("p",), {}, "GET /thumbnails/p/detailed-status", PROJECT),
    ("retry", ("j",), {}, "POST /thumbnails/jobs/j/retry", {}),
    ("cancel", ("j",), {}, "POST /thumbnails/jobs/j/cancel", {"jobId": "j"}),
    ("list_projects", (), {"search": "x", "favorite": False},
     "GET /thumbnails?search=x&favorite=false", {"projects": [PROJECT]}),
    ("get", ("p",), {}, "GET /thumbnails/p", PROJECT),
    ("rename", ("p", "n"), {}, "PATCH /thumbnails/p", {}),
    ("trash", ("projects", "p"), {}, "DELETE /thumbnails/p", {}),
    ("trash", ("jobs", "j"), {}, "DELETE /thumbnails/jobs/j", {}),
    ("restore", ("projects", "p"), {}, "POST /thumbnails/p/restore", {}),
    ("restore", ("jobs", "j"), {}, "POST /thumbnails/jobs/j/restore", {}),
    ("favorite", ("projects", "p"), {"on": True}, "PUT /thumbnails/p/favorite", {}),
    ("favorite", ("jobs", "j"), {"on": False}, "PUT /thumbnails/jobs/j/favorite", {}),
    ("list_trash", (), {}, "GET /thumbnails/trash?kind=projects", {"projects": []}),
    ("list_trash", ("jobs",), {}, "GET /thumbnails/trash?kind=jobs", [{"jobId": "j"}]),
    ("list_results", (), {"project_id": "p"}, "GET /thumbnails/results?projectId=p", []),
    ("improve_prompt", ("a cat",), {}, "POST /thumbnails/prompts/improve", {"prompt": "x"}),
    ("prompt_from_reference", ({"templateId": "t"},), {},
     "POST /thumbnails/prompts/from-reference", {"prompt": "x"}),
    ("list_presets", (), {}, "GET /presets", [{"key": "free"}]),
    ("get_usage", (), {}, "GET /usage", {"credits": 3.5}),
    ("list_engines", (), {}, "GET /engines", [{"name": "compositor"}]),
    ("list_persons", (), {}, "GET /persons", [PERSON]),
    ("create_person", (PersonDraft(name="Mia"),), {}, "POST /persons", PERSON),
    ("get_person", ("q",), {}, "GET /persons/q", PERSON),
    ("update_person", ("q",), {"name": "Mo"}, "PATCH /persons/q", PERSON),
    ("delete_person", ("q",), {}, "DELETE /persons/q", {"deleted": True}),
    ("add_person_images", ("q", ["a"]), {}, "POST /persons/q/images", {}),
    ("remove_person_image", ("q", "a"), {}, "DELETE /persons/q/images/a", {}),
    ("set_default_person", ("q",), {}, "PUT /persons/q/default", {}),
    ("list_templates", (), {"category": "tech", "featured": True},
     "GET /templates?category=tech&isFeatured=true", {"templates": []}),
    ("get_template", ("t",), {}, "GET /templates/t", {"id": "t"}),
    ("list_assets", (), {"kind": "face"}, "GET /assets?type=face", {"assets": []}),
    ("upload_asset", (b"x",), {"filename": "a.png", "media_type": "image/png", "kind": "face"},
     "POST /assets", {"id": "a"}),
    ("get_asset", ("a",), {}, "GET /assets/a", {"id": "a"}),
    ("delete_asset", ("a",), {}, "DELETE /assets/a", {}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "args", "kwargs", "line", "data"), TABLE)
def test_each_endpoint_sends_its_line(name, args, kwargs, line, data):
    function = getattr(youthumb, name, None) or getattr(youthumb_resources, name)
    _, request = call(function, *args, data=data, **kwargs)
    path = request.url.raw_path.decode().removeprefix("/api")
    assert f"{request.method} {path}" == line


def test_no_endpoint_is_left_out_of_the_table():
    functions = {
        name
        for module in (youthumb, youthumb_resources)
        for name, value in vars(module).items()
        if inspect.iscoroutinefunction(value) and not name.startswith("_")
    }
    # These answer no record: the envelope of all, and a file.
    assert functions - {row[0] for row in TABLE} == {"data_of", "export_result"}


def test_a_layered_file_is_asked_for_by_its_format():
    _, request = call(youthumb.export_result, "r/1", file_format="psd", title=None, data={})
    assert request.url.raw_path == b"/api/thumbnails/results/r%2F1/export?format=psd"


def test_a_start_without_changes_has_no_body():
    _, request = call(youthumb.start, "p", data={})
    assert request.read() == b""
    _, request = call(youthumb.start, "p", StartOverrides(title=""), data={})
    assert request.read() == b'{"title":""}'


def test_what_is_unset_is_not_sent():
    draft = ProjectDraft(prompt="abc", advanced_options=AdvancedOptions(background_blur=0))
    assert draft.wire() == {"prompt": "abc", "advancedOptions": {"backgroundBlur": 0}}


def test_an_image_goes_up_as_a_form():
    _, request = call(
        youthumb_resources.upload_asset, b"\x89PNG", data={"id": "", "url": "u"},
        filename="a.png", media_type="image/png", kind="bucket", description="sky",
    )  # fmt: skip
    body = request.read()
    assert b'name="type"\r\n\r\nbucket' in body
    assert b'name="description"\r\n\r\nsky' in body
    assert b'filename="a.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG' in body


def test_the_documented_detailed_status_is_read():
    status = ProjectStatus.model_validate(
        {
            "projectId": "f47ac10b",
            "projectName": "My Thumbnail",
            "status": "completed",
            "summary": {"totalJobs": 1, "totalVariations": 4},
            "latestGeneratedFileUrl": "https://storage/result.png",
            "jobs": [
                {
                    "jobId": "a1b2",
                    "status": "completed",
                    "type": "thumbnail-generation",
                    "generatedFileUrl": "https://storage/result.png",
                    "images": {
                        "styleReference": [],
                        "content": [],
                        "faces": [{"id": "face-001", "url": "u", "name": "face.jpg"}],
                        "results": [{"id": "r", "url": "v", "width": 1280, "height": 720}],
                    },
                    "personIds": ["b2c3"],
                    "createdAt": "2024-01-15T10:31:00.000Z",
                }
            ],
            "createdAt": "2024-01-15T10:30:00.000Z",
        }
    )
    assert status.jobs[0].images.results[0].width == 1280
    assert status.jobs[0].model_extra == {"personIds": ["b2c3"]}
    assert status.summary["totalVariations"] == 4


@pytest.mark.parametrize(("message", "means"), [("draft", "draft"), ("pending", "draft"),
                                             ("simmering", "simmering")])  # fmt: skip
def test_draft_and_pending_are_the_same(message, means):
    assert ProjectStatus.model_validate({"projectId": "p", "status": message}).status == means


@pytest.mark.parametrize("key", ["jobId", "id"])
def test_an_id_goes_by_either_name(key):
    assert JobRecord.model_validate({key: "j"}).id == "j"


def test_a_template_goes_by_either_set_of_names():
    web = {"id": "t", "name": "Neon", "imageUrl": "i", "thumbnailUrl": "p"}
    new = {"id": "t", "title": "Neon", "imagePath": "i", "previewPath": "p"}
    first, second = (TemplateRecord.model_validate(form) for form in (web, new))
    assert first == second
    assert (first.name, first.image_url, first.thumbnail_url) == ("Neon", "i", "p")


def test_an_asset_may_have_no_id():
    assert AssetRecord.model_validate({"id": "", "url": "u"}).url == "u"


@pytest.mark.parametrize("name", ["credits", "balance", "creditsRemaining", "remaining"])
def test_usage_is_read_under_the_likely_names(name):
    assert UsageRecord.model_validate({name: 2.5, "plan": {"name": "pro"}}).credits == 2.5


def test_success_false_is_a_refusal_whatever_the_status():
    with pytest.raises(errors.Rejected, match="Insufficient mood"):
        call(youthumb.get, "p", body={"success": False, "error": "Insufficient mood"})


@pytest.mark.parametrize("data", [None, [], {"status": "draft"}, "text"])
def test_a_project_that_is_none_is_reported_plainly(data):
    with pytest.raises(errors.ProtocolError):
        call(youthumb.create, DRAFT, data=data)
