"""The embedded service: hosted services' protocols, the work done on this machine.

In the kernel it is reached through httpx's ASGI transport, without a port; as a
server of its own it is started by ``thumbnb serve``.
"""

from thumbnb.service.app import create_app
from thumbnb.service.server import serve

__all__ = ["create_app", "serve"]
