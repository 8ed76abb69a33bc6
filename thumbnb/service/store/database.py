"""The service's own database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.database import Database
from thumbnb.service.store.migrations import MIGRATIONS

if TYPE_CHECKING:
    from pathlib import Path


class Store(Database):
    """Where the service keeps its rows. Opened at once: what is wrong with it is said at start."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, MIGRATIONS)
        self.read("SELECT 1")
