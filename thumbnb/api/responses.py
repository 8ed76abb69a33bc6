"""Parsers of the services' answers: records, lists, errors, and retry delays."""

from __future__ import annotations

import math
import time
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic.alias_generators import to_snake

from thumbnb import errors
from thumbnb.briefs import argument_name
from thumbnb.models import Record

R = TypeVar("R", bound=Record)

_BY_STATUS: dict[int, type[errors.ServiceError]] = {
    401: errors.AuthenticationFailed,
    402: errors.InsufficientCredits,
    403: errors.AccessDenied,
    404: errors.NotFound,
    410: errors.NotFound,
    429: errors.RateLimited,
}


# What says nothing that its details do not say.
_GENERAL = {"", "validation failed", "validation error", "invalid request", "bad request"}

# What is said of an answer that says nothing itself.
_DEFAULT_MESSAGES: dict[type[errors.ServiceError], str] = {
    errors.AuthenticationFailed: "It does not know the key",
    errors.InsufficientCredits: "There are not enough credits",
    errors.AccessDenied: "The account may not do this",
    errors.NotFound: "It does not have this",
    errors.RateLimited: "These are too many requests",
    errors.Unavailable: "It cannot answer now",
}


def retry_after(value: str | None, *, now: float | None = None) -> float | None:
    """Return the seconds a ``Retry-After`` header asks for: a number or an HTTP date.

    >>> retry_after("8"), retry_after("soon"), retry_after(None)
    (8.0, None, None)
    """
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            moment = parsedate_to_datetime(value).timestamp()
        except ValueError:
            return None
        seconds = moment - (time.time() if now is None else now)
    return max(0.0, seconds) if math.isfinite(seconds) else None


def error_of(
    service: str, status: int, body: Any, *, request: str, wait: float | None = None
) -> errors.ServiceError:
    """Return the error for an answer. ``body`` is what came, decoded as far as it goes."""
    fields = body if isinstance(body, dict) else {}
    if isinstance(nested := fields.get("error"), dict):  # as OpenAI and its kin put it
        fields = {**fields, **{k: v for k, v in nested.items() if v is not None}, "error": None}
    message = next(
        (_text_of(fields[k]) for k in ("message", "error", "detail") if fields.get(k)),
        body if isinstance(body, str) else "",
    ).strip()
    code = fields.get("error_code") or fields.get("code")
    if code is None and isinstance(nested, dict):
        code = nested.get("type")
    if status == HTTPStatus.FORBIDDEN and "limit" in message.lower():
        kind: type[errors.ServiceError] = errors.PlanLimit
    elif status in _BY_STATUS:
        kind = _BY_STATUS[status]
    elif status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        kind = errors.Unavailable
    elif status >= HTTPStatus.BAD_REQUEST:
        kind = errors.Rejected
    else:
        kind = errors.ProtocolError
        message = message or f"It answered with something else than expected (status {status})"
    details = _details(fields.get("details"))
    if details:
        fault = "; ".join(_fault(field, ", ".join(what)) for field, what in details.items())
        is_general = message.rstrip(".").lower() in _GENERAL
        message = fault if is_general else f"{message.rstrip('.')} ({fault})"
    message = (
        _sentence(message)
        if message
        else f"{_DEFAULT_MESSAGES.get(kind, 'It refused')} (status {status})."
    )
    pause = "" if wait is None else f" It asks to wait {wait:g} s."
    return kind(
        f"{service}: {message}{pause}",
        service=service,
        status=status,
        request=request,
        code=None if code is None else str(code),
        details=details,
        retry_after=wait,
        body=body if isinstance(body, dict) and body else None,
    )


def _text_of(value: Any) -> str:
    """Read a message, or the list of faults that a validating server sends in its place."""
    if not isinstance(value, list):
        return str(value)
    return "; ".join(
        str(item.get("msg") or item.get("message") or item) if isinstance(item, dict) else str(item)
        for item in value
    )


def _details(value: Any) -> dict[str, list[str]]:
    """Read validation details: a list of messages, or one, by field."""
    if not isinstance(value, dict):
        return {}
    return {
        argument_name(str(field)): [
            str(item) for item in (message if isinstance(message, list) else [message])
        ]
        for field, message in value.items()
    }


def _fault(field: str, words: str) -> str:
    """Say what is wrong with a field, which is named unless its words name it."""
    return words if field.replace("_", " ") in words.lower() else f"{field}: {words}"


def _sentence(text: str, limit: int = 300) -> str:
    text = " ".join(text.split())
    text = text if len(text) <= limit else text[: limit - 1] + "…"
    return text if text.endswith((".", "!", "?", "…")) else text + "."


# -- records --------------------------------------------------------------------------


def record(service: str, kind: type[R], data: Any) -> R:
    """Read a record, or say plainly that the answer is not one."""
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        where = ", ".join(".".join(map(str, e["loc"])) or "the whole" for e in error.errors())
        what = to_snake(kind.__name__.removesuffix("Record")).replace("_", " ")
        raise errors.ProtocolError(
            f"{service} described a {what} in a way that cannot be read ({where}).",
            service=service,
            body=data if isinstance(data, dict) else None,
        ) from error


def records(service: str, kind: type[R], data: Any, name: str) -> list[R]:
    """Read a list of records, bare or under ``name``."""
    return [record(service, kind, item) for item in items(service, data, name)]


def items(service: str, data: Any, name: str) -> list[Any]:
    """Return a list that came bare or under ``name``; nothing at all is an empty one."""
    found = data.get(name) if isinstance(data, dict) else data
    if found is None:
        return []
    if not isinstance(found, list):
        raise errors.ProtocolError(f"{service} sent no list of {name}.", service=service)
    return found
