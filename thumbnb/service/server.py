"""The service as a server of its own: ``thumbnb serve``."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import ipaddress
import logging
import os
import socket
import sys
from typing import TYPE_CHECKING, Any

import uvicorn

from thumbnb import errors
from thumbnb.service import youthumb
from thumbnb.service.app import create_app
from thumbnb.service.http.access import TOKEN_VARIABLE
from thumbnb.service.http.connection import bounded_connection
from thumbnb.service.refusal import refusal_of_system_error
from thumbnb.service.settings import Settings

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp

    from thumbnb.render.engines.protocol import Engine
    from thumbnb.service.http.access import Access

logger = logging.getLogger(__name__)

# Seconds that requests under way get to end when the server is stopped.
GRACE = 3
LAST_PORT = 65535
# Connections open at a time, at most; descriptors kept for everything else.
MAX_CONNECTIONS = 1024
# How long a thread that decodes may keep the interpreter from the loop (seconds; Python: 5 ms).
SWITCH_SECONDS = 0.001
RESERVED_DESCRIPTORS = 64


def serve(
    host: str = "127.0.0.1",
    port: int = 8750,
    home: str | os.PathLike[str] | None = None,
    token: str | None = None,
    *,
    allow_private_urls: bool = False,
    hold: float = Settings.hold,
    engines: Iterable[Engine] = (),
    names: Iterable[str] = (),
    proxies: Iterable[str] = (),
) -> None:
    """Serve until stopped. ``port`` 0 takes a free one; the log says which, and the token.

    ``engines`` paint beside the compositor; the first where a request names none. ``names`` are
    further host names it answers to. ``proxies`` are the addresses or networks of proxies in
    front of it, which may say by ``X-Forwarded-Proto`` that a client came by https: from
    anybody else, on this machine too, the header is ignored.

    Raises ``InvalidInput`` where the address cannot be had, or a proxy's is none.
    """
    trusted = _proxy_addresses(proxies)
    listener = _listen(host, port)
    sys.setswitchinterval(SWITCH_SECONDS)
    with listener:
        settings = Settings(allow_private_urls=allow_private_urls, hold=hold)
        app = create_app(
            home, token=token, hosts=[host, *names], settings=settings, engines=engines
        )
        config = _config(app, _connections(), trusted)
        try:
            _announce(host, listener.getsockname()[1], app.state.service.access)
            gc.freeze()  # no collection goes through what was loaded so far while requests wait
            with contextlib.suppress(KeyboardInterrupt):
                _Server(config).run(sockets=[listener])
        finally:
            gc.unfreeze()
            app.state.service.close()


def _config(app: ASGIApp, connections: int, proxies: list[str]) -> uvicorn.Config:
    """Return uvicorn's configuration for at most so many connections."""
    return uvicorn.Config(
        app,
        http=bounded_connection(connections),
        log_level="warning",
        ws="none",
        access_log=False,  # its lines would put signatures into the log
        server_header=False,
        # uvicorn's default believes every client on this machine.
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
        timeout_graceful_shutdown=GRACE,
    )


def _proxy_addresses(proxies: Iterable[str]) -> list[str]:
    """Check the addresses or networks of proxies; uvicorn would take ``*`` for everybody."""
    addresses = list(proxies)
    for address in addresses:
        try:
            ipaddress.ip_network(address)
        except ValueError as error:
            raise errors.InvalidInput(
                f"{address!r} is no address of a proxy ({error}).",
                hint="Give an address, such as 127.0.0.1, or a network, such as 10.0.0.0/8.",
            ) from None
    return addresses


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port <= LAST_PORT:
        raise errors.InvalidInput(f"A port is a number from 0 to {LAST_PORT}, not {port}.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        # Named with its protocol, or asyncio does not know its connections for
        # TCP, leaves Nagle's delay on, and every answer takes 44 ms.
        listener = socket.socket(family, kind, protocol)
        try:
            if os.name == "posix":
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen()
        except BaseException:
            listener.close()
            raise
        return listener  # noqa: TRY300 - nothing after it can fail
    except OSError as error:
        raise errors.InvalidInput(
            f"Nothing can listen at {host}:{port} ({error}).",
            hint="Choose another --port (0 takes a free one) or --host.",
        ) from error


def _connections() -> int:
    """Return how many connections may be open: each needs a descriptor, and one for its file."""
    if sys.platform == "win32":
        return MAX_CONNECTIONS
    descriptors = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if descriptors == resource.RLIM_INFINITY:
        return MAX_CONNECTIONS
    return max(1, min(MAX_CONNECTIONS, (descriptors - RESERVED_DESCRIPTORS) // 2))


class _Server(uvicorn.Server):
    """uvicorn's server; a machine out of descriptors is logged in one line, without traceback."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        asyncio.get_running_loop().set_exception_handler(_loop_failure)
        await super().startup(sockets)


def _loop_failure(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    error = context.get("exception")
    if "_start_serving" in context.get("message", ""):
        # asyncio listens again a second after it ran out of descriptors, closed or not.
        logger.debug("A listener was closed meanwhile: %s", error)
        return
    refusal = None if error is None else refusal_of_system_error(error)
    if refusal is None:
        loop.default_exception_handler(context)
    else:
        logger.warning("%s (%s)", refusal.message, error)


def _announce(host: str, port: int, access: Access) -> None:
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    logger.info("VideoDB's API is served at %s", url)
    logger.info("YouThumb's API is served at %s%s", url, youthumb.PREFIX)
    if access.token_is_kept:
        token = access.token
        logger.info("The key of both, to be kept to yourself, is the token: %s", token)
    else:  # whoever gave it has it; a log is read by more people than that
        token = "..."  # noqa: S105 - in its place
        logger.info("The key of both is the token that was given.")
    logger.info(
        'In Python: tb.connect(videodb_url="%s", youthumb_url="%s%s") with %s=%s',
        url,
        url,
        youthumb.PREFIX,
        TOKEN_VARIABLE,
        token,
    )
