"""Dependencies of the endpoints of both protocols: the service, and its links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.service.http.links import Links

if TYPE_CHECKING:
    from starlette.requests import Request

    from thumbnb.service.service import Service


def service_of(request: Request) -> Service:
    """Give the service a request came to."""
    service: Service = request.app.state.service
    return service


def links_of(request: Request) -> Links:
    """Give the addresses as this client must see them."""
    return Links.of(request, service_of(request).access)
