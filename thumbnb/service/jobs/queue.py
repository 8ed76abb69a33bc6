"""The durable queue of jobs. One living process at a time owns a running job."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thumbnb.service.refusal import Refusal, missing
from thumbnb.service.store.identifiers import new_id, now

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from thumbnb.service.store.process_lease import Lease
    from thumbnb.storage.database import Database

    # Writes the rows that a job leaves, and gives its result.
    Outcome = Callable[[sqlite3.Connection], dict[str, Any]]

# Writes the rows that belong to the request for a job, whose id it gets.
Record = Callable[[sqlite3.Connection, str], None]

# A job that was running at this many sudden deaths is taken to be their cause.
MAX_ATTEMPTS = 5

NEXT_QUEUED = """
SELECT seq FROM jobs WHERE state = 'queued'
AND kind IN (SELECT value FROM json_each(:kinds)) ORDER BY seq LIMIT 1
"""
_CLAIM = f"""
UPDATE jobs SET state = 'running', owner = :owner, attempts = attempts + 1
WHERE seq = ({NEXT_QUEUED}) RETURNING *
"""  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True)
class QueuedJob:
    """One piece of work and how it stands."""

    id: str
    kind: str
    params: Mapping[str, Any]
    state: str
    progress: float
    result: Mapping[str, Any] | None
    error: Refusal | None

    @property
    def ended(self) -> bool:
        """Whether it is done or failed."""
        return self.state in {"done", "failed"}


def _job(row: sqlite3.Row) -> QueuedJob:
    return QueuedJob(
        id=row["id"],
        kind=row["kind"],
        params=json.loads(row["params"]),
        state=row["state"],
        progress=row["progress"],
        result=json.loads(row["result"]) if row["result"] else None,
        error=Refusal.from_json(json.loads(row["error"])) if row["error"] else None,
    )


class OwnershipLost(Exception):
    """The job is no longer this process's to finish."""


