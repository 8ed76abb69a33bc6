"""The middleware of every request: host names, paths, HEAD, conditional requests, failures."""

from __future__ import annotations

import hashlib
import logging
import re
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect

from thumbnb.service.refusal import Refusal, refusal_of_system_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from thumbnb.service.http.host_names import HostNames

logger = logging.getLogger(__name__)

READS = frozenset({"GET", "HEAD"})
NOT_MODIFIED = 304
# A request target in absolute form (RFC 9112), which every server has to take.
_ABSOLUTE = re.compile(r"https?://(?P<host>[^/]*)(?P<path>/.*)?", re.IGNORECASE | re.DOTALL)


class RequestMiddleware:
    """Checks the Host header, forgives slashes too many, and turns failures into answers.

    Slashes at the ends are dropped before routing: a redirect would turn a POST
    into a GET. The contract's paths end in one; a base address that does puts
    one in front. ``refuse`` writes a refusal in the words of the path's protocol.
    """

    def __init__(
        self, app: ASGIApp, hosts: HostNames, refuse: Callable[[str, Refusal], Response]
    ) -> None:
        self._app = app
        self._hosts = hosts
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope = _in_origin_form(scope)
        path = "/" + scope["path"].strip("/")
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._hosts.match(hosts[0]):
            name = ascii(", ".join(hosts)[:200])
            refusal = Refusal(400, "WRONG_HOST", f"This service is not called {name}.")
            await self._refuse(path, refusal)(scope, receive, send)
            return
        if "transfer-encoding" in headers and "content-length" in headers:
            # A proxy in front may believe the other one, and see another end of the body.
            refusal = Refusal(400, "INVALID_REQUEST", "The body has two lengths.")
            response = self._refuse(path, refusal)
            response.headers["connection"] = "close"
            await response(scope, receive, send)
            return
        answer = _Answer(scope, send)
        try:
            await self._app({**scope, "path": path}, receive, answer.send)
        except ClientDisconnect:
            logger.debug("%s %s was broken off by its client", scope["method"], path)
        except Exception as error:
            refusal = self._failure(error, f"{scope['method']} {path}")
            if answer.begun:
                raise
            await self._refuse(path, refusal)(scope, receive, answer.send)

    def _failure(self, error: Exception, request: str) -> Refusal:
        """Log a failure and return what is answered."""
        refusal = refusal_of_system_error(error)
        if refusal is None:
            logger.error("%s failed", request, exc_info=error)
            return Refusal(500, "INTERNAL", "The service failed at this; its log says more.")
        logger.warning("%s failed: %s", request, refusal.message)
        return refusal


def _in_origin_form(scope: Scope) -> Scope:
    """Give a request whose target names the host as one that has it in its Host header."""
    target = _ABSOLUTE.fullmatch(scope["path"])
    if target is None:
        return scope
    headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
    host = (b"host", target["host"].encode("latin-1", "replace"))
    return {**scope, "path": target["path"] or "/", "headers": [host, *headers]}


class _Answer:
    """Sends an answer on its way: HEAD without its body, and 304 for JSON the client has."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.begun = False
        self._head = scope["method"] == "HEAD"
        self._reads = scope["method"] in READS
        self._known = Headers(scope=scope).get("if-none-match")
        self._send = send
        self._start: Message | None = None

    async def send(self, message: Message) -> None:
        """Pass a message on."""
        if message["type"] == "http.response.start" and self._is_json(message):
            self._start = message  # until its body is there, from which its tag is made
            return
        if self._start is not None:
            start, self._start = self._start, None
            message = self._tag(start, message)
            await self._pass_on(start)
        await self._pass_on(message)

    async def _pass_on(self, message: Message) -> None:
        self.begun = True
        if self._head and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self._send(message)

    def _is_json(self, message: Message) -> bool:
        kind = Headers(raw=message["headers"]).get("content-type", "")
        return self._reads and message["status"] == 200 and kind == "application/json"  # noqa: PLR2004

    def _tag(self, start: Message, message: Message) -> Message:
        """Give a whole JSON answer its ETag; return the message that follows its start."""
        if message.get("more_body"):
            return message
        headers = MutableHeaders(raw=start["headers"])
        etag = f'"{hashlib.sha256(message["body"]).hexdigest()[:32]}"'
        headers["etag"] = etag
        headers["cache-control"] = "private, no-cache"
        if not matches(etag, self._known):
            return message
        start["status"] = NOT_MODIFIED
        for name in ("content-length", "content-type"):
            del headers[name]
        return {**message, "body": b""}


def matches(etag: str, known: str | None) -> bool:
    """Return whether an ``If-None-Match`` header holds this tag (RFC 9110, weakly compared)."""
    if known is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in known.split(",")]
    return etag in tags or "*" in tags
