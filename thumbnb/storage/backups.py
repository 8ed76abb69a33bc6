"""Copies of a database beside it: made by SQLite itself, whole, and a few of them kept."""

from __future__ import annotations

import contextlib
import logging
import re
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from thumbnb.storage import files
from thumbnb.storage.home import BACKUPS

if TYPE_CHECKING:
    from pathlib import Path

logger = logging.getLogger(__name__)

KEPT = 2
EVERY = timedelta(days=1)
_STAMP = "%Y%m%dT%H%M%S%f"
_NAME = re.compile(r"(\w+)-([0-9a-f]{8})-(\d{8}T\d{12})\.sqlite3")


def back_up(rows: sqlite3.Connection, path: Path) -> Path:
    """Copy the database at ``path``, open as ``rows``, into the home's backups; returns the copy.

    Of one database the newest two are kept. Raises sqlite3.DatabaseError where it is
    damaged: then no older copy gives way to this one.
    """
    folder = path.parent / BACKUPS
    files.make_folder(folder)
    draft = folder / f".{uuid4().hex[:16]}{files.UNFINISHED}"
    try:
        files.create_file(draft).close()
        with contextlib.closing(sqlite3.connect(draft, isolation_level=None)) as copy:
            rows.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
            found = _faults(copy)
        if found:
            damaged = sqlite3.DatabaseError(found[0])
            damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise damaged
        identity = int(rows.execute("PRAGMA application_id").fetchone()[0])
        stamp = datetime.now(UTC).strftime(_STAMP)
        kept = folder / f"{path.stem}-{identity:08x}-{stamp}.sqlite3"
        files.move_file(draft, kept)
    finally:
        draft.unlink(missing_ok=True)
    for old in _all(path, identity)[:-KEPT]:
        old.unlink(missing_ok=True)
    return kept


def back_up_daily(rows: sqlite3.Connection, path: Path) -> None:
    """Copy the database, where the last copy is a day old; a full disk is only logged."""
    identity = int(rows.execute("PRAGMA application_id").fetchone()[0])
    found = _all(path, identity)
    if found and datetime.now(UTC) - made(found[-1]) < EVERY:
        return
    try:
        back_up(rows, path)
    except (OSError, sqlite3.OperationalError) as error:
        logger.warning("There is no copy of %s of today (%s).", path, error)


def newest(path: Path) -> Path | None:
    """Return the newest copy of the database at ``path``, whichever it was; None without one."""
    return max(_all(path), key=made, default=None)


def copies(path: Path) -> list[Path]:
    """List the copies of the database at ``path``, newest first, whichever it was."""
    return _all(path)[::-1]


def made(copy: Path) -> datetime:
    """Return when a copy was made."""
    found = _NAME.fullmatch(copy.name)
    assert found  # noqa: S101 - a name of ``_all``
    return datetime.strptime(found[3], _STAMP).replace(tzinfo=UTC)


def check(path: Path) -> list[str]:
    """Return what SQLite finds wrong with a database file, the worst of it; [] where it is sound.

    A file that is missing or empty is sound: there is nothing wrong with it as a database.
    """
    try:
        with contextlib.closing(sqlite3.connect(path.as_uri() + "?mode=rw", uri=True)) as rows:
            return _faults(rows)
    except sqlite3.Error as error:
        return [] if not path.exists() else [str(error)]


def _faults(rows: sqlite3.Connection) -> list[str]:
    try:
        found = [str(row[0]) for row in rows.execute("PRAGMA integrity_check(5)")]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [] if found == ["ok"] else [line.replace("\n", " ") for line in found]


def _all(path: Path, identity: int | None = None) -> list[Path]:
    """List the copies of the database at ``path``, oldest first; of one identity if given."""
    found = []
    with contextlib.suppress(FileNotFoundError):
        for copy in (path.parent / BACKUPS).iterdir():
            name = _NAME.fullmatch(copy.name)
            if name and name[1] == path.stem and identity in (None, int(name[2], 16)):
                found.append(copy)
    return sorted(found, key=made)
