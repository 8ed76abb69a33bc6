"""The transport: requests to one service, and errors that say what became of them.

A request is sent once. If it fails, the error says how, so that the floor above
can decide what may be sent again (``thumbnb.errors``):

* never sent: ``ConnectionFailed``
* refused before any work: ``RateLimited``, or a 503 that names a ``retry_after``
* a read that got no answer: ``NoAnswer``, ``Unavailable``
* anything else that got no answer: ``OutcomeUnknown``

The key goes to the origin it belongs to and nowhere else. Results and uploads
travel on a second client that has no key at all.
"""

from __future__ import annotations

import asyncio
import json as jsonlib
import logging
import time
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

from pydantic import SecretStr

from thumbnb import errors
from thumbnb.api.multipart import Form, StreamedForm
from thumbnb.api.responses import error_of, retry_after
from thumbnb.api.server_events import ServerEvent, ServerEventParser
from thumbnb.api.transport.addresses import (
    check_port,
    known_address,
    origin,
    parse_address,
    plain_url,
)
from thumbnb.api.transport.http_client import (
    NEVER_SENT,
    READ_SECONDS,
    failure_reason,
    new_client,
    sending,
)
from thumbnb.api.transport.http_library import httpx
from thumbnb.api.transport.request import Request
from thumbnb.text.short_repr import short_repr

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

logger = logging.getLogger(__name__)

MAX_JSON = 16 * 2**20
MAX_RESULT = 128 * 2**20
MAX_REDIRECTS = 5
# So short a key is no secret, and may be a part of any word.
SHORT = 6
IDEMPOTENCY_HEADER = "Idempotency-Key"

_SAFE_METHODS = frozenset({"GET", "HEAD", "DELETE", "PUT"})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SAME_METHOD_REDIRECTS = frozenset({307, 308})


