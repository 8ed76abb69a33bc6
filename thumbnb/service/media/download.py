"""Downloads of addresses that strangers name: nothing inside this network is reachable by them.

The address checked is the address connected to: every connection, the first
and those after redirects, resolves, checks and connects in one place.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, urlsplit, urlunsplit

from thumbnb.service.refusal import Refusal, invalid, too_large

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from thumbnb.service.media.files import Draft

Watched = TypeVar("Watched", bound=socket.socket)

# Seconds for one connection and for one silence; redirects followed; bytes at a time.
CONNECT_SECONDS = 10.0
SILENCE_SECONDS = 30.0
MOST_REDIRECTS = 5
CHUNK = 256 * 1024

# What people paste into an address may hold spaces and letters of any language.
_AS_IS = "%/:=?&~+!$,;'@()*[]"
# Kept for protocols of the network itself; not every Python knows all of it as such.
_PROTOCOLS = ipaddress.ip_network("192.0.0.0/24")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_IPV4_COMPATIBLE = ipaddress.ip_network("::/96")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, whatever form hides it."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and (ip in _NAT64 or ip in _IPV4_COMPATIBLE):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    if ip in _PROTOCOLS:
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def check_url(url: str) -> str:
    """Give an address in its plain form; refuse one we would never ask.

    That is one not http(s), without a host, or with a password in it.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise invalid(f"{ascii(url)[:200]} is not an address.") from None
    if parts.scheme.lower() not in {"http", "https"}:
        raise invalid("Only http and https addresses can be uploaded.")
    if not host:
        raise invalid("The address names no host.")
    if parts.username is not None or parts.password is not None:
        raise invalid("An address with a user name or password in it is not accepted.")
    path, query = (quote(part, safe=_AS_IS) for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


class _Guard:
    """What all connections of one download share: the rule and the total time."""

    def __init__(self, *, allow_private: bool, seconds: float) -> None:
        self.allow_private = allow_private
        self.late = False
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def connect(self, host: str, port: int) -> socket.socket:
        """Open a connection to the first allowed address of a host."""
        error: Exception | None = None
        for family, kind, protocol, _, address in socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        ):
            if not (self.allow_private or is_public(str(address[0]))):
                error = error or Refusal(
                    400,
                    "ADDRESS_REFUSED",
                    f"{host} leads to {address[0]}, which is not on the public internet.",
                )
                continue
            connection = socket.socket(family, kind, protocol)
            try:
                connection.settimeout(CONNECT_SECONDS)
                connection.connect(address)
            except OSError as failed:
                connection.close()
                error = failed
                continue
            connection.settimeout(SILENCE_SECONDS)
            return self.watch(connection)
        raise error or OSError(f"{host} has no address")

    def watch(self, connection: Watched) -> Watched:
        """Have this connection shut when the time is over."""
        self._sockets.append(connection)
        if self.late:
            connection.close()
        return connection

    def _end(self) -> None:
        # A server that sends one byte now and then is never silent, so its
        # connection is shut under it rather than asked between two reads.
        self.late = True
        for connection in self._sockets:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        self._timer.start()
        try:
            yield
        finally:
            self._timer.cancel()


def _openers(guard: _Guard) -> tuple[urllib.request.BaseHandler, ...]:
    class Plain(http.client.HTTPConnection):
        def connect(self) -> None:
            self.sock = guard.connect(self.host, self.port)

    class Secure(http.client.HTTPSConnection):
        def connect(self) -> None:
            context = ssl.create_default_context()
            secure = context.wrap_socket(
                guard.connect(self.host, self.port),
                server_hostname=self.host,
                do_handshake_on_connect=False,
            )
            self.sock = guard.watch(secure)
            secure.do_handshake()

    class OpenPlain(urllib.request.HTTPHandler):
        def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(Plain, request)

    class OpenSecure(urllib.request.HTTPSHandler):
        def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(Secure, request)

    return OpenPlain(), OpenSecure()


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = MOST_REDIRECTS

    def redirect_request(  # noqa: PLR0917 - urllib's signature
        self, request: Any, answer: Any, code: int, message: str, headers: Any, url: str
    ) -> urllib.request.Request | None:
        try:
            url = check_url(url)
        except Refusal:
            answer.close()
            raise
        return super().redirect_request(request, answer, code, message, headers, url)


def download(
    url: str,
    draft: Draft,
    *,
    limit: int,
    seconds: float,
    allow_private: bool,
    stopping: threading.Event,
    progress: Callable[[float], None],
) -> None:
    """Write what is at ``url`` to ``draft``: ``limit`` bytes and ``seconds`` at most in all."""
    url = check_url(url)
    guard = _Guard(allow_private=allow_private, seconds=seconds)
    # An opener put together by hand: the stock one would use proxies from the
    # environment and open file: and ftp: addresses as well.
    opener = urllib.request.OpenerDirector()
    for handler in (
        *_openers(guard),
        _Redirects(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    opener.addheaders = [("User-Agent", "thumbnb"), ("Accept-Encoding", "identity")]
    try:
        with guard.running(), opener.open(url) as answer:
            _copy(answer, draft, limit, stopping, progress)
    except Exception as error:
        if isinstance(error, urllib.error.HTTPError):
            error.close()
        if isinstance(error, Refusal) and not guard.late:
            raise
        if not guard.late:
            raise _failed(url, _reason(error)) from error
    # A connection that was shut reads like one that ended.
    if guard.late:
        raise _failed(url, f"took longer than {seconds:g} s")


def _copy(
    answer: http.client.HTTPResponse,
    draft: Draft,
    limit: int,
    stopping: threading.Event,
    progress: Callable[[float], None],
) -> None:
    told = answer.headers.get("Content-Length", "")
    expected = int(told) if told.isdecimal() else None
    if expected is not None and expected > limit:
        raise too_large("The file at this address", limit)
    while data := answer.read1(CHUNK):
        if stopping.is_set():
            raise _failed(answer.url, "was stopped")
        draft.write(data)
        if draft.size > limit:
            raise too_large("The file at this address", limit)
        if expected:
            progress(draft.size / expected)
    if expected is not None and draft.size < expected:
        raise _failed(answer.url, f"ended after {draft.size:,} of {expected:,} bytes")


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        redirected = error.code in {301, 302, 303, 307, 308}
        return "redirects too often" if redirected else f"answered {error.code}"
    if isinstance(error, urllib.error.URLError) and isinstance(error.reason, Exception):
        error = error.reason
    if isinstance(error, socket.gaierror):
        return "names a host that is not known"
    if isinstance(error, TimeoutError):
        return "does not answer"
    if isinstance(error, ssl.SSLError):
        return f"has no valid certificate ({error.reason})"
    return f"could not be read ({type(error).__name__})"


def _failed(url: str, reason: str) -> Refusal:
    parts = urlsplit(url)
    # The query may hold someone's signature: it is not repeated.
    return Refusal(400, "DOWNLOAD_FAILED", f"{parts.scheme}://{parts.netloc}{parts.path} {reason}.")
