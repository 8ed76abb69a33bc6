"""GenerationStore: the jobs that make thumbnails, as their project shows them."""

# ruff: noqa: S608 - the statements are put together of our own words, never a client's

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thumbnb.briefs import COMPOSITOR
from thumbnb.service.refusal import Refusal, missing
from thumbnb.service.store.identifiers import new_uuid, now
from thumbnb.service.store.rows import JsonColumn, insert

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from thumbnb.service.jobs.queue import JobQueue, Record
    from thumbnb.service.records.credits import Credits
    from thumbnb.service.records.images import Image, ImageStore, Placement
    from thumbnb.storage.database import Database

KIND = "thumbnails"
# Of those that an engine paints each has a kind of its own: only who has the engine takes them.
ENGINE_KIND = f"{KIND}:"
STATUSES = ("pending", "processing", "completed", "failed")
ACTIVE = frozenset({"pending", "processing"})
# How long to wait where too many jobs are under way (seconds): about one job's time.
BUSY_WAIT = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """A generation: its ``params`` are what the job works by."""

    id: str
    project_id: str
    is_favorite: int
    deleted_at: str | None
    seq: int
    params: str
    error: str | None
    result: str | None
    created_at: str
    ended_at: str | None
    status: str

    fields = JsonColumn("params")
    """What was asked for, read."""

    @property
    def reason(self) -> str | None:
        """Why it failed."""
        return None if self.error is None else str(json.loads(self.error)["message"])

    @property
    def reason_code(self) -> str | None:
        """Why it failed, as a word for programs."""
        return None if self.error is None else str(json.loads(self.error)["code"])

    @property
    def missing(self) -> list[dict[str, Any]]:
        """The variations that could not be made while others were, and why."""
        found = {} if self.result is None else json.loads(self.result)
        return list(found.get("missing", ()))


@dataclass(frozen=True, slots=True)
class Result:
    """An image that a completed generation made, and where it belongs."""

    image: Image
    generation: Generation
    project_name: str


def kind_of(params: Mapping[str, Any]) -> str:
    """Return the kind of job that makes a generation, by its engine."""
    engine = params.get("engine") or COMPOSITOR
    return KIND if engine == COMPOSITOR else f"{ENGINE_KIND}{engine}"


