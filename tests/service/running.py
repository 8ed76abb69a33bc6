"""A service served by a thread of this process, on a free port of the loopback."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

import httpx
import uvicorn

from tests.service.tools import until
from thumbnb.service import server as server_module
from thumbnb.service.http import connection

if TYPE_CHECKING:
    from tests.service.tools import ServiceHarness


class Running:
    """A service, and a server in front of it that takes so many connections at a time."""

    def __init__(self, harness: ServiceHarness, limit: int) -> None:
        self.harness = harness
        self.listener = server_module._listen("127.0.0.1", 0)
        self.port = self.listener.getsockname()[1]
        config = uvicorn.Config(
            harness.app,
            http=connection.bounded_connection(limit),
            log_level="warning",
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        self.server = server_module._Server(config)
        self.thread = threading.Thread(target=self.server.run, args=([self.listener],))
        self.thread.start()
        until(lambda: self.server.started, "The server")

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def ok(self) -> bool:
        url = f"http://127.0.0.1:{self.port}/collection"
        key = {"x-access-token": self.harness.service.token}
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(url, headers=key, trust_env=False, timeout=30).status_code == 200
        return False

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join(30)
        self.listener.close()
