"""The service bar: the services in use, and the credits left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb.widgets.core.synced_traits import Float, List
from thumbnb.widgets.core.widget import Widget

if TYPE_CHECKING:
    from thumbnb.client.client import Client


class ServiceBar(Widget, front_end="service_bar.js"):
    """Which services of a client are embedded and which hosted, and the credits left.

    Traits: ``services``, a list of ``{"name", "where", "hosted"}``; ``credits`` left with
    the service, ``budget_left`` by the client's budget (None where nobody says). ``refresh()``
    asks the service again.

    >>> ServiceBar(client)  # doctest: +SKIP
    """

    repr_traits = ("credits",)

    services = List()
    credits = Float(None, allow_none=True)
    budget_left = Float(None, allow_none=True)

    def __init__(self, client: Client) -> None:
        super().__init__()
        self._client = client
        self.services = self._service_list()
        self.refresh()

    def _service_list(self) -> list[dict[str, Any]]:
        return [
            {"name": name, "where": where, "hosted": where.startswith("hosted")}
            for name, where in self._client.services.items()
        ]

    def use_client(self, client: Client) -> None:
        """Show another client from now on; ``refresh()`` reads its services."""
        self._client = client

    def refresh(self) -> None:
        """Ask for the credits left, and show them when they come; free."""
        self.set_later(services=self._service_list, budget_left=self._client.budget.left, error="")
        self.start_job(
            "usage",
            self._client.usage.aio,
            then=lambda usage: setattr(self, "credits", usage.credits),
            latest=True,
        )
