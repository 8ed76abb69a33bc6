# No ``from __future__ import annotations``: FastAPI reads the annotations.
"""Declared parameters of endpoints: what is read by them is also what the OpenAPI document says.

An endpoint declares ``params: Annotated[NewVideo, JsonBody(NewVideo)]`` and gets the
body as that model, or the client a refusal.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import Depends, Request

from thumbnb.service.http.request_parser import (
    LONGEST_BODY,
    RequestModel,
    hold_seconds,
    read_body,
    read_query,
)


@dataclass(frozen=True, eq=False)
class BodyReader:
    """Reads the JSON body of a request as a model; one that is empty as ``{}``."""

    model: type[RequestModel]
    limit: int | Callable[[Request], int] = LONGEST_BODY

    async def __call__(self, request: Request) -> RequestModel:
        """Read it, or refuse."""
        limit = self.limit if isinstance(self.limit, int) else self.limit(request)
        return await read_body(request, self.model, limit=limit)


@dataclass(frozen=True, eq=False)
class QueryReader:
    """Reads the query of an address as a model."""

    model: type[RequestModel]

    async def __call__(self, request: Request) -> RequestModel:
        """Read it, or refuse."""
        return read_query(request, self.model)


@dataclass(frozen=True, eq=False)
class HeaderReader:
    """Reads a header by a function; ``schema`` describes its value to clients."""

    name: str
    description: str
    schema: dict[str, Any]
    read: Callable[[Request], Any]

    async def __call__(self, request: Request) -> Any:
        """Read it, or refuse."""
        return self.read(request)


def JsonBody(  # noqa: N802 - as FastAPI's Body
    model: type[RequestModel], *, limit: int | Callable[[Request], int] = LONGEST_BODY
) -> Any:
    """Declare a JSON body of at most ``limit`` bytes."""
    return Depends(BodyReader(model, limit))


def QueryParams(model: type[RequestModel]) -> Any:  # noqa: N802 - as FastAPI's Query
    """Declare the parameters of a query."""
    return Depends(QueryReader(model))


PREFER = HeaderReader(
    "Prefer",
    "How long the answer may be held until its job is done: 'wait=N' seconds, or 'respond-async'.",
    {"type": "string"},
    hold_seconds,
)
# Declares how long an answer may be held (seconds); None is not at all.
Prefer = Depends(PREFER)
