"""The ``Idempotency-Key`` header of paid requests (as Stripe has it)."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, TypeVar

from fastapi import Depends
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from thumbnb.service.http.parameters import HeaderReader
from thumbnb.service.records.idempotency import AlreadyAnswered, PaidRequest
from thumbnb.service.refusal import invalid

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from typing import Any

    from starlette.requests import Request

    from thumbnb.service.http.request_parser import RequestModel
    from thumbnb.service.records.idempotency import IdempotencyKeys

R = TypeVar("R", bound=Response)

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
MAX_KEY = 255
_KEY = re.compile(rf"[!-~]{{1,{MAX_KEY}}}")


def read_key(request: Request) -> str | None:
    """Read the key of a paid request, if it has one."""
    keys = request.headers.getlist(HEADER)
    if keys and (len(keys) > 1 or not _KEY.fullmatch(keys[0])):
        raise invalid(f"An {HEADER} is 1 to {MAX_KEY} letters, digits and signs, without spaces.")
    return keys[0] if keys else None


# Declares the key of a paid request.
IdempotencyKey = Depends(
    HeaderReader(
        HEADER,
        "A name for this paid request: sent again with it, it is not carried out twice.",
        {"type": "string", "minLength": 1, "maxLength": MAX_KEY, "pattern": "^[!-~]+$"},
        read_key,
    )
)


def paid_request(
    request: Request, key: str | None, params: RequestModel | None = None
) -> PaidRequest:
    """Name a paid request by its key, and hash what it asks: method, address and fields."""
    fields = "" if params is None else params.model_dump_json(exclude_unset=True)
    content = f"{request.method}\n{request.url.path}\n{request.url.query}\n{fields}"
    return PaidRequest(key, hashlib.sha256(content.encode()).hexdigest())


async def answer_once(
    keys: IdempotencyKeys,
    paid: PaidRequest,
    carry_out: Callable[[], Awaitable[R]],
    repeat: Callable[[Mapping[str, Any]], Awaitable[R]],
) -> R:
    """Carry a paid request out, or ``repeat`` the answer of the same one that came before."""
    try:
        if paid.key is not None:
            await run_in_threadpool(keys.check, paid)
        return await carry_out()
    except AlreadyAnswered as before:
        response = await repeat(before.answer)
        response.headers[REPLAYED] = "true"
        return response
