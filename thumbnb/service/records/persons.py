"""PersonStore: a name, and the portraits that show them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb.service.records.images import Image
from thumbnb.service.refusal import invalid, missing
from thumbnb.service.store.identifiers import new_uuid, now
from thumbnb.service.store.rows import insert

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from thumbnb.storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whose face goes into thumbnails."""

    id: str
    name: str
    description: str | None
    is_default: int
    created_at: str
    portraits: tuple[Image, ...]


class PersonStore:
    """Finds, makes, changes and removes persons."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Person]:
        """List the persons, newest first."""
        return self._persons(self._database.read("SELECT * FROM persons ORDER BY rowid DESC"))

    def get(self, person_id: str) -> Person:
        """Return a person, or refuse with 404."""
        found = self._persons(
            self._database.read("SELECT * FROM persons WHERE id = ?", (person_id,))
        )
        if not found:
            raise missing("person", person_id)
        return found[0]

    def get_by_name(self, name: str) -> Person:
        """Return the newest person of exactly this name, or refuse with 404."""
        found = self._persons(
            self._database.read(
                "SELECT * FROM persons WHERE name = ? ORDER BY rowid DESC LIMIT 1", (name,)
            )
        )
        if not found:
            raise missing("person", name)
        return found[0]

    def _persons(self, rows: Sequence[sqlite3.Row]) -> list[Person]:
        portraits: dict[str, list[Image]] = {row["id"]: [] for row in rows}
        for row in self._database.read(
            "SELECT l.person_id, p.* FROM portraits AS l JOIN pictures AS p ON p.id = l.picture_id "
            "WHERE l.person_id IN (SELECT value FROM json_each(?)) ORDER BY l.rowid",
            (json.dumps(list(portraits)),),
        ):
            fields = dict(row)
            portraits[fields.pop("person_id")].append(Image(**fields))
        return [Person(**row, portraits=tuple(portraits[row["id"]])) for row in rows]

    def add(self, name: str, description: str | None, image_ids: Sequence[str]) -> Person:
        """Make a person of uploaded faces."""
        person_id = new_uuid()
        row = {"id": person_id, "name": name, "description": description, "created_at": now()}
        with self._database.write() as rows:
            insert(rows, "persons", row)
            self._link(rows, person_id, image_ids)
        return self.get(person_id)

    def add_portraits(self, person_id: str, image_ids: Sequence[str]) -> Person:
        """Add uploaded faces to a person."""
        self.get(person_id)
        with self._database.write() as rows:
            self._link(rows, person_id, image_ids)
        return self.get(person_id)

    def _link(self, rows: sqlite3.Connection, person_id: str, image_ids: Sequence[str]) -> None:
        for image_id in image_ids:
            role = rows.execute("SELECT role FROM pictures WHERE id = ?", (image_id,)).fetchone()
            if role is None:
                raise missing("asset", image_id)
            if role["role"] != "face":
                fault = f"{image_id} is not an asset of type face."
                raise invalid(fault, {"imageIds": [fault]})
            rows.execute(
                "INSERT OR IGNORE INTO portraits (person_id, picture_id) VALUES (?, ?)",
                (person_id, image_id),
            )

    def remove_portrait(self, person_id: str, image_id: str) -> Person:
        """Detach a portrait; the image stays."""
        with self._database.write() as rows:
            gone = rows.execute(
                "DELETE FROM portraits WHERE person_id = ? AND picture_id = ? RETURNING 1",
                (person_id, image_id),
            ).fetchone()
        if gone is None:
            raise missing("portrait", image_id)
        return self.get(person_id)

    def change(self, person_id: str, fields: Mapping[str, str | None]) -> Person:
        """Change a person's ``name`` or ``description``."""
        with self._database.write() as rows:
            person = self.get(person_id)
            rows.execute(
                "UPDATE persons SET name = :name, description = :description WHERE id = :id",
                {"id": person.id, "name": person.name, "description": person.description, **fields},
            )
            return self.get(person_id)

    def set_default(self, person_id: str) -> Person:
        """Make a person the default one, and no other."""
        self.get(person_id)
        with self._database.write() as rows:
            rows.execute("UPDATE persons SET is_default = 0 WHERE is_default")
            rows.execute("UPDATE persons SET is_default = 1 WHERE id = ?", (person_id,))
        return self.get(person_id)

    def delete(self, person_id: str) -> None:
        """Remove a person; the images stay."""
        with self._database.write() as rows:
            gone = rows.execute(
                "DELETE FROM persons WHERE id = ? RETURNING id", (person_id,)
            ).fetchone()
        if gone is None:
            raise missing("person", person_id)
