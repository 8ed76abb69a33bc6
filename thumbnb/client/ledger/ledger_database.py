"""The ledger's database: its SQL, and nothing else. Called in threads."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, fields
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING, Any

from thumbnb.client.ledger.choices_database import ChoicesDatabase
from thumbnb.client.ledger.migrations import MIGRATIONS
from thumbnb.client.ledger.recovery import warn_of_lost_runs
from thumbnb.client.ledger.run_record import (
    FRUITLESS,
    OPEN,
    PaidCall,
    RunRecord,
    RunState,
    SavedResult,
    digests_in,
    states_before,
)
from thumbnb.resilience.rate_limit import MINUTE, SlidingWindow
from thumbnb.storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path


_JSON = frozenset({"request", "known", "answer", "scores", "report"})


def _listed(states: Iterable[RunState]) -> str:
    """Return states as a list of SQL."""
    return ", ".join(f"'{state}'" for state in states)


_OPEN = _listed(OPEN)
_FRUITLESS = _listed(FRUITLESS)
_CARRIED_OUT = _listed((RunState.RUNNING, RunState.MADE, RunState.DONE))
_TO_RUNNING = _listed(states_before(RunState.RUNNING))
# Parameters of one query; SQLite allows 999 of them everywhere.
_AT_ONCE = 900


class LedgerDatabase:
    """What was paid for, in one file a home; several kernels may write at once.

    No key is ever in it. A method is one transaction.
    """

    def __init__(self, path: Path) -> None:
        self._rows = Database(
            path,
            MIGRATIONS,
            daily_backup=True,
            when_new=partial(warn_of_lost_runs, path.parent),
            for_people=True,
        )
        self.choices = ChoicesDatabase(self._rows)

    def open(self) -> None:
        """Make the file where there is none: a result that is there before it seems lost."""
        self._rows.read("SELECT 1")

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        self._rows.close()

    # -- writing ------------------------------------------------------------------

    def open_run(
        self, paid_call: PaidCall, now: float, *, force: bool = False
    ) -> tuple[RunRecord, bool]:
        """Write an intent, on the disk when this returns; return its run, and True.

        Where the same take of the same request is under way or done, return that
        one, and False, unless ``force``. Without a take, it is the next one.
        """
        with self._rows.write() as rows:
            take = paid_call.take
            if take is None:
                [take] = rows.execute(
                    "SELECT ifnull(max(take), -1) + 1 FROM runs WHERE request_hash = ?",
                    (paid_call.digest,),
                ).fetchone()
            elif not force and (found := self._find(rows, paid_call.digest, take)):
                return RunRecord.read(found), False
            values = {
                "service": paid_call.service,
                "place": paid_call.service_url,
                "kind": paid_call.kind,
                "request": paid_call.request,
                "request_hash": paid_call.digest,
                "take": take,
                "state": RunState.INTENT,
                "prompt": paid_call.identity.get("prompt"),
                "preset": paid_call.identity.get("preset_key"),
                "engine": paid_call.identity.get("engine"),
                "known": list(paid_call.known),
                "project_id": paid_call.project_id,
                "reserved": paid_call.price,
                "idempotency_key": paid_call.idempotency_key or secrets.token_hex(16),
                "created": now,
            }
            names = ", ".join(values)
            marks = ", ".join(f":{name}" for name in values)
            [row] = rows.execute(
                f"INSERT INTO runs ({names}) VALUES ({marks}) RETURNING *",  # noqa: S608
                _encoded(values),
            ).fetchall()
            return RunRecord.read(row), True

    def find_run(self, digest: str, take: int) -> RunRecord | None:
        """Return the run of a take that is under way or done."""
        row = self._find(self._rows, digest, take)
        return RunRecord.read(row) if row else None

    @staticmethod
    def _find(rows: Any, digest: str, take: int) -> Any:
        query = (
            "SELECT * FROM runs WHERE request_hash = ? AND take = ? "  # noqa: S608
            f"AND state NOT IN ({_FRUITLESS}) "
            # Of one that was sent again, either may be the one that was carried out.
            f"ORDER BY state IN ({_CARRIED_OUT}) DESC, id DESC LIMIT 1"
        )
        if isinstance(rows, Database):
            return rows.first(query, (digest, take))
        return rows.execute(query, (digest, take)).fetchone()

    def find_states(self, digests: Sequence[str]) -> dict[tuple[str, int], RunState]:
        """Return how runs of these requests stand, by hash and take; not those that failed."""
        found: dict[tuple[str, int], RunState] = {}
        distinct = list(dict.fromkeys(digests))
        for start in range(0, len(distinct), _AT_ONCE):
            some = distinct[start : start + _AT_ONCE]
            rows = self._rows.read(
                "SELECT request_hash, take, state FROM runs "  # noqa: S608
                f"WHERE request_hash IN ({', '.join('?' * len(some))}) "
                f"AND state NOT IN ({_FRUITLESS}) ORDER BY state IN ({_CARRIED_OUT}), id",
                some,
            )
            found.update({(row[0], row[1]): RunState(row[2]) for row in rows})
        return found

    def update_run(
        self, run_id: int, state: RunState | None = None, *, durable: bool = True, **values: Any
    ) -> bool:
        """Change a run; to another ``state`` where that may follow its own. Returns whether."""
        values = values if state is None else {**values, "state": state}
        sets = ", ".join(f"{name} = :{name}" for name in values)
        where = "" if state is None else f" AND state IN ({_listed(states_before(state))})"
        with self._rows.write(durable=durable) as rows:
            done = rows.execute(
                f"UPDATE runs SET {sets} WHERE id = :run_id{where}",  # noqa: S608
                {**_encoded(values), "run_id": run_id},
            )
            return done.rowcount > 0

    def claim_job(self, run_id: int, job_id: str, now: float, credits: float | None) -> bool:  # noqa: A002
        """Say that a job is this run's; False where it is another's already."""
        with self._rows.write() as rows:
            done = rows.execute(
                "UPDATE OR IGNORE runs SET job_id = :job, "  # noqa: S608
                "started = ifnull(started, :now), "
                "credits = coalesce(:credits, credits, nullif(reserved, 0)), state = "
                f"CASE WHEN state IN ({_TO_RUNNING}) THEN 'running' ELSE state END "
                "WHERE id = :run AND (job_id IS NULL OR job_id = :job)",
                {"job": job_id, "now": now, "credits": credits, "run": run_id},
            )
            return done.rowcount > 0

    def put_results(self, run_id: int, results: Iterable[SavedResult]) -> None:
        """Write what a run has made; what is known of its bytes already stays."""
        with self._rows.write() as rows:
            for item in results:
                rows.execute(
                    "INSERT INTO results VALUES (:run_id, :position, :id, :url, :sha256, :width, "
                    ":height, :seed, :scores, :report, :engine, :cost, :currency) "
                    "ON CONFLICT DO UPDATE SET "
                    "url = excluded.url, id = excluded.id",
                    {**_encoded(asdict(item)), "run_id": run_id},
                )

    def mark_saved(self, run_id: int, position: int, sha256: str, size: tuple[int, int]) -> None:
        """Write that the bytes of a result are here."""
        with self._rows.write() as rows:
            rows.execute(
                "UPDATE results SET sha256 = ?, width = ?, height = ? "
                "WHERE run_id = ? AND position = ?",
                (sha256, *size, run_id, position),
            )

    def complete_run(self, run_id: int, now: float) -> None:
        """Write that a run is done, where all that it has made is here."""
        with self._rows.write() as rows:
            rows.execute(
                "UPDATE runs SET state = 'done', saved = ? WHERE id = ? AND state = 'made' "
                "AND NOT EXISTS (SELECT 1 FROM results WHERE run_id = runs.id AND sha256 IS NULL)",
                (now, run_id),
            )

    # -- reading ------------------------------------------------------------------

    def run(self, run_id: int) -> RunRecord | None:
        """Return a run by its number."""
        row = self._rows.first("SELECT * FROM runs WHERE id = ?", (run_id,))
        return RunRecord.read(row) if row else None

    def run_of_job(self, place: str, job_id: str) -> RunRecord | None:
        """Return the run a service's job belongs to."""
        row = self._rows.first("SELECT * FROM runs WHERE place = ? AND job_id = ?", (place, job_id))
        return RunRecord.read(row) if row else None

    def open_runs(self, places: Sequence[str]) -> list[RunRecord]:
        """Return the runs at these places that are not ended, oldest first."""
        marks = ", ".join("?" * len(places))
        rows = self._rows.read(
            f"SELECT * FROM runs WHERE state IN ({_OPEN}) AND place IN ({marks}) "  # noqa: S608
            "ORDER BY id",
            places,
        )
        return [RunRecord.read(row) for row in rows]

    def runs_of_project(self, place: str, project_id: str) -> list[RunRecord]:
        """Return all runs of a project."""
        rows = self._rows.read(
            "SELECT * FROM runs WHERE place = ? AND project_id = ? ORDER BY id",
            (place, project_id),
        )
        return [RunRecord.read(row) for row in rows]

    def results_of(self, run_id: int) -> list[SavedResult]:
        """Return what a run has made, in paid_call."""
        rows = self._rows.read(
            "SELECT * FROM results WHERE run_id = ? ORDER BY position", (run_id,)
        )
        return [_saved(row) for row in rows]

    def tables(self) -> tuple[dict[str, Sequence[Any]], dict[str, Sequence[Any]]]:
        """Return the columns of all runs and of all results, oldest first."""
        runs = self._rows.read(f"SELECT {_select(_RUNS)} FROM runs ORDER BY id")  # noqa: S608
        results = self._rows.read(
            f"SELECT {_select(_RESULTS)} FROM results ORDER BY run_id, number"  # noqa: S608
        )
        return _columns(_RUNS, runs), _columns(_RESULTS, results)

    def save_durations(self, learned: Iterable[Sequence[Any]]) -> None:
        """Write what was learned of durations: service, kind, preset, and numbers."""
        with self._rows.write(durable=False) as rows:
            rows.executemany(
                "INSERT OR REPLACE INTO durations VALUES (?, ?, ?, ?)",
                [(*row[:3], json.dumps(row[3:])) for row in learned],
            )

    def durations(self) -> list[list[Any]]:
        """Return what was learned of durations, as it was written."""
        rows = self._rows.read("SELECT * FROM durations")
        return [[*tuple(row)[:3], *json.loads(row["belief"])] for row in rows]

    def count_request(self, host: str, limit: int, now: float) -> float:
        """Count a request to a host that allows so many a minute; 0.0 where it may go.

        Else it is not counted, and the seconds until it may are returned.
        """
        with self._rows.write(durable=False) as rows:
            # What lies in the future was written before the clock was set back.
            rows.execute("DELETE FROM sent WHERE at <= ? OR at > ?", (now - MINUTE, now + MINUTE))
            sent = rows.execute("SELECT at FROM sent WHERE host = ? ORDER BY at", (host,))
            wait = SlidingWindow(limit, events=[row["at"] for row in sent]).wait(now)
            if not wait:
                rows.execute("INSERT INTO sent VALUES (?, ?)", (host, now))
            return wait

    def result_digests(self) -> set[str]:
        """Return the hashes of all the results' bytes that are here."""
        rows = self._rows.read("SELECT DISTINCT sha256 FROM results WHERE sha256 IS NOT NULL")
        return {row["sha256"] for row in rows}

    def named_digests(self) -> set[str]:
        """Return the hashes of all bytes that any run has made or was made from."""
        rows = self._rows.read("SELECT request FROM runs")
        return self.result_digests() | {name for row in rows for name in digests_in(row["request"])}

    def needed_digests(self) -> set[str]:
        """Return the hashes of all bytes that runs not ended have made or are made from."""
        rows = self._rows.read(
            "SELECT request, sha256 FROM runs LEFT JOIN results ON run_id = runs.id "  # noqa: S608
            f"WHERE state IN ({_OPEN})"
        )
        given = {name for row in rows for name in digests_in(row["request"])}
        return given | {row["sha256"] for row in rows if row["sha256"]}


