"""The application: the protocols, and what every request passes on its way to one."""

from __future__ import annotations

import contextlib
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

from thumbnb import __version__
from thumbnb.home import home_folder
from thumbnb.service import file_routes, videodb, youthumb
from thumbnb.service.refusal import Refusal
from thumbnb.service.service import Service
from thumbnb.service.settings import Settings
from thumbnb.service.videodb.serializers import ok

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncIterator, Iterable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger(__name__)


def create_app(
    home: str | os.PathLike[str] | None = None,
    *,
    token: str | None = None,
    hosts: Iterable[str] = (),
    settings: Settings | None = None,
) -> FastAPI:
    """Make the service over a home folder, ready to answer.

    ``home`` is ``THUMBNB_HOME`` or the user's data folder unless given, ``token``
    ``THUMBNB_TOKEN`` or the one kept in the home. ``hosts`` are further names it
    answers to. ``app.state.service`` has ``.token`` and ``.close()``. Raises
    ``InvalidInput`` where the home cannot be used.

    >>> app = create_app("~/thumbnails")
    >>> app.state.service.close()
    """
    service = Service(
        home_folder() if home is None else Path(home).expanduser().absolute(),
        token=token,
        hosts=hosts,
        settings=settings or Settings(),
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
    app.include_router(file_routes.router)
    app.include_router(videodb.router)
    app.include_router(youthumb.router)
    app.add_api_route("/", _welcome)
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(HTTPException, _not_routed)
    app.add_middleware(_Door, service=service)
    return app


@contextlib.asynccontextmanager
async def _until_shutdown(app: FastAPI) -> AsyncIterator[None]:
    """Close the service when a server stops in order, before the signal ends the process."""
    yield
    await run_in_threadpool(app.state.service.close)


async def _welcome() -> Response:
    """Say who this is, to who found the address."""
    return ok({"service": "thumbnb", "version": __version__})


def _answer(path: str, refusal: Refusal) -> Response:
    """Say no in the words of the protocol whose address was asked."""
    if f"{path}/".startswith(f"{youthumb.PREFIX}/"):
        return youthumb.serializers.refused(refusal)
    return videodb.serializers.refused(refusal)


async def _refused(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)  # noqa: S101 - registered for it
    return _answer(request.url.path, refusal)


async def _not_routed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    where = f"{request.method} {ascii(request.url.path)[1:-1]}"
    refusal = {
        404: Refusal(404, "NOT_FOUND", f"There is no {where} here."),
        405: Refusal(405, "METHOD_NOT_ALLOWED", f"This address does not take {request.method}."),
    }.get(error.status_code) or Refusal(error.status_code, "REFUSED", str(error.detail))
    answer = _answer(request.url.path, refusal)
    answer.headers.update(error.headers or {})
    return answer


class _Door:
    """Checks the Host header, forgives slashes too many, and turns a crash into an answer.

    Slashes at the ends are dropped before routing: a redirect would turn a POST
    into a GET. The contract's paths end in one; a base address that does puts
    one in front.
    """

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = "/" + scope["path"].strip("/")
        host = Headers(scope=scope).get("host", "")
        if not self._service.access.answers_to(host):
            refusal = Refusal(400, "WRONG_HOST", f"This service is not called {host!a}.")
            await _answer(path, refusal)(scope, receive, send)
            return
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app({**scope, "path": path}, receive, sending)
        except Exception:
            logger.exception("%s %s failed", scope["method"], path)
            if begun:
                raise
            refusal = Refusal(500, "INTERNAL", "The service failed at this; its log says more.")
            await _answer(path, refusal)(scope, receive, send)
