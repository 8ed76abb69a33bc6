"""What is wrong with the service's part of a home. Looking changes nothing."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from thumbnb.service.media.deletions import DeletionLog
from thumbnb.service.media.file_store import FOLDER, is_stored
from thumbnb.service.store.database import FILE
from thumbnb.storage import backups
from thumbnb.storage.recovery import open_source, read_rows, tables

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a check has found.

    ``faults`` are SQLite's words on the database, ``strays`` the files that no row names,
    ``missing`` the hashes of files that rows name and that are not there, ``copies`` the
    backups, newest first. ``deleted`` are the hashes of files that were deleted after the rows
    that name them were written: the database was restored from an older copy.
    """

    database: Path
    faults: list[str]
    strays: list[Path]
    missing: list[str]
    copies: list[Path]
    deleted: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether there is nothing to repair."""
        return not (self.faults or self.strays or self.missing or self.deleted)

    def lines(self) -> list[str]:
        """Say what was found, a sentence a line."""
        found = [f"The database {self.database} is damaged: {fault}." for fault in self.faults]
        if self.strays:
            found.append(
                f"{len(self.strays)} files in {self.strays[0].parent.parent} have no row in "
                "the database, the first of them "
                f"{', '.join(path.name[:12] for path in self.strays[:3])}."
            )
        if self.deleted:
            found.append(
                f"{len(self.deleted)} files that the database names were deleted since: it was "
                "restored from an older copy. `thumbnb home repair` takes them out of it."
            )
        if self.missing:
            found.append(
                f"{len(self.missing)} files that the database names are lost, the first of them "
                f"{', '.join(name[:12] for name in self.missing[:3])}. Put them back into "
                f"{self.database.parent / FOLDER} or send them again; `thumbnb home repair "
                "--forget-lost` gives them up."
            )
        if not found:
            found.append(f"The database {self.database} and its files are sound.")
        made = ", ".join(f"{backups.made(copy):%Y-%m-%d %H:%M}" for copy in self.copies)
        found.append(f"Copies of the database: {made or 'none'}.")
        return found


def check_service(home: Path) -> Findings:
    """Check the service's database and its files in a home."""
    path = home / FILE
    faults = backups.check(path) if path.exists() else []
    named: dict[str, str] = {}
    if path.exists():
        with open_source(path) as source:
            named = named_files(source)
    stored = stored_files(home)
    deletions = DeletionLog(home).read()
    gone = sorted(named.keys() - stored.keys())
    deleted = [name for name in gone if deletions.has(name, named[name])]
    return Findings(
        database=path,
        faults=faults,
        strays=[stored[name] for name in sorted(stored.keys() - named.keys())],
        missing=[name for name in gone if name not in deleted],
        copies=backups.copies(path),
        deleted=deleted,
    )


def stored_files(home: Path) -> dict[str, Path]:
    """Give the files that are kept, by their hashes."""
    return {path.name: path for path in (home / FOLDER).glob("??/*") if is_stored(path)}


def named_files(source: sqlite3.Connection) -> dict[str, str]:
    """Give the hashes of the files that the rows of a database name, as far as it can be read.

    Each with the time at which the newest row that names it was written.
    """
    import sqlite3  # noqa: PLC0415 - its errors only

    found: dict[str, str] = {}
    with contextlib.suppress(sqlite3.DatabaseError):
        for table in tables(source):
            for row in read_rows(source, table) if table != "unused_files" else ():
                if name := row.get("sha256"):
                    found[name] = max(found.get(name, ""), str(row.get("created_at") or ""))
    return found
