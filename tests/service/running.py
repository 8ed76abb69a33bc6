"""A service served by a thread of this process, on a free port of the loopback."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

import httpx

from tests.service.tools import until
from thumbnb.service import server as server_module

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.service.tools import ServiceHarness


class Running:
    """A service, and a server in front of it that takes so many connections at a time."""

    def __init__(self, harness: ServiceHarness, limit: int, proxies: Sequence[str] = ()) -> None:
        self.harness = harness
        self.listener = server_module._listen("127.0.0.1", 0)
        self.port = self.listener.getsockname()[1]
        config = server_module._config(harness.app, limit, server_module._proxy_addresses(proxies))
        config.lifespan, config.timeout_graceful_shutdown = "off", 1
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
