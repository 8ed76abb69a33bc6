"""The embedded service: hosted services' protocols, the work done on this machine.

In the kernel it is reached through httpx's ASGI transport, without a port; as a
server of its own it is started by ``thumbnb serve``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.lazy import attach

if TYPE_CHECKING:
    from thumbnb.service.app import create_app as create_app
    from thumbnb.service.server import serve as serve

# Worker processes import modules of this package, and have no use for its HTTP side.
__getattr__, __dir__, __all__ = attach(__name__, {"create_app": "app", "serve": "server"})
