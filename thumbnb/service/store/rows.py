"""Rows of the database: written from plain data, read into records."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from thumbnb.storage.database import Database

R = TypeVar("R")

# Part of a WHERE: in the collection of this parameter, or in any where it is NULL.
WITHIN_COLLECTION = "(:collection_id IS NULL OR collection_id = :collection_id)"


def insert(rows: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> None:
    """Write one row; the names of the table and the columns are our own."""
    columns, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    rows.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", dict(row))  # noqa: S608


def tables_with_files(rows: sqlite3.Connection) -> list[str]:
    """List the tables whose rows name files, by a column ``sha256``; each has ``created_at``."""
    found = rows.execute(
        "SELECT t.name FROM sqlite_master AS t, pragma_table_info(t.name) AS c "
        "WHERE t.type = 'table' AND t.name != 'unused_files' AND c.name = 'sha256'"
    )
    return [row[0] for row in found]


def read_one(database: Database, kind: type[R], sql: str, **parameters: Any) -> R | None:
    """Return the first row of a query as a record of this kind; None where there is none."""
    row = database.first(sql, parameters)
    return None if row is None else kind(**row)


def read_all(database: Database, kind: type[R], sql: str, **parameters: Any) -> list[R]:
    """Return all rows of a query as records of this kind."""
    return [kind(**row) for row in database.read(sql, parameters)]


class JsonColumn:
    """An attribute that reads another one, which holds an object as JSON."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, row: object, owner: type | None = None) -> dict[str, Any]:
        """Read it."""
        read: dict[str, Any] = json.loads(getattr(row, self._name))
        return read