class GenerationStore:
    """Begins, finds and lists generations."""

    def __init__(
        self,
        database: Database,
        jobs: JobQueue,
        account: Credits,
        images: ImageStore,
        parallel: int,
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._credits = account
        self._images = images
        self._parallel = parallel

    def start(
        self,
        project_id: str,
        params: Mapping[str, Any],
        placements: Sequence[Placement],
        record: Record | None = None,
    ) -> Generation:
        """Queue a generation: its job, its images and its price in one transaction.

        ``record`` comes first in it: it writes what belongs to the request, or ends it.
        """
        generation_id = new_uuid()
        with self._database.write() as rows:
            if record is not None:
                record(rows, generation_id)
            if not rows.execute(
                "UPDATE projects SET updated_at = ? WHERE id = ? AND deleted_at IS NULL "
                "RETURNING 1",
                (now(), project_id),
            ).fetchall():
                raise missing("project", project_id)
            active = rows.execute(
                "SELECT count(*) AS n FROM jobs WHERE state IN ('queued', 'running') "
                "AND (kind = ? OR substr(kind, 1, ?) = ?)",
                (KIND, len(ENGINE_KIND), ENGINE_KIND),
            ).fetchone()
            if active["n"] >= self._parallel:
                raise Refusal(
                    429, "TOO_MANY_JOBS", "Too many parallel jobs running", wait=BUSY_WAIT
                )
            self._jobs.insert(rows, generation_id, kind_of(params), generation_id, params)
            self._credits.charge(rows, params["variations"], "generation", generation_id)
            insert(rows, "generations", {"id": generation_id, "project_id": project_id})
            for placement in placements:
                self._images.add_placed(rows, generation_id, placement)
        return self.get(generation_id)

    def landed(self, job_id: str, rows: sqlite3.Connection) -> dict[str, Any] | None:
        """Settle a generation that is cancelled: what has landed is kept, and paid for.

        Gives the job's result where anything has landed, else None.
        """
        found = rows.execute(
            "SELECT count(*) AS n FROM pictures WHERE owner_id = ? AND role = 'result'", (job_id,)
        ).fetchone()
        if not found["n"]:
            return None
        rows.execute("UPDATE charges SET credits = ? WHERE job_id = ?", (found["n"], job_id))
        return {"id": job_id, "cancelled": True}

    def get(self, generation_id: str) -> Generation:
        """Return a generation that is not in the trash, nor its project, or refuse with 404."""
        generation = self._any(generation_id)
        if generation.deleted_at is not None or self._orphan(generation):
            raise missing("job", generation_id)
        return generation

    def _any(self, generation_id: str) -> Generation:
        row = self._database.first("SELECT * FROM generation_states WHERE id = ?", (generation_id,))
        if row is None:
            raise missing("job", generation_id)
        return Generation(**row)

    def _orphan(self, generation: Generation) -> bool:
        row = self._database.first(
            "SELECT deleted_at FROM projects WHERE id = ?", (generation.project_id,)
        )
        return row is None or row["deleted_at"] is not None

    def of_project(self, project_id: str) -> list[Generation]:
        """List a project's visible generations, newest first."""
        found = self._database.read(
            "SELECT * FROM generation_states WHERE project_id = ? AND deleted_at IS NULL "
            "ORDER BY seq DESC",
            (project_id,),
        )
        return [Generation(**row) for row in found]

    def latest(self, project_ids: Sequence[str]) -> dict[str, Image]:
        """Give the first image of each project's newest completed generation."""
        found = self._database.read(
            "SELECT project_id, max(seq), id FROM generation_states "
            "WHERE project_id IN (SELECT value FROM json_each(?)) "
            "AND status = 'completed' AND deleted_at IS NULL GROUP BY project_id",
            (json.dumps(list(project_ids)),),
        )
        images = self._images.by_owner([row["id"] for row in found])
        results = {
            row["project_id"]: [p for p in images[row["id"]] if p.role == "result"] for row in found
        }
        return {project_id: made[0] for project_id, made in results.items() if made}

    def results(
        self,
        *,
        limit: int,
        offset: int,
        favorite: bool | None = None,
        project_id: str | None = None,
    ) -> tuple[list[Result], int]:
        """List the images of completed generations, newest first, over all projects."""
        source = (
            "FROM generation_states AS g JOIN projects AS p ON p.id = g.project_id "
            "JOIN pictures AS r ON r.owner_id = g.id AND r.role = 'result' "
            "WHERE g.status = 'completed' AND g.deleted_at IS NULL AND p.deleted_at IS NULL "
            "AND (:favorite IS NULL OR g.is_favorite = :favorite) "
            "AND (:project_id IS NULL OR g.project_id = :project_id)"
        )
        parameters = {
            "favorite": favorite,
            "project_id": project_id,
            "limit": limit,
            "offset": offset,
        }
        total = self._database.first(f"SELECT count(*) AS n {source}", parameters)
        found = self._database.read(
            f"SELECT g.id AS generation_id, r.id AS image_id, p.name {source} "
            "ORDER BY g.seq DESC, r.position LIMIT :limit OFFSET :offset",
            parameters,
        )
        return [
            Result(
                self._images.get(row["image_id"], ("result",)),
                self._any(row["generation_id"]),
                row["name"],
            )
            for row in found
        ], 0 if total is None else int(total["n"])

    def result(self, project_id: str, result_id: str) -> Image:
        """Return an image of a project's visible completed generation, or refuse with 404."""
        image = self._images.get(result_id, ("result",))
        generation = self.get(str(image.owner_id))
        if generation.project_id != project_id or generation.status != "completed":
            raise missing("result", result_id)
        return image

    # -- keeping ----------------------------------------------------------------------

    def trashed(self, *, limit: int, offset: int) -> tuple[list[Generation], int]:
        """List the generations in the trash, the last one to go first."""
        found = self._database.read(
            "SELECT * FROM generation_states WHERE deleted_at IS NOT NULL "
            "ORDER BY deleted_at DESC, seq DESC LIMIT ? OFFSET ?",
            (limit, offset),
        )
        total = self._database.first(
            "SELECT count(*) AS n FROM generations WHERE deleted_at IS NOT NULL"
        )
        return [Generation(**row) for row in found], 0 if total is None else int(total["n"])

    def set_favorite(self, generation_id: str, *, on: bool) -> Generation:
        """Mark a generation as a favourite, or no longer."""
        return self._set(self.get(generation_id).id, "is_favorite", int(on))

    def trash(self, generation_id: str) -> Generation:
        """Put a generation into the trash; one that is at work cannot go."""
        generation = self._any(generation_id)
        if generation.status in ACTIVE:
            raise Refusal(409, "ACTIVE", "An active job cannot be trashed")
        if generation.deleted_at is not None:
            return generation
        return self._set(generation_id, "deleted_at", now())

    def restore(self, generation_id: str) -> Generation:
        """Bring a generation back from the trash, where its project is not in it."""
        generation = self._any(generation_id)
        if self._orphan(generation):
            raise Refusal(409, "PARENT_DELETED", "The job's project is in the trash")
        if generation.deleted_at is None:
            return generation
        return self._set(generation_id, "deleted_at", None)

    def _set(self, generation_id: str, column: str, value: Any) -> Generation:
        with self._database.write() as rows:
            rows.execute(
                f"UPDATE generations SET {column} = ? WHERE id = ?", (value, generation_id)
            )
        return self._any(generation_id)
