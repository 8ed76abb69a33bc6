"""A SQLite file that several threads and processes share."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from typing import TYPE_CHECKING, Any

from thumbnb import errors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    Parameters = Sequence[Any] | Mapping[str, Any]

BUSY_SECONDS = 30.0


class Database:
    """Rows that outlive the process: opened when first used, closed, and opened again.

    ``migrations`` are the steps that make the tables, each a list of statements; a
    step once released is never changed. One connection behind a lock: a transaction
    takes microseconds, and write-ahead logging lets other processes read meanwhile.

    Raises InvalidInput where the file cannot be used.
    """

    def __init__(self, path: Path, migrations: Sequence[Sequence[str]]) -> None:
        self.path = path
        self._migrations = migrations
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self._parents: list[sqlite3.Connection | None] = []

    def read(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """Run one query and give all its rows."""
        with self._lock:
            return self._open().execute(sql, parameters).fetchall()

    def first(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """Run one query and give its first row, if there is one."""
        return next(iter(self.read(sql, parameters)), None)

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Have all that is read inside be of one moment; nothing may be written there."""
        with self._lock:
            connection = self._open()
            connection.execute("BEGIN")
            try:
                yield
            finally:
                connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction that holds the write lock from its start: all or nothing."""
        with self._lock:
            connection = self._open()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self._lock:
            connection, self._connection = self._connection, None
            if connection is not None and self._process == os.getpid():
                connection.close()

    def __del__(self) -> None:
        self.close()

    # -- opening ------------------------------------------------------------------

    def _open(self) -> sqlite3.Connection:
        if self._connection is None or self._process != os.getpid():
            # A connection does not survive a fork, and its end in the child would
            # harm the parent's: the child keeps it, unused.
            self._parents.append(self._connection)
            self._connection, self._process = self._connect(), os.getpid()
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            connection = sqlite3.connect(
                self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
        except (OSError, sqlite3.Error) as error:
            raise errors.InvalidInput(
                f"The file {self.path} cannot be used ({error}).",
                hint="Set THUMBNB_HOME to a folder of your own.",
            ) from error
        try:
            connection.row_factory = sqlite3.Row
            _log_ahead(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            self._migrate(connection)
        except sqlite3.DatabaseError as error:
            connection.close()
            raise errors.InvalidInput(
                f"The file {self.path} cannot be used ({error}).",
                hint="Move it away, or set THUMBNB_HOME to another folder.",
            ) from error
        except BaseException:
            connection.close()
            raise
        return connection

    def _migrate(self, connection: sqlite3.Connection) -> None:
        newest = len(self._migrations)
        version = _version(connection)
        if version > newest:
            raise errors.InvalidInput(
                f"{self.path} was written by a newer thumbnb (schema {version}).",
                hint="Upgrade thumbnb, or set THUMBNB_HOME to another folder.",
            )
        if version == newest:
            return
        connection.execute("BEGIN IMMEDIATE")  # another process may be at it, or done by now
        try:
            for statements in self._migrations[_version(connection) :]:
                for statement in statements:
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {newest}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Turn the write-ahead log on; SQLite does not wait for another who does it just now."""
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return
