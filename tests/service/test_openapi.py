"""The OpenAPI document: whole, for the holder of the token, and true of the service."""

from __future__ import annotations

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from tests.service.maker import Maker
from tests.service.running import Running
from tests.service.tools import refusal
from thumbnb import render
from thumbnb.service import file_routes, videodb, youthumb
from thumbnb.service.app import openapi
from thumbnb.service.http.routing import routes_of
from thumbnb.service.tasks import generation_task


def test_only_the_holder_of_the_token_gets_it(shop):
    without = {"x-access-token": "", "x-api-key": ""}
    refusal(shop.get("/openapi.json", headers=without), 401)
    for header in ({"x-access-token": shop.service.token}, {"x-api-key": shop.service.token}):
        found = shop.get("/openapi.json", headers={**without, **header})
        assert found.status_code == 200
        assert found.json()["openapi"].startswith("3.1")


def test_every_endpoint_is_in_it(shop):
    paths = shop.get("/openapi.json").json()["paths"]
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


def test_references_lead_somewhere_and_names_are_used_once(shop):
    document = shop.get("/openapi.json").json()
    schemas = document["components"]["schemas"]
    text = json.dumps(document)
    for name in schemas:
        assert f'"#/components/schemas/{name}"' in text, f"{name} is used nowhere"
    references = text.split('"$ref": "#/components/schemas/')[1:]
    assert {reference.partition('"')[0] for reference in references} <= set(schemas)
    names = [o["operationId"] for item in document["paths"].values() for o in item.values()]
    assert len(set(names)) == len(names)


def test_it_says_what_the_code_checks(shop):
    """Limits, words and keys as the models have them, not a copy of them."""
    document = shop.get("/openapi.json").json()
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
    size, generation_task.SIZE = generation_task.SIZE, (320, 180)
    maker = Maker(tmp_path_factory.mktemp("served"), hold=0.05)
    running = Running(maker, limit=64)
    yield running
    running.close()
    maker.close()
    generation_task.SIZE = size


@pytest.fixture(scope="module")
def api(served):
    token = served.desk.service.token
    keys = {"x-access-token": token, "x-api-key": token}
    url = f"http://127.0.0.1:{served.port}"
    schema = schemathesis.openapi.from_url(f"{url}/openapi.json", headers=keys)
    schema.config.update(base_url=url, headers=keys)
    return schema


load_all_checks()
TRUE_OF_EACH = [
    CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
        "response_headers_conformance",
        "negative_data_rejection",
    )
]


OPERATIONS = [
    (method.upper(), path)
    for path, item in openapi()["paths"].items()
    for method in item
    if not path.startswith(("/files/", "/upload/"))  # which take signatures, not the token
]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_the_service_answers_as_it_says(api, method, path, mode):
    """A few requests of each kind; ``python -m tests.benchmarks fuzz`` sends thousands."""
    try:
        fuzz(api[path][method], mode, examples=3)
    except Unsatisfiable:
        pytest.skip("It has nothing that could be wrong")


def fuzz(operation, mode: GenerationMode, examples: int) -> None:
    """Send generated requests to an endpoint, and check each answer by the document."""

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case):
        case.call_and_validate(checks=TRUE_OF_EACH, timeout=60)

    check()
