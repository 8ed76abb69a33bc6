"""Credits: the account's first balance, less what was charged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.service.refusal import Refusal
from thumbnb.service.store.identifiers import now
from thumbnb.service.store.rows import insert

if TYPE_CHECKING:
    import sqlite3

    from thumbnb.storage.database import Database


class Credits:
    """Charges credits within the transaction that does what they pay for.

    Nothing is ever given back by hand: a failed job's charge no longer counts.
    """

    def __init__(self, database: Database, grant: float) -> None:
        self._database = database
        self.grant = grant

    def spent_by_reason(self) -> dict[str, float]:
        """Give what was taken, by reason."""
        rows = self._database.read(
            "SELECT reason, sum(credits) AS credits FROM spent GROUP BY reason"
        )
        return {row["reason"]: row["credits"] for row in rows}

    def charge(
        self, rows: sqlite3.Connection, amount: float, reason: str, job_id: str | None = None
    ) -> None:
        """Charge credits, or refuse with 402 where there are not enough."""
        spent = rows.execute("SELECT ifnull(sum(credits), 0) AS credits FROM spent").fetchone()
        if self.grant - spent["credits"] < amount:
            raise Refusal(402, "INSUFFICIENT_CREDITS", "Insufficient credits")
        charge = {"reason": reason, "credits": amount, "job_id": job_id, "created_at": now()}
        insert(rows, "charges", charge)
