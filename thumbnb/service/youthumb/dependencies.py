"""What YouThumb's endpoints share: the key and the rate limit, pages of lists, and words."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Request
from pydantic import AfterValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from thumbnb.service.dependencies import service_of
from thumbnb.service.http.access import UNAUTHORIZED
from thumbnb.service.http.request_parser import RequestModel
from thumbnb.service.refusal import Refusal
from thumbnb.service.youthumb.schemas import Pagination

MAX_PER_PAGE = 100
DEFAULT_PER_PAGE = 20


# Refusals beside the usual ones, for the OpenAPI document.
CONFLICT: dict[int | str, dict[str, Any]] = {409: {}}
PAID: dict[int | str, dict[str, Any]] = {402: {}, 403: {}, 409: {}}


class CamelRequestModel(RequestModel):
    """The fields of a request, with names like ``presetKey`` on the wire."""

    model_config = ConfigDict(
        extra="ignore", frozen=True, allow_inf_nan=False, alias_generator=to_camel
    )


class Paging(CamelRequestModel):
    """Which page of a list, and how long a page is."""

    page: Annotated[int, Field(ge=1, le=10**9)] | None = None
    limit: Annotated[int, Field(ge=1, le=MAX_PER_PAGE)] | None = None

    @property
    def requested(self) -> bool:
        """Whether a page was requested at all."""
        return self.page is not None or self.limit is not None

    @property
    def length(self) -> int:
        """How many are on a page."""
        return self.limit or DEFAULT_PER_PAGE

    @property
    def offset(self) -> int:
        """How many are on the pages before."""
        return ((self.page or 1) - 1) * self.length

    def pagination(self, total: int) -> Pagination:
        """Give what an answer says about the page."""
        return {
            "page": self.page or 1,
            "limit": self.length,
            "total": total,
            "totalPages": -(-total // self.length),
        }


def _one_of(allowed: tuple[str, ...], value: str) -> str:
    if value not in allowed:
        raise ValueError(f"Should be one of {', '.join(allowed)}")
    return value


def word(*allowed: str) -> Any:
    """Give the type of a text that is one of these."""
    return Annotated[
        str,
        AfterValidator(lambda value: _one_of(allowed, value)),
        Field(json_schema_extra={"enum": list(allowed)}),
    ]


def key_of(request: Request) -> str | None:
    """Give the key of a request: ``x-api-key``, or a bearer."""
    kind, _, bearer = request.headers.get("authorization", "").partition(" ")
    return request.headers.get("x-api-key") or (
        bearer.strip() if kind.lower() == "bearer" else None
    )


async def admit(request: Request) -> None:
    """Let in who has the token, and does not ask too often."""
    service = service_of(request)
    service.access.admit(key_of(request))
    wait = service.rate_limiter.admit()
    if wait is None:
        return
    status = service.settings.rate_limit_status
    message = f"Rate limit exceeded: {service.settings.requests_per_minute} requests a minute"
    if status == HTTPStatus.UNAUTHORIZED:  # written as a wrong key is, with no other sign
        raise Refusal(status, UNAUTHORIZED, message)
    raise Refusal(status, "RATE_LIMITED", message, wait=wait)
