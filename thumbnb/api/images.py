"""The images protocol that OpenAI began and many servers speak: one function an endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.api.responses import error_of, items

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from thumbnb.api.multipart import Form
    from thumbnb.api.server_events import ServerEvent
    from thumbnb.api.transport import Transport

BASE_URL = "https://api.openai.com/v1"
KEY_HEADER = "Authorization"
GENERATIONS, EDITS = "/images/generations", "/images/edits"

# An answer holds ten images at most, in base64; an image that is fetched stands alone.
MAX_ANSWER = 160 * 2**20
MAX_IMAGE = 48 * 2**20

SERVER_ERROR = 500
# Some say it by the code of an error, others by its type.
_MODERATED = frozenset(
    {
        "moderation_blocked",
        "content_policy_violation",
        "contentpolicyviolationerror",
        "image_content_policy_violation",
        "content_filter",
        "content_moderation",
        "nsfw",
    }
)
_UNPAID = frozenset({"insufficient_quota", "billing_hard_limit_reached", "budget_exceeded"})


async def list_models(http: Transport) -> list[dict[str, Any]]:
    """Return the models that the server names; a read."""
    answer = await http.call("GET", "/models")
    return [item for item in items(http.service, answer, "data") if isinstance(item, dict)]


async def generate(http: Transport, body: Mapping[str, Any]) -> dict[str, Any]:
    """Paint from a prompt. Paid: a request whose answer is lost is never sent again."""
    try:
        return await http.call("POST", GENERATIONS, json=dict(body), limit=MAX_ANSWER)
    except errors.ServiceError as error:
        raise classified_error(error) from error


async def edit(http: Transport, form: Form) -> dict[str, Any]:
    """Paint from images and a prompt. Paid, as ``generate`` is."""
    try:
        return await http.call("POST", EDITS, form=form, limit=MAX_ANSWER)
    except errors.ServiceError as error:
        raise classified_error(error) from error


async def stream(
    http: Transport, path: str, *, json: Any = None, form: Form | None = None
) -> AsyncIterator[ServerEvent]:
    """Paint, and yield the server's events as they come. Paid, as ``generate`` is."""
    try:
        async for event in http.events(path, json=json, form=form, limit=MAX_ANSWER):
            if event.name == "error" or (isinstance(event.data, dict) and event.data.get("error")):
                # It had begun: what it says is believed, and not sent again.
                raise error_of(http.service, 400, event.data, request=f"POST {path}")
            yield event
    except errors.ServiceError as error:
        raise classified_error(error) from error


async def read_image(http: Transport, url: str) -> bytes:
    """Return the image at an address of the server itself; the key goes along."""
    data, _ = await http.read(url, limit=MAX_IMAGE, leave=False)
    return data


def classified_error(error: errors.ServiceError) -> errors.ServiceError:
    """Return an error of its own for a refusal by rules, and for an account that is empty."""
    words = _words(error)
    kind: type[errors.ServiceError] | None = None
    if words & _MODERATED and (error.status or 0) < SERVER_ERROR:
        kind = errors.PromptRefused
    elif words & _UNPAID:
        kind = errors.InsufficientCredits
    if kind is None or isinstance(error, kind):
        return error
    return kind(
        error.message,
        service=error.service,
        status=error.status,
        code=error.code,
        body=error.body,
    )


def _words(error: errors.ServiceError) -> set[str]:
    """Return the error type, code and message that an answer has."""
    body = error.body or {}
    nested = body.get("error")
    parts = [body, nested] if isinstance(nested, dict) else [body]
    codes = [error.code, *(part.get(name) for part in parts for name in ("code", "type"))]
    return {str(word).lower() for word in codes if word is not None}
