"""The database: one SQLite file that several threads and processes share."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.service.lease import exclusively
from thumbnb.service.schema import MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    Parameters = Sequence[Any] | Mapping[str, Any]

BUSY_SECONDS = 30.0


class Store:
    """Rows that outlive the process.

    One connection behind a lock: every statement here takes microseconds, and
    a transaction holds nothing slower than a rename. Write-ahead logging lets
    other processes read meanwhile.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        # Turning the log on and migrating must not be done by two at once, and
        # SQLite does not wait for the first of these by itself.
        with exclusively(path.with_suffix(".lock")):
            self._connection = sqlite3.connect(
                path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                self._connection.row_factory = sqlite3.Row
                self._connection.execute("PRAGMA journal_mode = WAL")
                self._connection.execute("PRAGMA synchronous = NORMAL")
                self._connection.execute("PRAGMA foreign_keys = ON")
                self._migrate(path)
            except BaseException:
                self._connection.close()
                raise

    def _migrate(self, path: Path) -> None:
        version = int(self._connection.execute("PRAGMA user_version").fetchone()[0])
        if version > len(MIGRATIONS):
            raise errors.InvalidInput(
                f"{path} was written by a newer thumbnb (schema {version}).",
                hint="Upgrade thumbnb, or set THUMBNB_HOME to another folder.",
            )
        for number, statements in enumerate(MIGRATIONS[version:], start=version + 1):
            with self.write() as rows:
                for statement in statements:
                    rows.execute(statement)
                rows.execute(f"PRAGMA user_version = {number}")

    def read(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """Run one query and give all its rows."""
        with self._lock:
            return self._connection.execute(sql, parameters).fetchall()

    def first(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """Run one query and give its first row, if there is one."""
        return next(iter(self.read(sql, parameters)), None)

    @contextlib.contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction that holds the write lock from its start: all or nothing."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the database; closing twice is fine."""
        with self._lock:
            self._connection.close()