_RUNS = {
    "run": "id",
    "created": "created",
    "service": "service",
    "kind": "kind",
    "state": "state",
    "prompt": "prompt",
    "preset": "preset",
    "title": "coalesce(json_extract(request, '$.changes.title'), "
    "json_extract(request, '$.draft.title'))",
    "engine": "ifnull((SELECT engine FROM results WHERE run_id = runs.id LIMIT 1), engine)",
    "take": "take",
    "credits": "credits",
    "start_seconds": "started - created",
    "queue_seconds": "queued",
    "seconds": "noticed - started",
    "detect_seconds": "max(0, noticed - started - lasted)",
    "save_seconds": "saved - noticed",
    "retries": "retries",
    "error": "error",
    "job_id": "job_id",
    "project_id": "project_id",
    "service_url": "place",
    "request": "request",
}
_RESULTS = {
    "run": "run_id",
    "engine_cost": "cost",
    "engine_currency": "currency",
    "number": "position + 1",  # as results and cards are numbered
} | {
    name: name
    # Not the reports: they are most of a ledger, and a run's results have them.
    for name in ("width", "height", "seed", "scores", "sha256", "id", "url")
}


def _select(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{sql} AS {name}" for name, sql in columns.items())


def _columns(names: Iterable[str], rows: Sequence[Any]) -> dict[str, Sequence[Any]]:
    # Turned over in one call: asking each row for each name took three times as long.
    columns: Iterable[Sequence[Any]] = zip(*rows, strict=True) if rows else repeat(())
    return dict(zip(names, columns, strict=False))


def _saved(row: Any) -> SavedResult:
    values = {name: row[name] for name in _SAVED}
    return SavedResult(**{k: json.loads(v) if k in _JSON else v for k, v in values.items()})


def _encoded(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: json.dumps(value, ensure_ascii=False)
        if name in _JSON and value is not None
        else value
        for name, value in values.items()
    }


_SAVED = [item.name for item in fields(SavedResult)]
