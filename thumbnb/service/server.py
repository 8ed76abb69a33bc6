"""The service as a server of its own: ``thumbnb serve``."""

from __future__ import annotations

import contextlib
import logging
import os
import socket

import uvicorn

from thumbnb import errors
from thumbnb.service import youthumb
from thumbnb.service.app import create_app
from thumbnb.service.http.access import TOKEN_VARIABLE
from thumbnb.service.settings import Settings

logger = logging.getLogger(__name__)

# Seconds that requests under way get to end when the server is stopped.
GRACE = 3
LAST_PORT = 65535


def serve(
    host: str = "127.0.0.1",
    port: int = 8750,
    home: str | os.PathLike[str] | None = None,
    token: str | None = None,
    *,
    allow_private_urls: bool = False,
    hold: float = Settings.hold,
) -> None:
    """Serve until stopped. ``port`` 0 takes a free one; the log says which, and the token.

    Raises ``InvalidInput`` where the address cannot be had.
    """
    listener = _listen(host, port)
    with listener:
        settings = Settings(allow_private_urls=allow_private_urls, hold=hold)
        app = create_app(home, token=token, hosts=[host], settings=settings)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,  # its lines would put signatures into the log
            server_header=False,
            timeout_graceful_shutdown=GRACE,
        )
        try:
            _announce(host, listener.getsockname()[1], app.state.service.token)
            with contextlib.suppress(KeyboardInterrupt):
                uvicorn.Server(config).run(sockets=[listener])
        finally:
            app.state.service.close()


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


def _announce(host: str, port: int, token: str) -> None:
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    logger.info("VideoDB's API is served at %s", url)
    logger.info("YouThumb's API is served at %s%s", url, youthumb.PREFIX)
    logger.info("The key of both, to be kept to yourself, is the token: %s", token)
    logger.info(
        'In Python: tb.connect(videodb_url="%s", youthumb_url="%s%s") with %s=%s',
        url,
        url,
        youthumb.PREFIX,
        TOKEN_VARIABLE,
        token,
    )
