"""Collections: named sets of videos and images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb.service.refusal import missing
from thumbnb.service.store.identifiers import new_id, now
from thumbnb.service.store.rows import insert, read_all, read_one

if TYPE_CHECKING:
    from thumbnb.storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A named set of videos and images."""

    id: str
    name: str
    description: str
    is_public: int
    created_at: str


class CollectionStore:
    """Lists, finds and makes collections."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Collection]:
        """List the collections, oldest first."""
        return read_all(self._database, Collection, "SELECT * FROM collections ORDER BY rowid")

    def get(self, collection_id: str) -> Collection:
        """Return a collection, or refuse with 404."""
        query = "SELECT * FROM collections WHERE id = :id"
        found = read_one(self._database, Collection, query, id=collection_id)
        if found is None:
            raise missing("collection", collection_id)
        return found

    def add(self, *, name: str, description: str, is_public: bool) -> Collection:
        """Make a collection."""
        row = {
            "id": new_id("c"),
            "name": name,
            "description": description,
            "is_public": int(is_public),
            "created_at": now(),
        }
        with self._database.write() as rows:
            insert(rows, "collections", row)
        return self.get(str(row["id"]))