class JobQueue:
    """The queue, in order of arrival."""

    def __init__(self, database: Database, lease: Lease) -> None:
        self._database = database
        self._lease = lease

    def submit(
        self, kind: str, key: str, params: Mapping[str, Any], record: Record | None = None
    ) -> QueuedJob:
        """Queue a job; where one with this key is still under way, give that one.

        ``record`` writes, in the same transaction, what belongs to the request for it.
        """
        with self._database.write() as rows:
            row = rows.execute(
                "SELECT * FROM jobs WHERE key = ? AND state IN ('queued', 'running')", (key,)
            ).fetchone()
            if row is None:
                job = self.insert(rows, new_id("job"), kind, key, params)
            else:
                job = _job(row)
                rows.execute("UPDATE jobs SET is_shared = 1 WHERE id = ?", (job.id,))
            if record is not None:
                record(rows, job.id)
            return job

    def insert(
        self, rows: sqlite3.Connection, job_id: str, kind: str, key: str, params: Mapping[str, Any]
    ) -> QueuedJob:
        """Queue a job within a transaction that writes what belongs to it as well."""
        row = rows.execute(
            "INSERT INTO jobs (id, kind, key, params, created_at) VALUES (?, ?, ?, ?, ?) "
            "RETURNING *",
            (job_id, kind, key, json.dumps(params), now()),
        ).fetchone()
        return _job(row)

    def get(self, job_id: str) -> QueuedJob:
        """Look a job up, or refuse with 404."""
        row = self._database.first("SELECT * FROM jobs WHERE id = ?", (job_id,))
        if row is None:
            raise missing("job", job_id)
        return _job(row)

    def claim(self, kinds: Collection[str]) -> QueuedJob | None:
        """Take the oldest queued job of these kinds for this process."""
        known = json.dumps(list(kinds))
        if self._database.first(NEXT_QUEUED, {"kinds": known}) is None:
            return None  # idle threads ask often, and take no write lock for it
        # Undone by a power cut, it is claimed again.
        with self._database.write(durable=False) as rows:
            row = rows.execute(_CLAIM, {"owner": self._lease.id, "kinds": known}).fetchone()
        return None if row is None else _job(row)

    def progress(self, job_id: str, fraction: float) -> None:
        """Note how far a job is, 0 to 1."""
        with self._database.write(durable=False) as rows:
            rows.execute("UPDATE jobs SET progress = ? WHERE id = ?", (fraction, job_id))

    @contextlib.contextmanager
    def holding(self, job_id: str) -> Iterator[sqlite3.Connection]:
        """Open a transaction for what a job leaves; ``OwnershipLost`` if it is no longer ours."""
        with self._database.write() as rows:
            mine = rows.execute(
                "SELECT 1 FROM jobs WHERE id = ? AND state = 'running' AND owner = ?",
                (job_id, self._lease.id),
            ).fetchone()
            if mine is None:
                raise OwnershipLost(job_id)
            yield rows

    def finish(self, job_id: str, outcome: Outcome) -> None:
        """Finish a job: what it leaves is written together with its end, so exactly once."""
        with self.holding(job_id) as rows:
            result = outcome(rows)
            rows.execute(
                "UPDATE jobs SET state = 'done', progress = 1, owner = NULL, result = ?, "
                "ended_at = ? WHERE id = ?",
                (json.dumps(result), now(), job_id),
            )

    def cancel(
        self, job_id: str, partial: Callable[[sqlite3.Connection], dict[str, Any] | None]
    ) -> QueuedJob:
        """End a job that is not done, as failed: what it costs is given back by that.

        Where part of it is there, ``partial`` gives the result that the job ends well with.
        A job that has ended stays as it is, and one that several requests wait for goes on.
        """
        with self._database.write() as rows:
            row = rows.execute("SELECT * FROM jobs WHERE id = ?", (job_id,)).fetchone()
            if row is None:
                raise missing("job", job_id)
            if row["state"] in {"queued", "running"} and not row["is_shared"]:
                result = partial(rows)
                error = Refusal(409, "CANCELLED", "The job was cancelled.").to_json()
                rows.execute(
                    "UPDATE jobs SET state = ?, owner = NULL, result = ?, error = ?, "
                    "ended_at = ? WHERE id = ?",
                    (
                        "failed" if result is None else "done",
                        None if result is None else json.dumps(result),
                        json.dumps(error) if result is None else None,
                        now(),
                        job_id,
                    ),
                )
        return self.get(job_id)

    def owned(self) -> set[str]:
        """Return the ids of the running jobs that belong to this process."""
        found = self._database.read(
            "SELECT id FROM jobs WHERE state = 'running' AND owner = ?", (self._lease.id,)
        )
        return {row["id"] for row in found}

    def ended(self, job_ids: Collection[str]) -> list[str]:
        """Return those of these jobs that have ended."""
        found = self._database.read(
            "SELECT id FROM jobs WHERE id IN (SELECT value FROM json_each(?)) "
            "AND state IN ('done', 'failed')",
            (json.dumps(list(job_ids)),),
        )
        return [row["id"] for row in found]

    def fail(self, job_id: str, error: Refusal) -> None:
        """Fail a job."""
        with self.holding(job_id) as rows:
            rows.execute(
                "UPDATE jobs SET state = 'failed', owner = NULL, error = ?, ended_at = ? "
                "WHERE id = ?",
                (json.dumps(error.to_json()), now(), job_id),
            )

    def release(self) -> None:
        """Queue again the jobs of this process, as an orderly stop does."""
        with self._database.write() as rows:
            rows.execute(
                "UPDATE jobs SET state = 'queued', owner = NULL, attempts = attempts - 1 "
                "WHERE state = 'running' AND owner = ?",
                (self._lease.id,),
            )

    def requeue_orphans(self) -> None:
        """Queue again the jobs of processes that have died."""
        owners = self._database.read("SELECT DISTINCT owner FROM jobs WHERE state = 'running'")
        for owner in [row["owner"] for row in owners if not self._lease.alive(row["owner"])]:
            error = Refusal(
                500, "INTERRUPTED", f"The service was stopped {MAX_ATTEMPTS} times while at this."
            )
            with self._database.write() as rows:
                rows.execute(
                    "UPDATE jobs SET state = 'failed', owner = NULL, error = ?, ended_at = ? "
                    "WHERE state = 'running' AND owner = ? AND attempts >= ?",
                    (json.dumps(error.to_json()), now(), owner, MAX_ATTEMPTS),
                )
                rows.execute(
                    "UPDATE jobs SET state = 'queued', owner = NULL "
                    "WHERE state = 'running' AND owner = ?",
                    (owner,),
                )
