"""The service as a server of its own: ``thumbnb serve``."""

from __future__ import annotations

import contextlib
import logging
import socket
from typing import TYPE_CHECKING

import uvicorn

from thumbnb import errors
from thumbnb.service.app import create_app

if TYPE_CHECKING:
    import os

logger = logging.getLogger(__name__)

# Seconds that requests under way get to end when the server is stopped.
GRACE = 3


def serve(
    host: str = "127.0.0.1",
    port: int = 8750,
    home: str | os.PathLike[str] | None = None,
    token: str | None = None,
    *,
    allow_private_urls: bool = False,
    hold: float = 20.0,
) -> None:
    """Serve until stopped. ``port`` 0 takes a free one; the log says which, and the token.

    Raises ``InvalidInput`` where the address cannot be had.
    """
    listener = _listen(host, port)
    with listener:
        app = create_app(
            home, token=token, allow_private_urls=allow_private_urls, hold=hold, hosts=[host]
        )
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
    try:
        family, *_, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(address[:2], family=family)
    except (OSError, OverflowError) as error:
        raise errors.InvalidInput(
            f"Nothing can listen at {host}:{port} ({error}).",
            hint="Choose another --port (0 takes a free one) or --host.",
        ) from error


def _announce(host: str, port: int, token: str) -> None:
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    logger.info("VideoDB's API is served at %s", url)
    logger.info("Its key, to be kept to yourself, is the token: %s", token)
    logger.info('In Python: tb.connect(videodb_url="%s", videodb_key="%s")', url, token)
