"""The ``Idempotency-Key`` header of paid requests (as Stripe has it)."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from thumbnb.service.records.idempotency import AlreadyAnswered, PaidRequest
from thumbnb.service.refusal import invalid

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from typing import Any

    from starlette.requests import Request
    from starlette.responses import Response

    from thumbnb.service.http.request_parser import Wish
    from thumbnb.service.records.idempotency import IdempotencyKeys

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
MAX_KEY = 255
_KEY = re.compile(rf"[!-~]{{1,{MAX_KEY}}}")


def paid_request(request: Request, params: Wish | None = None) -> PaidRequest:
    """Read the key of a paid request, and hash what it asks: method, address and fields."""
    keys = request.headers.getlist(HEADER)
    if keys and (len(keys) > 1 or not _KEY.fullmatch(keys[0])):
        raise invalid(f"An {HEADER} is 1 to {MAX_KEY} letters, digits and signs, without spaces.")
    fields = "" if params is None else params.model_dump_json(exclude_unset=True)
    asked = f"{request.method}\n{request.url.path}\n{request.url.query}\n{fields}"
    return PaidRequest(keys[0] if keys else None, hashlib.sha256(asked.encode()).hexdigest())


async def answer_once(
    keys: IdempotencyKeys,
    paid: PaidRequest,
    carry_out: Callable[[], Awaitable[Response]],
    repeat: Callable[[Mapping[str, Any]], Awaitable[Response]],
) -> Response:
    """Carry a paid request out, or ``repeat`` the answer of the same one that came before."""
    try:
        if paid.key is not None:
            await run_in_threadpool(keys.check, paid)
        return await carry_out()
    except AlreadyAnswered as before:
        response = await repeat(before.answer)
        response.headers[REPLAYED] = "true"
        return response
