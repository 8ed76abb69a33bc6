"""Thumbnail projects: briefs that are kept, and can be generated again and again."""

# ruff: noqa: S608 - the statements are put together of our own words, never a client's

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thumbnb.service.refusal import Refusal, missing
from thumbnb.service.store.identifiers import new_uuid, now
from thumbnb.service.store.rows import JsonColumn, insert

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from thumbnb.service.records.images import ImageStore, Placement
    from thumbnb.storage.database import Database


# What a search looks at.
_WORDS = (
    "name || ' ' || json_extract(brief, '$.prompt') || ' ' "
    "|| ifnull(json_extract(brief, '$.title'), '')"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project. ``status``: draft, processing, completed, failed."""

    id: str
    name: str
    brief: str
    is_favorite: int
    created_at: str
    updated_at: str
    deleted_at: str | None
    restored_at: str | None
    seq: int
    status: str

    fields = JsonColumn("brief")
    """What was asked for, read."""


class ProjectStore:
    """Finds, makes, changes and lists projects. None is ever removed for good."""

    def __init__(self, database: Database, images: ImageStore) -> None:
        self._database = database
        self._images = images

    def add(self, name: str, brief: Mapping[str, Any], placements: Sequence[Placement]) -> Project:
        """Make a project, with the images it works from."""
        project_id, moment = new_uuid(), now()
        row = {"id": project_id, "name": name, "brief": json.dumps(brief)}
        with self._database.write() as rows:
            insert(rows, "projects", {**row, "created_at": moment, "updated_at": moment})
            for placement in placements:
                self._images.add_placed(rows, project_id, placement)
        return self.get(project_id)

    def get(self, project_id: str) -> Project:
        """Return a project that is not in the trash, or refuse with 404."""
        project = self._any(project_id)
        if project.deleted_at is not None:
            raise missing("project", project_id)
        return project

    def _any(self, project_id: str) -> Project:
        row = self._database.first("SELECT * FROM project_states WHERE id = ?", (project_id,))
        if row is None:
            raise missing("project", project_id)
        return Project(**row)

    def page(
        self,
        *,
        limit: int,
        offset: int,
        search: str | None = None,
        status: str | None = None,
        favorite: bool | None = None,
        deleted: bool = False,
    ) -> tuple[list[Project], int]:
        """List projects, newest first; gives one page, and how many there are in all."""
        where = (
            "(deleted_at IS NOT NULL) = :deleted "
            f"AND (:search IS NULL OR instr(lower({_WORDS}), lower(:search))) "
            "AND (:status IS NULL OR status = :status) "
            "AND (:favorite IS NULL OR is_favorite = :favorite)"
        )
        parameters = {
            "deleted": deleted,
            "search": search,
            "status": status,
            "favorite": favorite,
            "limit": limit,
            "offset": offset,
        }
        found = self._database.read(
            f"SELECT * FROM project_states WHERE {where} ORDER BY seq DESC "
            "LIMIT :limit OFFSET :offset",
            parameters,
        )
        total = self._database.first(
            f"SELECT count(*) AS n FROM project_states WHERE {where}", parameters
        )
        return [Project(**row) for row in found], 0 if total is None else int(total["n"])

    def rename(self, project_id: str, name: str) -> Project:
        """Give a project another name."""
        with self._database.write() as rows:
            return self._set(rows, self.get(project_id).id, name=name)

    def set_favorite(self, project_id: str, *, on: bool) -> Project:
        """Mark a project as a favourite, or no longer."""
        with self._database.write() as rows:
            return self._set(rows, self.get(project_id).id, is_favorite=int(on))

    def trash(self, project_id: str) -> Project:
        """Put a project into the trash; one that is at work cannot go."""
        with self._database.write() as rows:
            project = self._any(project_id)
            if project.deleted_at is not None:
                return project
            if project.status == "processing":
                raise Refusal(409, "ACTIVE", "A project with active jobs cannot be trashed")
            return self._set(rows, project_id, deleted_at=now())

    def restore(self, project_id: str) -> Project:
        """Bring a project back from the trash. Its jobs stay as they are."""
        with self._database.write() as rows:
            project = self._any(project_id)
            if project.deleted_at is None:
                return project
            return self._set(rows, project_id, deleted_at=None, restored_at=now())

    def _set(self, rows: sqlite3.Connection, project_id: str, **fields: Any) -> Project:
        fields["updated_at"] = fields.get("deleted_at") or now()
        changes = ", ".join(f"{name} = :{name}" for name in fields)
        rows.execute(f"UPDATE projects SET {changes} WHERE id = :id", {**fields, "id": project_id})
        return self._any(project_id)
