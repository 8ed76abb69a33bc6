"""Requests made from the OpenAPI document, right and wrong, and their answers checked by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import CHECKS, load_all_checks

from thumbnb.service.app import openapi

if TYPE_CHECKING:
    from schemathesis import GenerationMode

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


def load(url: str, token: str) -> Any:
    """Load the document that a service serves."""
    keys = {"x-access-token": token, "x-api-key": token}
    schema = schemathesis.openapi.from_url(f"{url}/openapi.json", headers=keys)
    schema.config.update(base_url=url, headers=keys)
    return schema


def _checks(media_type: str | None) -> list[Any]:
    """Give what is true of each answer to a body of this type."""
    if media_type != "multipart/form-data":
        return TRUE_OF_EACH
    # Its fields are texts: a number or a list that is sent in place of one is a text, too.
    return [check for check in TRUE_OF_EACH if check.__name__ != "negative_data_rejection"]


def fuzz(operation: Any, mode: GenerationMode, examples: int, number: int | None = None) -> int:
    """Send generated requests to an endpoint and check each answer; give how many were sent.

    ``number`` makes them the same at each call. None are sent where nothing could be wrong.
    """
    sent = 0

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        nonlocal sent
        sent += 1
        case.call_and_validate(checks=_checks(case.media_type), timeout=120)

    try:
        (check if number is None else seed(number)(check))()
    except Unsatisfiable:
        return 0
    return sent
