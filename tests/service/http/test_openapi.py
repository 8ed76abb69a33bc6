"""The OpenAPI document: whole, for the holder of the token, and true of the service."""

from __future__ import annotations

import contextlib
import importlib
import json
import subprocess
import sys

import pytest
from schemathesis import GenerationMode

from tests.service import fuzzing
from tests.service.running import Running
from tests.service.tools import refusal, until
from tests.service.youthumb_harness import PROMPT, YouThumbHarness
from thumbnb import render
from thumbnb.service import file_routes, videodb, youthumb
from thumbnb.service.app import openapi
from thumbnb.service.http.routing import routes_of
from thumbnb.service.tasks import generation_task


def test_only_the_holder_of_the_token_gets_it(shared_youthumb):
    without = {"x-access-token": "", "x-api-key": ""}
    refusal(shared_youthumb.get("/openapi.json", headers=without), 401)
    for header in (
        {"x-access-token": shared_youthumb.service.token},
        {"x-api-key": shared_youthumb.service.token},
    ):
        found = shared_youthumb.get("/openapi.json", headers={**without, **header})
        assert found.status_code == 200
        assert found.json()["openapi"].startswith("3.1")


def test_every_endpoint_is_in_it(shared_youthumb):
    paths = shared_youthumb.get("/openapi.json").json()["paths"]
    served = {
        (prefix + route.path, method.lower())
        for prefix, parts in [
            ("", videodb.PARTS),
            ("/api", youthumb.PARTS),
            ("", [file_routes.router]),
        ]
        for route in routes_of(parts)
        for method in route.methods
        if method != "HEAD"
    }
    assert {(path, method) for path, item in paths.items() for method in item} == served
    assert len(served) > 50


def test_references_lead_somewhere_and_names_are_used_once(shared_youthumb):
    document = shared_youthumb.get("/openapi.json").json()
    schemas = document["components"]["schemas"]
    text = json.dumps(document)
    for name in schemas:
        assert f'"#/components/schemas/{name}"' in text, f"{name} is used nowhere"
    references = text.split('"$ref": "#/components/schemas/')[1:]
    assert {reference.partition('"')[0] for reference in references} <= set(schemas)
    names = [o["operationId"] for item in document["paths"].values() for o in item.values()]
    assert len(set(names)) == len(names)


def test_it_says_what_the_code_checks(shared_youthumb):
    """Limits, words and keys as the models have them, not a copy of them."""
    document = shared_youthumb.get("/openapi.json").json()
    schemas, paths = document["components"]["schemas"], document["paths"]
    draft = schemas["YouThumbNewProject"]
    assert draft["required"] == ["prompt"]
    assert draft["properties"]["prompt"]["maxLength"] == 2000
    preset = draft["properties"]["presetKey"]["anyOf"][0]
    assert preset["enum"] == list(render.PRESETS)
    start = paths["/api/thumbnails/{project_id}/start"]["post"]
    assert "Idempotency-Key" in {parameter["name"] for parameter in start["parameters"]}
    assert {"402", "403", "409", "429"} <= set(start["responses"])
    assert start["security"] == [{"YouThumbKey": []}, {"YouThumbBearer": []}]
    assert start["requestBody"]["required"] is False
    limit = next(p for p in paths["/api/thumbnails"]["get"]["parameters"] if p["name"] == "limit")
    assert limit["schema"]["anyOf"][0]["maximum"] == 100


