"""Rows of the database: written from plain data, and a text column of them read as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping


def insert(rows: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> None:
    """Write one row; the names of the table and the columns are our own."""
    columns, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    rows.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", dict(row))  # noqa: S608


class JsonColumn:
    """An attribute that reads another one, which holds an object as JSON."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, row: object, owner: type | None = None) -> dict[str, Any]:
        """Read it."""
        read: dict[str, Any] = json.loads(getattr(row, self._name))
        return read
