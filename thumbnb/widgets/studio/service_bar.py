"""Which services are at work, what they may cost, and what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb.widgets.core.synced_traits import Float, List
from thumbnb.widgets.core.widget import Widget

if TYPE_CHECKING:
    from thumbnb.client.client import Client


class ServiceBar(Widget, front_file="studio/service_bar"):
    """Which services of a client are embedded and which hosted, and the credits left.

    Traits: ``services``, a list of ``{"name", "where", "hosted"}``; ``credits`` left with
    the service, ``allowed`` by the client's budget (None where nobody says). ``refresh()``
    asks the service anew.

    >>> ServiceBar(client)  # doctest: +SKIP
    """

    told = ("credits",)

    services = List()
    credits = Float(None, allow_none=True)
    allowed = Float(None, allow_none=True)

    def __init__(self, client: Client) -> None:
        super().__init__()
        self._client = client
        self.services = self._at_work()
        self.refresh()

    def _at_work(self) -> list[dict[str, Any]]:
        return [
            {"name": name, "where": where, "hosted": where.startswith("hosted")}
            for name, where in self._client.services.items()
        ]

    def refresh(self) -> None:
        """Ask for the credits left, and show them when they come; free."""
        self.later(services=self._at_work, allowed=self._client.budget.left, error="")
        self.work(
            "usage",
            self._client.usage.aio,
            then=lambda usage: setattr(self, "credits", usage.credits),
            latest=True,
        )
