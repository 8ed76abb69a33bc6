"""The service's own tables in a database of its home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.service.store.migrations import MIGRATIONS
from thumbnb.storage.database import Database

if TYPE_CHECKING:
    from pathlib import Path

FILE = "service.sqlite3"


def open_database(home: Path) -> Database:
    """Return the database of a home, opened at once, so that a fault shows at the start."""
    database = Database(home / FILE, MIGRATIONS)
    database.read("SELECT 1")
    return database
