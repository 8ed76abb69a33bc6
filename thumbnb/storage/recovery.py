"""Bringing rows back: from copies of a database, and from what a damaged file still gives."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thumbnb.storage import files
from thumbnb.storage.home import QUARANTINE

if TYPE_CHECKING:
    from collections.abc import Iterator

# What SQLite keeps of a database that is in use.
_PARTS = ("", "-wal", "-shm")


def set_aside(path: Path) -> Path:
    """Move a damaged database out of its place, into the home's quarantine; returns where to."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    folder = path.parent / QUARANTINE / stamp
    files.make_folder(folder)
    # The log goes first: on its own it belongs to no database.
    for part in reversed(_PARTS):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + part).replace(folder / (path.name + part))
    files.sync_folder(folder)
    files.sync_folder(path.parent)
    return folder / path.name


def quarantine(path: Path, home: Path, name: str) -> Path:
    """Move a file that nothing is known of into the home's quarantine, under a name."""
    folder = home / QUARANTINE
    files.make_folder(folder)
    files.move_file(path, folder / name)
    return folder / name


@contextlib.contextmanager
def open_source(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database to read from, without changing it: a copy is opened."""
    with tempfile.TemporaryDirectory(prefix="thumbnb-") as folder:
        for part in _PARTS[:2]:
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(path.with_name(path.name + part), Path(folder) / ("a" + part))
        with contextlib.closing(sqlite3.connect(Path(folder) / "a")) as source:
            source.row_factory = sqlite3.Row
            yield source


def read_rows(source: sqlite3.Connection, table: str) -> Iterator[dict[str, Any]]:
    """Give the rows of a table, as many as can be read of a damaged one; none if it is not there.

    Where a stretch of a table cannot be read, the rows behind it are tried by their number.
    """
    after: int | None = None
    for _ in range(1000):  # stretches
        where = "" if after is None else f" WHERE rowid > {after}"
        try:
            for row in source.execute(f"SELECT rowid AS _rowid, * FROM {table}{where}"):  # noqa: S608
                fields = dict(row)
                after = fields.pop("_rowid")
                yield fields
        except sqlite3.OperationalError:
            break  # no such table, or one whose rows have no numbers
        except sqlite3.DatabaseError:
            after = (0 if after is None else after) + 1
            continue
        return
    with contextlib.suppress(sqlite3.DatabaseError):
        for row in source.execute(f"SELECT * FROM {table}"):  # noqa: S608
            yield dict(row)


def copy_row(
    rows: sqlite3.Connection, table: str, row: dict[str, Any], *, leave: frozenset[str]
) -> bool:
    """Write a row of another database where none has its keys; says whether it was written.

    ``leave`` are columns that are not copied. Columns that this database does not have,
    and rows that it does not allow, are left out.
    """
    known = {name for _, name, *_ in rows.execute(f"PRAGMA table_info({table})")}
    kept = {name: value for name, value in row.items() if name in known - leave}
    columns, marks = ", ".join(kept), ", ".join(f":{name}" for name in kept)
    try:
        done = rows.execute(
            f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608
            kept,
        )
    except sqlite3.IntegrityError:
        return False
    return done.rowcount > 0


def tables(rows: sqlite3.Connection) -> list[str]:
    """List the tables, those that others refer to first."""
    found = rows.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "ORDER BY rowid"
    )
    return [row[0] for row in found]


def delete_dangling(rows: sqlite3.Connection) -> None:
    """Delete rows that refer to rows which are not there, until there are none."""
    while found := rows.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, *_ in found:
            if rowid is None:
                return  # a table whose rows have no numbers: none of ours refers to another
            rows.execute(f"DELETE FROM {table} WHERE rowid = ?", (rowid,))  # noqa: S608
