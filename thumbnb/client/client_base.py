"""The base of the client: its sessions, its ledger, its uploaded images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.client.purchases.assets import Assets
from thumbnb.client.resource import Resource

if TYPE_CHECKING:
    from thumbnb.client.session import Session


class ClientBase(Resource):
    """The parts of a client: a session of each service, whose ledger they share."""

    def __init__(self, videodb: Session, youthumb: Session) -> None:
        super().__init__(videodb)
        self._videodb = videodb
        self._youthumb = youthumb
        self._ledger = videodb.ledger
        self._assets = Assets(youthumb)

    @property
    def sessions(self) -> tuple[Session, Session]:
        """The sessions with VideoDB and with YouThumb."""
        return self._videodb, self._youthumb
