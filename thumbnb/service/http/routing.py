"""Routes of the protocols: what FastAPI's lack, HEAD beside GET and the methods of a path.

FastAPI reads what an endpoint declares; the rest of its way to an endpoint, which is made for
everything that can be declared, costs more than most answers here. Endpoints of ours declare
the request, names in the path, and readers (``parameters.py``): these are called directly.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.routing import Match, request_response
from starlette.routing import Route as PlainRoute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from fastapi.params import Depends
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Scope


class Route(APIRoute):
    """An endpoint, which writes its answers itself; whatever is read by GET takes HEAD, too.

    Raises ``TypeError`` for an endpoint that declares anything but what is called directly.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        methods = set(options.pop("methods", None) or ("GET",))
        if "GET" in methods:
            methods.add("HEAD")
        self._options = options
        super().__init__(path, endpoint, **options | {"methods": methods, "response_model": None})
        declared = self.dependant
        others = (
            *declared.query_params,
            *declared.header_params,
            *declared.cookie_params,
            *declared.body_params,
        )
        if others:
            raise TypeError(f"{endpoint.__name__} declares {others[0].name} without a reader.")
        self._request_name = declared.request_param_name
        self._path_names = [field.name for field in declared.path_params]
        self._readers: list[tuple[str | None, Any]] = [
            (each.name, each.call) for each in declared.dependencies
        ]
        self._beginning = self.path.partition("{")[0]
        self._is_async = inspect.iscoroutinefunction(endpoint)
        self.app = request_response(self._answer)

    def under(self, prefix: str, dependencies: Sequence[Depends]) -> Route:
        """Return this route behind a prefix, with dependencies that come before its own."""
        own = self._options.get("dependencies") or ()
        options = self._options | {"dependencies": [*dependencies, *own], "methods": self.methods}
        return Route(prefix + self.path, self.endpoint, **options)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return whether this is the route of a request, and what its path names."""
        # All routes are asked, one after the other: most say no without a regular expression.
        if not scope.get("root_path") and not scope["path"].startswith(self._beginning):
            return Match.NONE, {}
        return PlainRoute.matches(self, scope)

    async def _answer(self, request: Request) -> Response:
        values: dict[str, Any] = {name: request.path_params[name] for name in self._path_names}
        if self._request_name is not None:
            values[self._request_name] = request
        for name, read in self._readers:
            value = await read(request)
            if name is not None:
                values[name] = value
        if self._is_async:
            return await self.endpoint(**values)  # type: ignore[no-any-return]
        return await run_in_threadpool(self.endpoint, **values)


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
