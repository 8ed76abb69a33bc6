"""Images as YouThumb keeps them: uploads, what a generation works from, and its results."""

# ruff: noqa: S608 - the statements are put together of our own words, never a client's

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thumbnb.service.refusal import missing
from thumbnb.service.store.identifiers import new_uuid, now
from thumbnb.service.store.rows import JsonColumn, insert

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping, Sequence

    from thumbnb.service.media.file_store import FileStore, NewFile
    from thumbnb.service.media.open_image import ImageInfo
    from thumbnb.storage.database import Database

UPLOADED = ("face", "template", "bucket")

# Once a result is there, nobody needs what it looked like before.
_PARTIAL = """
SELECT p.id, 'partial' AS role, p.job_id AS owner_id, p.position, 'partial' AS name,
    NULL AS description, p.sha256, p.media_type, p.size, p.width, p.height, '{}' AS data,
    p.created_at
FROM painted_images AS p JOIN jobs AS j ON j.id = p.job_id
WHERE p.is_partial AND j.state = 'running' AND p.job_id IN (SELECT value FROM json_each(?))
    AND NOT EXISTS (SELECT 1 FROM pictures AS r WHERE r.owner_id = p.job_id
        AND r.role = 'result' AND r.position = p.position)
ORDER BY p.position
"""

_COPIED = "name, description, sha256, media_type, size, width, height"


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A stored image; what its ``role`` can be the schema says."""

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
class NewImage:
    """An image that is not stored yet: a sealed new file, and what is known of it."""

    file: NewFile
    info: ImageInfo


# Where an image comes from: new, or the id of one that is stored.
Origin = NewImage | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """An image for a project or a generation to work from, and its place there."""

    role: str
    position: int
    name: str
    origin: Origin


class ImageStore:
    """Finds, stores and removes images."""

    def __init__(self, database: Database, files: FileStore) -> None:
        self._database = database
        self._files = files

    def get(self, image_id: str, roles: Collection[str] = UPLOADED) -> Image:
        """Return an image in one of these roles, or refuse with 404."""
        row = self._database.first(
            "SELECT * FROM pictures WHERE id = ? AND role IN (SELECT value FROM json_each(?))",
            (image_id, json.dumps(list(roles))),
        )
        if row is None:
            raise missing("result" if "result" in roles else "asset", image_id)
        return Image(**row)

    def page(
        self, roles: Collection[str], search: str | None, limit: int, offset: int
    ) -> tuple[list[Image], int]:
        """List uploaded images, newest first; gives one page, and how many there are in all."""
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
        found = self._database.read(
            f"SELECT * FROM pictures WHERE {where} ORDER BY rowid DESC LIMIT :limit OFFSET :offset",
            parameters,
        )
        total = self._database.first(
            f"SELECT count(*) AS n FROM pictures WHERE {where}", parameters
        )
        return [Image(**row) for row in found], 0 if total is None else int(total["n"])

    def by_owner(self, owner_ids: Sequence[str]) -> Mapping[str, list[Image]]:
        """Give the images of projects or generations by their ids, each owner's in order."""
        found: defaultdict[str, list[Image]] = defaultdict(list)
        for row in self._database.read(
            "SELECT * FROM pictures WHERE owner_id IN (SELECT value FROM json_each(?)) "
            "ORDER BY role, position",
            (json.dumps(list(owner_ids)),),
        ):
            found[row["owner_id"]].append(Image(**row))
        return found

    def partial(self, owner_ids: Sequence[str]) -> Mapping[str, list[Image]]:
        """Give the unfinished images that engines have shown of generations at work."""
        found: defaultdict[str, list[Image]] = defaultdict(list)
        for row in self._database.read(_PARTIAL, (json.dumps(list(owner_ids)),)):
            found[row["owner_id"]].append(Image(**row))
        return found

    def add(self, role: str, name: str, description: str | None, new: NewImage) -> Image:
        """Store an uploaded image."""
        with self._database.write() as rows:
            image_id = self.insert(rows, new, role=role, name=name, description=description)
        return self.get(image_id)

    def insert(self, rows: sqlite3.Connection, new: NewImage, **fields: Any) -> str:
        """Store an image within a transaction; gives its id."""
        row = {
            "id": new_uuid(),
            "sha256": self._files.keep(new.file),
            "media_type": new.info.media_type,
            "size": new.info.size,
            "width": new.info.width,
            "height": new.info.height,
            "created_at": now(),
            **fields,
        }
        insert(rows, "pictures", row)
        return str(row["id"])

    def add_placed(self, rows: sqlite3.Connection, owner_id: str, placement: Placement) -> None:
        """Give a project or generation an image to work from, that stays when others go."""
        place = {
            "role": placement.role,
            "owner_id": owner_id,
            "position": placement.position,
            "name": placement.name,
        }
        if isinstance(placement.origin, NewImage):
            self.insert(rows, placement.origin, **place)
            return
        row = rows.execute(
            f"SELECT {_COPIED} FROM pictures WHERE id = ?", (placement.origin,)
        ).fetchone()
        if row is None:
            raise missing("asset", placement.origin)
        insert(rows, "pictures", {**row, "id": new_uuid(), "created_at": now(), **place})

    def delete(self, image_id: str) -> None:
        """Remove an uploaded image; persons that have it as a portrait lose it."""
        with self._database.write() as rows:
            gone = rows.execute(
                "DELETE FROM pictures WHERE id = ? AND role IN ('face', 'template') RETURNING id",
                (image_id,),
            ).fetchall()
        if not gone:
            raise missing("asset", image_id)
        self._files.remove_unused()

    def delete_temporary(self, before: str) -> None:
        """Forget temporary uploads made ``before`` a time of day."""
        with self._database.write() as rows:
            rows.execute("DELETE FROM pictures WHERE role = 'bucket' AND created_at < ?", (before,))
