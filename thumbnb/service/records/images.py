"""Stored pictures: what was uploaded, what a generation works from, and what it made."""

# ruff: noqa: S608 - the statements are put together of our own words, never a client's

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thumbnb.service.refusal import missing
from thumbnb.service.store.identifiers import now
from thumbnb.service.store.rows import JsonColumn, insert

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping, Sequence

    from thumbnb.service.media.files import Draft, Media
    from thumbnb.service.media.open_image import Still
    from thumbnb.service.store.database import Store

UPLOADED = ("face", "template", "bucket")

_COPIED = "name, description, sha256, media_type, size, width, height"


def new_uuid() -> str:
    """Make an id as YouThumb writes them."""
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A stored picture; what its ``role`` can be the schema says."""

    id: str
    role: str
    owner_id: str | None
    position: int
    name: str
    description: str | None
    sha256: str
    media_type: str
    size: int
    width: int
    height: int
    data: str
    created_at: str

    fields = JsonColumn("data")
    """What else is known of it, read."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """A picture that is not stored yet: a sealed draft."""

    draft: Draft
    still: Still


# Where a picture comes from: new, or the id of one that is stored.
Origin = Fresh | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A picture for a project or a generation to work from, and its place there."""

    role: str
    position: int
    name: str
    origin: Origin


class Pictures:
    """Finds, stores and removes pictures."""

    def __init__(self, store: Store, media: Media) -> None:
        self._store = store
        self._media = media

    def find(self, picture_id: str, roles: Collection[str] = UPLOADED) -> Picture:
        """Find a picture in one of these roles, or refuse with 404."""
        row = self._store.first(
            "SELECT * FROM pictures WHERE id = ? AND role IN (SELECT value FROM json_each(?))",
            (picture_id, json.dumps(list(roles))),
        )
        if row is None:
            raise missing("result" if "result" in roles else "asset", picture_id)
        return Picture(**row)

    def page(
        self, roles: Collection[str], search: str | None, limit: int, offset: int
    ) -> tuple[list[Picture], int]:
        """List uploaded pictures, newest first; gives one page, and how many there are in all."""
        parameters = {
            "roles": json.dumps(list(roles)),
            "search": search,
            "limit": limit,
            "offset": offset,
        }
        where = (
            "role IN (SELECT value FROM json_each(:roles)) AND (:search IS NULL "
            "OR instr(lower(name || ' ' || ifnull(description, '')), lower(:search)))"
        )
        found = self._store.read(
            f"SELECT * FROM pictures WHERE {where} ORDER BY rowid DESC LIMIT :limit OFFSET :offset",
            parameters,
        )
        total = self._store.first(f"SELECT count(*) AS n FROM pictures WHERE {where}", parameters)
        return [Picture(**row) for row in found], 0 if total is None else int(total["n"])

    def of(self, owner_ids: Sequence[str]) -> Mapping[str, list[Picture]]:
        """Give the pictures of projects or generations by their ids, each owner's in order."""
        found: defaultdict[str, list[Picture]] = defaultdict(list)
        for row in self._store.read(
            "SELECT * FROM pictures WHERE owner_id IN (SELECT value FROM json_each(?)) "
            "ORDER BY role, position",
            (json.dumps(list(owner_ids)),),
        ):
            found[row["owner_id"]].append(Picture(**row))
        return found

    def add(self, role: str, name: str, description: str | None, fresh: Fresh) -> Picture:
        """Store an uploaded picture."""
        with self._store.write() as rows:
            picture_id = self.insert(rows, fresh, role=role, name=name, description=description)
        return self.find(picture_id)

    def insert(self, rows: sqlite3.Connection, fresh: Fresh, **fields: Any) -> str:
        """Store a picture within a transaction; gives its id."""
        row = {
            "id": new_uuid(),
            "sha256": self._media.keep(fresh.draft),
            "media_type": fresh.still.media_type,
            "size": fresh.still.size,
            "width": fresh.still.width,
            "height": fresh.still.height,
            "created_at": now(),
            **fields,
        }
        insert(rows, "pictures", row)
        return str(row["id"])

    def place(self, rows: sqlite3.Connection, owner_id: str, placement: Placement) -> None:
        """Give a project or generation a picture to work from, that stays when others go."""
        place = {
            "role": placement.role,
            "owner_id": owner_id,
            "position": placement.position,
            "name": placement.name,
        }
        if isinstance(placement.origin, Fresh):
            self.insert(rows, placement.origin, **place)
            return
        row = rows.execute(
            f"SELECT {_COPIED} FROM pictures WHERE id = ?", (placement.origin,)
        ).fetchone()
        if row is None:
            raise missing("asset", placement.origin)
        insert(rows, "pictures", {**row, "id": new_uuid(), "created_at": now(), **place})

    def delete(self, picture_id: str) -> None:
        """Remove an uploaded picture; whoever has it as a portrait loses it."""
        with self._store.write() as rows:
            gone = rows.execute(
                "DELETE FROM pictures WHERE id = ? AND role IN ('face', 'template') RETURNING id",
                (picture_id,),
            ).fetchall()
        if not gone:
            raise missing("asset", picture_id)
        self._media.remove_unused()

    def sweep(self, before: str) -> None:
        """Forget temporary uploads made ``before`` a time of day."""
        with self._store.write() as rows:
            rows.execute("DELETE FROM pictures WHERE role = 'bucket' AND created_at < ?", (before,))
