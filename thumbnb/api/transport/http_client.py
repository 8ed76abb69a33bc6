"""The HTTP client below the transport: limits, settings, logging, reasons of failures."""

from __future__ import annotations

import logging
import os
import socket
import ssl
from contextvars import ContextVar
from typing import Any

import httpx

from thumbnb import errors
from thumbnb.api.transport.addresses import plain_url

# A service may hold an answer for 20 s until a job is done; the official
# clients wait 30 s. Idle connections are kept for a minute: with httpx's own
# 5 s every poll would open a new one.
READ_SECONDS = 35.0
_LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=60)

NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)

sending: ContextVar[bool] = ContextVar("thumbnb_sending", default=False)


def _without_query(record: logging.LogRecord) -> bool:
    """Take signed queries out of the lines httpx logs for our requests, not for others'."""
    if sending.get() and isinstance(record.args, tuple):
        record.args = tuple(
            plain_url(str(arg)) if isinstance(arg, httpx.URL) else arg for arg in record.args
        )
    return True


logging.getLogger("httpx").addFilter(_without_query)


_PROXIES = ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY")
_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


def new_client(wire: Any, silence: float, *, trust_env: bool) -> httpx.AsyncClient:
    """Return a client. Raises InvalidInput, naming the variable, for settings of no use."""
    try:
        return httpx.AsyncClient(
            timeout=httpx.Timeout(connect=10, read=silence, write=30, pool=30),
            limits=_LIMITS,
            transport=wire,
            trust_env=trust_env,
        )
    except (ImportError, OSError, ValueError, httpx.InvalidURL) as error:
        names = _CERTIFICATES if isinstance(error, OSError) else (*_PROXIES, "NO_PROXY")
        given = [n for name in names for n in (name, name.lower()) if os.environ.get(n)]
        # Not the value, nor httpx's words: a proxy's address may have a password in it.
        raise errors.InvalidInput(
            f"The environment's network settings cannot be used: see {' and '.join(given)}.",
            hint="Correct the variable or take it out, then connect again."
            + (" SOCKS needs the package socksio." if isinstance(error, ImportError) else ""),
        ) from None


def failure_reason(error: Exception) -> str:
    """Return in plain words why no answer came."""
    if isinstance(error, httpx.TimeoutException):
        return "it took too long"
    causes = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) and cause not in causes:
        causes.append(cause)  # type: ignore[arg-type]
    if any(isinstance(each, socket.gaierror) for each in causes):
        return "there is no server of that name, or no network"
    if any(isinstance(each, ConnectionRefusedError) for each in causes):
        return "nothing listens there"
    if any(isinstance(each, ssl.SSLError) for each in causes):
        return f"no secure connection could be made ({error})"
    if isinstance(error, httpx.ConnectError):
        return "no connection could be made"
    return "the connection broke off"
