"""Downloads of addresses that strangers name: nothing inside this network is reachable by them.

The address that is checked is the address that is connected to: every connection, the
first and those after redirects, is resolved, checked and opened by ``_PublicNetwork``.
A download waits on the event loop and holds no thread, however slow its server is.
"""

from __future__ import annotations

import asyncio
import functools
import socket
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import httpcore
import httpx

from thumbnb.service.media import public_address
from thumbnb.service.media.public_address import SCHEMES, check_url
from thumbnb.service.refusal import Refusal, too_large

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# Seconds for one connection and for one silence; redirects followed; bytes written at a time.
CONNECT_SECONDS = 10.0
SILENCE_SECONDS = 30.0
MAX_REDIRECTS = 5
BATCH = 1024 * 1024

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# No compression: a few bytes may hide billions.
_HEADERS = ((b"User-Agent", b"thumbnb"), (b"Accept", b"*/*"), (b"Accept-Encoding", b"identity"))


class Sink(Protocol):
    """What a download is written to; ``size`` is what it holds, in bytes."""

    size: int

    def write(self, data: bytes) -> None:
        """Append."""


class _PublicNetwork(httpcore.AsyncNetworkBackend):
    """Opens connections to public addresses only; to any with ``allow_private``."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first allowed address of a host that answers."""
        error: Exception | None = None
        async with asyncio.timeout(timeout):
            found = await asyncio.get_running_loop().getaddrinfo(
                host, port, type=socket.SOCK_STREAM
            )
        for *_, address in found:
            ip = str(address[0])
            if not (self._allow_private or public_address.is_public(ip)):
                error = error or Refusal(
                    400,
                    "ADDRESS_REFUSED",
                    f"{host} leads to {ip}, which is not on the public internet.",
                )
                continue
            try:
                # A literal address: nobody looks it up a second time.
                return await self._network.connect_tcp(
                    ip, port, timeout, local_address, socket_options
                )
            except httpcore.ConnectError as failed:
                error = failed
            except httpcore.ConnectTimeout as failed:
                error = failed
        raise error or httpcore.ConnectError(f"{host} has no address")


@functools.cache
def _certificates() -> ssl.SSLContext:
    return ssl.create_default_context()


async def download(
    url: str,
    sink: Sink,
    *,
    limit: int,
    seconds: float,
    allow_private: bool,
    progress: Callable[[float], None] | None = None,
) -> None:
    """Write what is at ``url`` to ``sink``: ``limit`` bytes and ``seconds`` at most in all.

    ``progress`` is called with the part that is there, 0 to 1, where the server tells
    the size. Cancelling the task ends the download. Raises ``Refusal`` with the reason.
    """
    url = check_url(url)
    try:
        async with asyncio.timeout(seconds) as deadline:
            await _follow(url, _Copy(sink, limit, progress), allow_private=allow_private)
    except Refusal:
        raise
    except Exception as error:
        if deadline.expired():
            raise _failed(url, f"took longer than {seconds:g} s") from error
        raise _failed(url, _reason(error)) from error


async def _follow(url: str, copy: _Copy, *, allow_private: bool) -> None:
    """Follow the redirects of an address to its file."""
    network = _PublicNetwork(allow_private=allow_private)
    timeouts = {
        "connect": CONNECT_SECONDS,
        "read": SILENCE_SECONDS,
        "write": SILENCE_SECONDS,
        "pool": CONNECT_SECONDS,
    }
    pool = httpcore.AsyncConnectionPool(
        ssl_context=_certificates(), network_backend=network, max_keepalive_connections=0
    )
    async with pool:
        for _ in range(MAX_REDIRECTS + 1):
            target = httpx.URL(url)
            async with pool.stream(
                "GET",
                httpcore.URL(
                    scheme=target.raw_scheme,
                    host=target.raw_host,
                    port=target.port,
                    target=target.raw_path,
                ),
                headers=[(b"Host", target.netloc), *_HEADERS],
                extensions={"timeout": timeouts},
            ) as response:
                headers = httpx.Headers(response.headers)
                location = headers.get("location")
                if response.status in _REDIRECTS and location:
                    url = _redirected(url, location)
                    continue
                if not httpx.codes.is_success(response.status):
                    raise _failed(url, f"answered {response.status}")
                await copy.write(url, response, headers.get("content-length", ""))
                return
    raise _failed(url, "redirects too often")


def _redirected(url: str, location: str) -> str:
    """Return where a redirect leads; refuse what is never fetched, and say what that was."""
    try:
        target = str(httpx.URL(url).join(location))
    except httpx.InvalidURL:
        raise _failed(url, "redirects to what is no address") from None
    scheme = urlsplit(target).scheme
    if scheme not in SCHEMES:
        raise _failed(
            url, f"redirects to a {ascii(scheme)[1:-1]}: address: only http and https are followed"
        )
    try:
        return check_url(target)
    except Refusal as refusal:
        raise _failed(url, f"redirects further: {refusal.message.rstrip('.')}") from None


@dataclass
class _Copy:
    """Writes one body to a sink, in batches, on threads that wait for no network."""

    sink: Sink
    limit: int
    progress: Callable[[float], None] | None

    async def write(self, url: str, response: httpcore.Response, length: str) -> None:
        """Write a body, whose length (bytes) the server may have sent."""
        expected = int(length) if length.isdecimal() else None
        self._check(expected or 0)
        batch = bytearray()
        try:
            async for chunk in response.aiter_stream():
                batch += chunk
                self._check(self.sink.size + len(batch))
                if len(batch) >= BATCH:
                    await self._append(batch, expected)
        except httpcore.RemoteProtocolError:
            if expected is None:
                raise
        await self._append(batch, expected)
        if expected is not None and self.sink.size < expected:
            raise _failed(url, f"ended after {self.sink.size:,} of {expected:,} bytes")

    def _check(self, size: int) -> None:
        if size > self.limit:
            raise too_large("The file at this address", self.limit)

    async def _append(self, batch: bytearray, expected: int | None) -> None:
        await asyncio.to_thread(self.sink.write, bytes(batch))
        batch.clear()
        if expected and self.progress is not None:
            self.progress(self.sink.size / expected)


def _reason(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None:  # the libraries wrap the error of the network
        if isinstance(cause, socket.gaierror | UnicodeError | httpx.InvalidURL):
            return "names a host that is not known"
        if isinstance(cause, ssl.SSLError):
            return f"has no valid certificate ({cause.reason})"
        if isinstance(cause, TimeoutError | httpcore.TimeoutException):
            return "does not answer"
        cause = cause.__cause__ or cause.__context__
    return f"could not be read ({type(error).__name__})"


def _failed(url: str, reason: str) -> Refusal:
    parts = urlsplit(url)
    # The query may hold someone's signature: it is not repeated.
    return Refusal(400, "DOWNLOAD_FAILED", f"{parts.scheme}://{parts.netloc}{parts.path} {reason}.")
