"""The HTTP client below the transport: limits, settings, logging, reasons of failures."""

from __future__ import annotations

import logging
import os
import socket
import ssl
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from thumbnb import errors
from thumbnb.api.transport.addresses import check_port, plain_url
from thumbnb.api.transport.http_library import httpx

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


logging.getLogger(httpx.__name__).addFilter(_without_query)


_PROXIES = ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY")
_FILES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")


def new_client(wire: Any, silence: float, *, trust_env: bool) -> httpx.AsyncClient:
    """Return a client. Raises InvalidInput, naming the variable, for settings of no use."""
    folder = os.environ.get("SSL_CERT_DIR")
    if trust_env and folder and not os.environ.get("SSL_CERT_FILE") and not Path(folder).is_dir():
        raise _unusable(["SSL_CERT_DIR"])  # else no server would be trusted
    if trust_env and (
        bad_ports := [*filter(_has_bad_port, (*_PROXIES, *map(str.lower, _PROXIES)))]
    ):
        raise _unusable(bad_ports)
    try:
        return httpx.AsyncClient(
            timeout=httpx.Timeout(connect=10, read=silence, write=30, pool=30),
            limits=_LIMITS,
            transport=wire,
            trust_env=trust_env,
        )
    except (ImportError, OSError, ValueError, httpx.InvalidURL) as error:
        names = _FILES if isinstance(error, OSError) else (*_PROXIES, "NO_PROXY")
        given = [n for name in names for n in (name, name.lower()) if os.environ.get(n)]
        if isinstance(error, OSError):
            given = [name for name in given if not _is_readable(os.environ[name])] or given
        socks = " SOCKS needs the package socksio." * isinstance(error, ImportError)
        raise _unusable(given, socks) from None


def _unusable(names: list[str], more: str = "") -> errors.InvalidInput:
    # Not the value, nor httpx's words: a proxy's address may have a password in it.
    where = f": see {' and '.join(names)}" if names else ""
    return errors.InvalidInput(
        f"The environment's network settings cannot be used{where}.",
        hint=f"Correct the variable or take it out, then connect again.{more}",
    )


def _has_bad_port(name: str) -> bool:
    address = os.environ.get(name, "")
    try:
        check_port(httpx.URL(address if "://" in address else f"http://{address}"))
    except errors.InvalidInput:
        return True
    except (httpx.InvalidURL, ValueError):  # which the client itself says, where it is used
        return False
    return False


def _is_readable(name: str) -> bool:
    return Path(name).is_dir() or os.access(name, os.R_OK)


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
