"""Routes of the protocols: what FastAPI's lack, HEAD beside GET and the methods of a path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from fastapi.routing import APIRoute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Route(APIRoute):
    """An endpoint, which writes its answers itself; whatever is read by GET takes HEAD, too."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        methods = set(options.pop("methods", None) or ("GET",))
        if "GET" in methods:
            methods.add("HEAD")
        super().__init__(path, endpoint, **options | {"methods": methods, "response_model": None})


def new_router() -> APIRouter:
    """Return a router for some endpoints of a protocol."""
    return APIRouter(route_class=Route)


def routes_of(routers: Iterable[APIRouter]) -> Iterator[Route]:
    """Give the routes of routers, none of which includes another."""
    for router in routers:
        yield from (route for route in router.routes if isinstance(route, Route))


def allowed_methods(routes: Iterable[Route], path: str) -> list[str]:
    """Return all methods that a path takes, over all of its routes."""
    found = {m for route in routes if route.path_regex.match(path) for m in route.methods or ()}
    return sorted(found)
