"""Idempotency keys: a paid request that comes twice with one key is carried out once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thumbnb.service.refusal import Refusal
from thumbnb.service.store.identifiers import now
from thumbnb.service.store.rows import insert

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from thumbnb.storage.database import Database


@dataclass(frozen=True, slots=True)
class PaidRequest:
    """A paid request: the client's key for it, if it gave one, and a hash of all it asks."""

    key: str | None
    fingerprint: str


class AlreadyAnswered(Exception):
    """A request with this key was carried out before: its ``answer``."""

    def __init__(self, answer: Mapping[str, Any]) -> None:
        super().__init__("A request with this key was carried out before.")
        self.answer = answer


class IdempotencyKeys:
    """Keeps the answers of paid requests by their keys.

    An answer is recorded in the transaction that writes what was paid for. So of two
    requests at once one records, and the other finds its answer there and writes
    nothing; and what is refused records nothing, and may be tried again.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def check(self, request: PaidRequest) -> None:
        """Raise ``AlreadyAnswered`` for a request that came before, 409 for another body's key."""
        if request.key is not None:
            self._check(request, self._database.first(_FIND, (request.key,)))

    def record(
        self, rows: sqlite3.Connection, request: PaidRequest, answer: Mapping[str, Any]
    ) -> None:
        """Record an answer within the transaction of what it answers; raises as ``check`` does."""
        if request.key is None:
            return
        self._check(request, rows.execute(_FIND, (request.key,)).fetchone())
        row = {"key": request.key, "fingerprint": request.fingerprint}
        insert(rows, "idempotency_keys", {**row, "answer": json.dumps(answer), "created_at": now()})

    def forget(self, before: str) -> None:
        """Delete the keys that came before a time."""
        if self._database.first("SELECT 1 FROM idempotency_keys WHERE created_at < ?", (before,)):
            with self._database.write(durable=False) as rows:
                rows.execute("DELETE FROM idempotency_keys WHERE created_at < ?", (before,))

    def _check(self, request: PaidRequest, row: sqlite3.Row | None) -> None:
        if row is None:
            return
        if row["fingerprint"] != request.fingerprint:
            raise Refusal(
                409,
                "IDEMPOTENCY_KEY_REUSED",
                "This Idempotency-Key came before, with another request: use a new one.",
            )
        raise AlreadyAnswered(json.loads(row["answer"]))


_FIND = "SELECT fingerprint, answer FROM idempotency_keys WHERE key = ?"
