"""The application: both protocols, and the middleware of every request."""

from __future__ import annotations

import contextlib
import functools
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from thumbnb import __version__
from thumbnb.service import file_routes, videodb, youthumb
from thumbnb.service.http.middleware import READS, RequestMiddleware
from thumbnb.service.http.openapi import openapi_document
from thumbnb.service.http.routing import allowed_methods, routes_of
from thumbnb.service.refusal import Refusal
from thumbnb.service.service import Service
from thumbnb.service.settings import Settings
from thumbnb.service.videodb.serializers import ok
from thumbnb.storage.home import home_folder

OPENAPI_PATH = "/openapi.json"
PROTOCOLS = (videodb.PROTOCOL, youthumb.PROTOCOL, file_routes.PROTOCOL)

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncIterator, Iterable

    from starlette.requests import Request
    from starlette.responses import Response

    from thumbnb.render.engines.protocol import Engine


def create_app(
    home: str | os.PathLike[str] | None = None,
    *,
    token: str | None = None,
    hosts: Iterable[str] = (),
    settings: Settings | None = None,
    engines: Iterable[Engine] = (),
) -> FastAPI:
    """Make the service over a home folder, ready to answer.

    ``home`` is ``THUMBNB_HOME`` or the user's data folder unless given, ``token``
    ``THUMBNB_TOKEN`` or the one kept in the home. ``hosts`` are further names it
    answers to. ``engines`` paint beside the compositor; the first where a request names none.
    ``app.state.service`` has ``.token`` and ``.close()``. Raises
    ``InvalidInput`` where the home cannot be used.

    >>> app = create_app("~/thumbnails")
    >>> app.state.service.close()
    """
    service = Service(
        home_folder() if home is None else Path(home).expanduser().absolute(),
        token=token,
        hosts=hosts,
        settings=settings or Settings(),
        engines=engines,
    )
    # The documentation pages of FastAPI load scripts from elsewhere.
    app = FastAPI(
        title="thumbnb",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_until_shutdown,
    )
    app.router.redirect_slashes = False
    app.state.service = service
    for protocol in PROTOCOLS:
        app.router.routes += protocol.routes()
    app.router.add_route("/", _welcome)
    app.router.add_route(OPENAPI_PATH, _openapi)
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(HTTPException, _not_routed)
    app.add_middleware(RequestMiddleware, hosts=service.access.hosts, refuse=_refusal)
    return app


@contextlib.asynccontextmanager
async def _until_shutdown(app: FastAPI) -> AsyncIterator[None]:
    """Close the service when a server stops in order, before the signal ends the process."""
    yield
    await run_in_threadpool(app.state.service.close)


async def _welcome(_: Request) -> Response:
    """Answer at the root with the service's name."""
    return ok({"service": "thumbnb", "version": __version__})


async def _openapi(request: Request) -> Response:
    """Serve the OpenAPI document to whoever has the token, in either protocol's header."""
    key = request.headers.get("x-access-token") or youthumb.key_of(request)
    request.app.state.service.access.admit(key)
    return JSONResponse(openapi())


@functools.cache
def openapi() -> dict[str, Any]:
    """Return the OpenAPI document of both protocols."""
    return openapi_document(
        "thumbnb",
        __version__,
        "Thumbnails of videos: VideoDB's protocol and YouThumb's, the work done on this machine.",
        PROTOCOLS,
    )


def _refusal(path: str, refusal: Refusal) -> Response:
    """Write a refusal in the words of the protocol whose path was asked for."""
    if _is_youthumb(path):
        return youthumb.serializers.refused(refusal)
    return videodb.serializers.refused(refusal)


def _is_youthumb(path: str) -> bool:
    return f"{path}/".startswith(f"{youthumb.PREFIX}/")


async def _refused(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)  # noqa: S101 - registered for it
    return _refusal(request.url.path, refusal)


async def _not_routed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    path = request.url.path
    target = f"{request.method} {ascii(path)[1:-1]}"
    refusal = {
        404: Refusal(404, "NOT_FOUND", f"There is no {target} here."),
        405: Refusal(405, "METHOD_NOT_ALLOWED", f"This address does not take {request.method}."),
    }.get(error.status_code) or Refusal(error.status_code, "REFUSED", str(error.detail))
    answer = _refusal(path, refusal)
    answer.headers.update(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        # The router names those of the first of the path's routes only.
        methods = _allowed(path)
        answer.headers["allow"] = ", ".join(methods)
    return answer


def _allowed(path: str) -> list[str]:
    if _is_youthumb(path):
        return allowed_methods(routes_of(youthumb.PARTS), path.removeprefix(youthumb.PREFIX))
    shared = allowed_methods(routes_of([file_routes.router, *videodb.PARTS]), path)
    return shared or sorted(READS)  # of the welcome
