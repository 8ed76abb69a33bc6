"""The parser of requests, strict: a wrong value is refused with one clear sentence."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import from_json

from thumbnb.service.refusal import Refusal, invalid, too_large

if TYPE_CHECKING:
    from starlette.requests import Request

# No request but an upload has a reason to be longer (bytes).
LONGEST_BODY = 1024 * 1024
# How much of a wrong value is quoted back (characters).
LONGEST_QUOTE = 60
# Parsing holds the interpreter, and so everybody's requests: no more structure is parsed
# than a contract has use for (lists, objects, their members; escapes in texts).
MAX_STRUCTURE = 50_000
MAX_ESCAPES = 1_000_000


class RequestModel(BaseModel):
    """The fields of a request. Those we do not know are left alone, as servers do."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


def _whole_number(value: Any) -> Any:
    # To JSON, 320.0 is an integer.
    return int(value) if isinstance(value, float) and value.is_integer() else value


Whole = Annotated[int, BeforeValidator(_whole_number)]
Text = Annotated[str, Field(max_length=2000)]

M = TypeVar("M", bound=RequestModel)


async def read_body(request: Request, kind: type[M], *, limit: int = LONGEST_BODY) -> M:
    """Read a JSON body; none at all is an empty one, whatever its content type says."""
    body = bytearray()
    structure = escapes = 0
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise too_large("The request", limit)
        structure += len(chunk) - len(chunk.translate(None, b"[{,:"))
        escapes += chunk.count(b"\\")
        if structure > MAX_STRUCTURE or escapes > MAX_ESCAPES:
            raise invalid("The body holds more values than any request has a use for.")
    if not body or body.isspace():
        fields: Any = {}
    else:
        try:
            # Several times as fast as the standard library with a text of 40 MB, an image.
            fields = from_json(body)
        except ValueError as error:
            raise invalid(f"The body is not JSON that can be read: {error}.") from None
    if not isinstance(fields, dict):
        raise invalid("The body must be a JSON object.")
    return _read(kind, fields, strict=True)


def read_query(request: Request, kind: type[M]) -> M:
    """Read the query of an address."""
    values = Counter(name for name, _ in request.query_params.multi_items())
    for name, count in values.items():
        if count > 1:
            raise invalid(f"{_quote(name)} is given {count} times: give it once.")
    return read_texts(dict(request.query_params), kind)


def read_texts(fields: dict[str, Any], kind: type[M]) -> M:
    """Read fields that came as texts, as those of a form do."""
    return _read(kind, fields, strict=False)


def _read(kind: type[M], fields: dict[str, Any], *, strict: bool) -> M:
    try:
        return kind.model_validate(fields, strict=strict)
    except ValidationError as error:
        raise _refusal(error) from None


def _refusal(error: ValidationError) -> Refusal:
    faults = error.errors(include_url=False)
    details: dict[str, list[str]] = {}
    for fault in faults:
        field = ".".join(map(str, fault["loc"]))
        details.setdefault(field, []).append(fault["msg"].removeprefix("Value error, "))
    field, (first, *_) = next(iter(details.items()))
    message = first.removeprefix("Input ")
    if field:
        message = f"'{field}' {message[:1].lower()}{message[1:]}, not {_quote(faults[0]['input'])}."
    return invalid(message, details)


def _quote(value: Any) -> str:
    """Quote a wrong value as JSON, or its beginning."""
    if isinstance(value, list | dict):
        return ("an object" if isinstance(value, dict) else "a list") if value else str(value)
    try:
        text = json.dumps(value[: LONGEST_QUOTE + 1] if isinstance(value, str) else value)
    except ValueError:  # an integer too long to be written out
        text = "this"
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}..."


def hold_seconds(request: Request) -> float | None:
    """Give how long to hold an answer that is not ready, from the ``Prefer`` header (RFC 7240).

    ``wait=N`` shortens the service's own time (seconds); None means ``respond-async``.
    """
    seconds: float = request.app.state.service.settings.hold
    for preference in ",".join(request.headers.getlist("prefer")).split(","):
        name, _, value = preference.partition(";")[0].strip().lower().partition("=")
        if name == "respond-async":
            return None
        if name == "wait" and (number := value.strip(' "')).isdecimal():
            seconds = min(seconds, float(number[:9]))
    return seconds