class Transport:
    """Sends requests to one service: pooled connections, its key, bounded answers.

    ``service`` names it in messages; ``base_url`` is its root. ``key`` is sent in
    the header ``key_header``; an empty one is not sent. ``silence`` is how many seconds
    a service may take until it says something. ``asgi`` is an application to
    call in this process instead of the network; ``wire`` replaces the network in
    tests.
    """

    def __init__(
        self,
        service: str,
        base_url: str,
        *,
        key: str,
        key_header: str,
        silence: float = READ_SECONDS,
        asgi: Any = None,
        wire: Any = None,
    ) -> None:
        self.service = service
        self.base_url = base_url.rstrip("/")
        self._base = parse_address(self.base_url)
        self._key = SecretStr(key)
        self._key_header = key_header
        self._silence = silence
        self._asgi = asgi
        self._wire = wire
        self._loop: asyncio.AbstractEventLoop | None = None
        self._clients: dict[tuple[bool, bool], httpx.AsyncClient] = {}

    def __repr__(self) -> str:
        return f"Transport({self.service!r}, {plain_url(self.base_url)!r})"

    # -- requests -----------------------------------------------------------------

    async def call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Any = None,
        form: Form | None = None,
        safe: bool | None = None,
        idempotency_key: str | None = None,
        prefer: str | None = None,
        limit: int = MAX_JSON,
    ) -> dict[str, Any]:
        """Send one request to the service and return the JSON object it answers.

        ``path`` starts with a slash, or is an absolute address the service named.
        ``json`` is its body, or ``form`` is, with small files. ``limit`` is the most bytes
        an answer may have. ``safe`` says whether
        doing it twice is harmless (default: by the method). A service that honours the
        ``idempotency_key`` does it once, however often it is sent with the same body.
        ``prefer`` is how it is to answer, as RFC 7240 has it.
        """
        url = self._with(path, params)
        safe = method in _SAFE_METHODS if safe is None else safe
        request = Request(
            method, url, safe=safe, keyed=True, json=json, form=form,
            idempotency_key=idempotency_key, prefer=prefer,
        )  # fmt: skip
        async with self._send(request) as response:
            return self._object(request, response, await self._body(request, response, limit))

    async def events(
        self,
        path: str,
        *,
        json: Any = None,
        form: Form | None = None,
        limit: int = MAX_JSON,
    ) -> AsyncIterator[ServerEvent]:
        """POST a request and yield the events that the service sends while it works.

        A service that answers an object all the same gives one event, without a name.
        ``limit`` is the most bytes they may have in all. A stream that breaks off raises
        ``OutcomeUnknown``.
        """
        request = Request(
            "POST", self._with(path, None), safe=False, keyed=True, json=json, form=form
        )
        async with self._send(request) as response:
            kind = response.headers.get("content-type", "")
            if not response.is_success or not kind.startswith("text/event-stream"):
                body = await self._body(request, response, limit)
                yield ServerEvent("", self._object(request, response, body))
                return
            parser = ServerEventParser(limit)
            try:
                async for part in response.aiter_bytes():
                    for event in parser.feed(part):
                        yield event
            except httpx.HTTPError as error:
                self._lost(request, error)

    async def read(
        self,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        limit: int = MAX_RESULT,
        leave: bool = True,
    ) -> tuple[bytes, Mapping[str, str]]:
        """Return the bytes the service itself answers, and the headers that came with them.

        ``leave`` says whether a redirect may lead to another server.
        """
        request = Request("GET", self._with(path, params), safe=True, keyed=True, leave=leave)
        async with self._send(request) as response:
            body = await self._body(request, response, limit)
            if not response.is_success:
                self._object(request, response, body)
            return body, response.headers

    async def fetch(self, url: str, *, limit: int = MAX_RESULT) -> tuple[bytes, str]:
        """Return the bytes at a result's address and their media type. Carries no key."""
        request = Request("GET", self.absolute(url), safe=True, keyed=False)
        async with self._send(request) as response:
            if response.status_code != httpx.codes.OK:
                raise errors.DownloadFailed(
                    f"There is no file at {plain_url(str(request.url))} any more "
                    f"(status {response.status_code})."
                )
            kind = response.headers.get("content-type", "").partition(";")[0].strip()
            return await self._body(request, response, limit), kind

    async def send_file(
        self,
        url: str,
        file: BinaryIO,
        *,
        filename: str,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """Stream a file to an upload address, as multipart field ``file``. Carries no key.

        ``on_progress(sent, total)`` is called in bytes. After a failure the file stands
        where it stood.
        """
        upload = await asyncio.to_thread(
            StreamedForm, file, filename=filename, on_progress=on_progress
        )
        # The same bytes to the same address: a repeat changes nothing.
        request = Request("POST", self.absolute(url), safe=True, keyed=False, upload=upload)
        try:
            async with self._send(request) as response:
                if not response.is_success:
                    answer = await self._body(request, response, MAX_JSON)
                    self._object(request, response, answer)
        except BaseException:
            upload.rewind()  # so that a repeat sends the same
            raise

    def absolute(self, path: str) -> httpx.URL:
        """Return the full address of a path of this service, or of an address it named."""
        if path.startswith("/"):
            return known_address(self.base_url + path)
        try:
            return self._base.join(path)
        except (httpx.InvalidURL, ValueError) as error:
            raise errors.InvalidInput(f"This is not a web address: {short_repr(path)}.") from error

    def is_own_address(self, url: str) -> bool:
        """Whether the service itself answers at an address."""
        return origin(self.absolute(url)) == origin(self._base)

    def _with(self, path: str, params: Mapping[str, Any] | None) -> httpx.URL:
        given = {k: v for k, v in (params or {}).items() if v is not None}
        return self.absolute(path).copy_merge_params(given) if given else self.absolute(path)

    async def aclose(self) -> None:
        """Close the connections; a later request opens new ones."""
        clients, self._clients = self._clients, {}
        for client in clients.values():
            await client.aclose()

    # -- inside -------------------------------------------------------------------

    def _client(self, url: httpx.URL, *, keyed: bool) -> httpx.AsyncClient:
        # Connections belong to a loop: after a fork, or in a test's own loop, start anew.
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop, self._clients = loop, {}
        # What stays in this process needs no network, so none of its settings are read.
        inside = self._asgi is not None and url.host == self._base.host
        name = keyed, inside
        if name not in self._clients:
            wire = self._wire
            if inside:
                wire = httpx.ASGITransport(app=self._asgi, raise_app_exceptions=False)
            self._clients[name] = new_client(wire, self._silence, trust_env=not inside)
        return self._clients[name]

    @asynccontextmanager
    async def _send(self, request: Request) -> AsyncIterator[httpx.Response]:
        """Send, follow redirects within the rules, and hold the open response."""
        for _ in range(MAX_REDIRECTS + 1):
            response = await self._once(request)
            target = self._redirect(request, response)
            if target is None:
                break
            await response.aclose()
            request = replace(request, url=target)
        else:
            raise errors.ProtocolError(
                f"{self.service} redirected more than {MAX_REDIRECTS} times.", service=self.service
            )
        try:
            yield response
        finally:
            await response.aclose()

    async def _once(self, request: Request) -> httpx.Response:
        check_port(request.url)
        client = self._client(request.url, keyed=request.keyed)
        form, upload = request.form, request.upload
        built = client.build_request(
            request.method,
            request.url,
            json=request.json,
            content=upload.body() if upload else None,
            headers=upload.headers if upload else None,
            data=form.fields if form else None,
            files=[(f.field, (f.filename, f.data, f.kind)) for f in form.files] if form else None,
        )
        key = self._key.get_secret_value()
        if key and request.keyed and origin(request.url) == origin(self._base):
            built.headers[self._key_header] = key
        if request.idempotency_key:
            built.headers[IDEMPOTENCY_HEADER] = request.idempotency_key
        if request.prefer:
            built.headers["Prefer"] = request.prefer
        started = time.perf_counter()
        token = sending.set(True)
        try:
            response = await client.send(built, stream=True)
        except NEVER_SENT as error:
            raise errors.ConnectionFailed(
                f"{self.service} could not be reached at "
                f"{plain_url(str(request.url.join('/')))}: {failure_reason(error)}."
            ) from error
        except httpx.HTTPError as error:
            self._lost(request, error)
        finally:
            sending.reset(token)
        elapsed = (time.perf_counter() - started) * 1000
        logger.debug("%s: %d, %.0f ms", request, response.status_code, elapsed)
        return response

    def _redirect(self, request: Request, response: httpx.Response) -> httpx.URL | None:
        location = response.headers.get("location")
        if response.status_code not in _REDIRECTS or not location:
            return None
        target = request.url.join(location)
        downgraded = request.url.scheme == "https" and target.scheme == "http"
        if target.scheme not in {"http", "https"} or downgraded:
            raise errors.ProtocolError(
                f"{self.service} redirects to {plain_url(str(target))}: not safe to follow.",
                service=self.service,
            )
        at_home = origin(target) == origin(request.url)
        if request.method == "GET" and (request.leave or at_home):
            return target
        # A body is repeated only where the method is kept, and only at the same door.
        if response.status_code in _SAME_METHOD_REDIRECTS and at_home:
            return target
        raise errors.ProtocolError(
            f"{self.service} has moved to {plain_url(str(target))}.",
            hint="Connect with the new address.",
            service=self.service,
        )

    def _lost(self, request: Request, cause: Exception) -> NoReturn:
        reason = failure_reason(cause)
        if request.safe:
            raise errors.NoAnswer(f"{self.service} did not answer: {reason}.") from cause
        raise errors.OutcomeUnknown(
            f"The answer of {self.service} was lost ({reason}): "
            "it may or may not have done what was asked."
        ) from cause

    async def _body(self, request: Request, response: httpx.Response, limit: int) -> bytes:
        """Read a body that may not be larger than ``limit`` bytes."""
        declared = response.headers.get("content-length", "")
        size = int(declared) if declared.isdigit() else 0
        parts: list[bytes] = []
        if size <= limit:
            size = 0
            try:
                async for part in response.aiter_bytes():
                    parts.append(part)
                    size += len(part)
                    if size > limit:
                        break
            except httpx.HTTPError as error:
                self._lost(request, error)
        if size > limit:
            raise errors.DownloadFailed(
                f"{plain_url(str(request.url))} sends more than {limit // 2**20} MB.",
                hint="That is larger than any result should be; check the address.",
            )
        return b"".join(parts)

    def _object(self, request: Request, response: httpx.Response, body: bytes) -> dict[str, Any]:
        """Return the JSON object of a good answer; raise the error of a bad one."""
        if not response.is_success:
            body = self._without_key(body)
        try:
            value = jsonlib.loads(body) if body.strip() else {}
        except ValueError:
            value = body[:300].decode("utf-8", "replace").strip()
        if response.is_success and isinstance(value, dict):
            return value
        wait = retry_after(response.headers.get("retry-after"))
        what = f"{request.method} {request.url.path}"
        error = error_of(self.service, response.status_code, value, wait=wait, request=what)
        # Only a 503 that names a wait says that nothing was begun: a gateway's 504 may name
        # one too, and knows nothing of the work behind it.
        refused = error.status == httpx.codes.SERVICE_UNAVAILABLE and wait is not None
        went_wrong = isinstance(error, errors.Unavailable | errors.ProtocolError)
        if not request.safe and went_wrong and not refused:
            raise errors.OutcomeUnknown(
                f"{error.message} It may have done what was asked all the same."
            ) from error
        raise error

    def _without_key(self, body: bytes) -> bytes:
        """Remove the key from a service's text: some repeat it, and errors are shown."""
        secret = self._key.get_secret_value().rpartition(" ")[2].encode()
        return body.replace(secret, b"***") if len(secret) > SHORT else body