# -- against the service ----------------------------------------------------------------


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A service with something of everything in it; generated images are small."""
    size, generation_task.SIZE = generation_task.SIZE, (640, 360)
    youthumb = YouThumbHarness(tmp_path_factory.mktemp("served"), hold=0.05)
    running = Running(youthumb, limit=64)
    yield running
    running.close()
    youthumb.close()
    generation_task.SIZE = size


@pytest.fixture(scope="module")
def api(served):
    return fuzzing.load(f"http://127.0.0.1:{served.port}", served.harness.service.token)


@pytest.mark.slow
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(("method", "path"), fuzzing.OPERATIONS)
def test_the_service_answers_as_it_says(api, method, path, mode):
    """A few requests of each kind; ``python -m tests.benchmarks fuzz`` sends thousands."""
    if not fuzzing.fuzz(api[path][method], mode, examples=3):
        pytest.skip("It has nothing that could be wrong")


# -- a client made from it ----------------------------------------------------------------


@pytest.fixture(scope="module")
def generated(tmp_path_factory, served):
    """A client package as openapi-python-client writes it; no warning, so nothing left out."""
    folder = tmp_path_factory.mktemp("generated")
    (folder / "openapi.json").write_text(json.dumps(openapi()))
    # The tool knows no media types of images.
    binary = dict.fromkeys(("image/jpeg", "*/*"), "application/octet-stream")
    config = {"content_type_overrides": binary, "post_hooks": []}
    (folder / "config.json").write_text(json.dumps(config))
    done = subprocess.run(
        [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none",
         "--path", folder / "openapi.json", "--config", folder / "config.json",
         "--output-path", folder / "generated_client"],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr
    sys.path.insert(0, str(folder))
    with contextlib.ExitStack() as clients:

        def client(**options):
            made = importlib.import_module("generated_client").AuthenticatedClient(
                base_url=f"http://127.0.0.1:{served.port}",
                token=served.harness.service.token,
                timeout=60,
                **options,
            )
            return clients.enter_context(made)

        yield client, lambda name: importlib.import_module(f"generated_client.{name}")
    sys.path.remove(str(folder))


@pytest.mark.slow
def test_a_generated_client_makes_thumbnails(generated, served):
    make, module = generated
    client, models = make(), module("models")

    def call(name, /, *args, **options):
        endpoint = module(f"api.you_thumb.youthumb_{name}")
        answer = endpoint.sync(*args, client=client, **options)
        assert answer.success is True, answer
        return answer.data

    presets = [preset.key for preset in call("get_presets")]
    better = call("improve_prompt", body=models.YouThumbPromptToImprove(prompt=PROMPT))
    options = {"variations": 2, "textPosition": "top"}
    draft = models.YouThumbNewProject.from_dict(
        {"prompt": better.prompt, "presetKey": presets[1], "advancedOptions": options}
    )
    project = call("create_project", body=draft)
    assert project.status == "draft"
    started = [
        call("start_generation", project.project_id, idempotency_key="once") for _ in range(2)
    ]
    assert started[0].job_id == started[1].job_id
    assert started[0].credits_consumed == 2

    def completed():
        found = call("get_status", project.project_id)
        assert found.status != "failed", found
        return found if found.status == "completed" else None

    done = until(completed, "The generation", 300)
    [job] = done.jobs
    assert [result.width for result in job.results] == [640, 640]
    assert served.harness.get(job.results[0].url).content[:2] == b"\xff\xd8"
    with pytest.raises(AssertionError, match="no project"):
        call("get_status", "no-such-project")


@pytest.mark.slow
def test_a_generated_client_takes_frames_of_a_video(generated, served, talk):
    make, module = generated
    client, models = make(prefix="", auth_header_name="x-access-token"), module("models")

    def call(name, /, *args, **options):
        endpoint = module(f"api.video_db.videodb_{name}")
        return endpoint.sync(*args, client=client, **options)

    address = call("get_upload_url", "default", name="talk").data
    assert served.harness.http.post(address.upload_url, files={"file": ("talk", talk)}).is_success
    body = models.VideoDBNewVideo(url=address.upload_url)
    answer = call("create_video", "default", body=body)

    def ended(answer=answer):
        if answer.status == "done":
            return answer.data
        found = call("async_response", answer.data.id)
        return found.data if found.status == "done" else None

    until(ended, "The video")
    video = call("get_video", address.video_id).data
    assert video.length == 4
    moment = models.VideoDBNewThumbnail(time=1.5)
    first = call("create_thumbnail", video.id, body=moment, idempotency_key="a")
    until(lambda: ended(first), "The thumbnail")
    image = call("create_thumbnail", video.id, body=moment, idempotency_key="a").data
    assert image.time == 1.5
    assert [item.id for item in call("get_images").data.images] == [image.id]
    frame = call("get_frame", video.id, time=2.0)
    assert frame.payload.read(2) == b"\xff\xd8"
