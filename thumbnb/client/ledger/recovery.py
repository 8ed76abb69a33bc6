"""Looking after the ledger: what is wrong with it, and bringing back runs from its copies.

Nothing is deleted. Results that no run names stay where they are: ``client.result_store.get``
finds them by their hashes, and they may be images that were given and not paid for.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thumbnb.client.ledger.migrations import CHOSEN, MIGRATIONS
from thumbnb.client.ledger.run_record import digests_in
from thumbnb.storage import backups
from thumbnb.storage.database import Database
from thumbnb.storage.recovery import copy_row, open_source, read_rows, set_aside

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

logger = logging.getLogger(__name__)

FILE = "ledger.sqlite3"
RESULTS = "results"
# What makes two rows the same run, whatever its number.
_SAME = ("created", "request_hash", "take", "place")


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFindings:
    """What a check has found: SQLite's words, results without a run, and the copies there are."""

    database: Path
    faults: list[str]
    without_runs: int
    copies: list[Path]

    @property
    def is_sound(self) -> bool:
        """Whether there is nothing to repair."""
        return not self.faults

    def lines(self) -> list[str]:
        """Say what was found, a sentence a line."""
        found = [f"The ledger {self.database} is damaged: {fault}." for fault in self.faults]
        found = found or [f"The ledger {self.database} is sound."]
        if self.without_runs:
            found.append(
                f"{self.without_runs} files in {self.database.parent / RESULTS} are of no run: "
                "images that were given, or results whose runs were lost."
            )
        made = ", ".join(f"{backups.made(copy):%Y-%m-%d %H:%M}" for copy in self.copies)
        found.append(f"Copies of the ledger: {made or 'none'}.")
        return found


def warn_of_lost_runs(home: Path) -> None:
    """Log that results are there and their runs are not, where the ledger has just been made."""
    count = sum(1 for _ in (home / RESULTS).glob("??/*"))
    if count:
        logger.warning(
            "There was no ledger in %s, and %d files in %s are of no run now. None is deleted. "
            "`thumbnb home repair` brings back the runs that a copy of the ledger has.",
            home,
            count,
            home / RESULTS,
        )


def check_ledger(home: Path) -> LedgerFindings:
    """Check the ledger of a home and its results; nothing is changed."""
    path = home / FILE
    faults = backups.check(path) if path.exists() else []
    stored = {each.name for each in (home / RESULTS).glob("??/*") if not each.suffix}
    if path.exists():
        with open_source(path) as source:
            stored -= {row["sha256"] for row in read_rows(source, "results")}
            for run in read_rows(source, "runs"):
                stored -= set(digests_in(run["request"]))
    return LedgerFindings(
        database=path, faults=faults, without_runs=len(stored), copies=backups.copies(path)
    )


def repair_ledger(home: Path) -> list[str]:
    """Bring back the runs that copies know and the ledger does not; says what was done.

    A damaged ledger is put aside first, and its own runs are brought back before those of
    its copies. Run it while no kernel uses the home.
    """
    path, done = home / FILE, []
    sources = backups.copies(path)
    if path.exists() and backups.check(path):
        aside = set_aside(path)
        done.append(f"The damaged ledger is kept as {aside}.")
        sources.insert(0, aside)
    if not sources:
        return done
    ledger = Database(path, MIGRATIONS)
    try:
        count = 0
        for each in sources:
            with open_source(each) as source, ledger.write() as rows:
                count += _import_runs(rows, source)
    finally:
        ledger.close()
    if count:
        done.append(f"{count} runs were brought back into the ledger.")
    return done


def _import_runs(rows: sqlite3.Connection, source: sqlite3.Connection) -> int:
    numbers: dict[int, int] = {}
    for run in read_rows(source, "runs"):
        same = " AND ".join(f"{name} IS :{name}" for name in _SAME)
        if rows.execute(f"SELECT 1 FROM runs WHERE {same}", run).fetchone():  # noqa: S608
            continue
        taken = rows.execute("SELECT 1 FROM runs WHERE id = ?", (run["id"],)).fetchone()
        leave = frozenset({"id"}) if taken else frozenset()
        if copy_row(rows, "runs", run, leave=leave):
            [number] = rows.execute("SELECT last_insert_rowid()").fetchone()
            numbers[run["id"]] = number
    for result in read_rows(source, "results"):
        if result["run_id"] in numbers:
            moved: dict[str, Any] = {**result, "run_id": numbers[result["run_id"]]}
            copy_row(rows, "results", moved, leave=frozenset())
    for table in CHOSEN:
        for row in read_rows(source, table):
            copy_row(rows, table, row, leave=frozenset())
    return len(numbers)
