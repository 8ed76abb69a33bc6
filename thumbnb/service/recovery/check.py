"""What is wrong with the service's part of a home. Looking changes nothing."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    backups, newest first.
    """

    database: Path
    faults: list[str]
    strays: list[Path]
    missing: list[str]
    copies: list[Path]

    @property
    def is_sound(self) -> bool:
        """Whether there is nothing to repair."""
        return not (self.faults or self.strays or self.missing)

    def lines(self) -> list[str]:
        """Say what was found, a sentence a line."""
        found = [f"The database {self.database} is damaged: {fault}." for fault in self.faults]
        if self.strays:
            found.append(
                f"{len(self.strays)} files in {self.strays[0].parent.parent} have no row in "
                "the database, the first of them "
                f"{', '.join(path.name[:12] for path in self.strays[:3])}."
            )
        if self.missing:
            found.append(
                f"{len(self.missing)} files that the database names are not there, the first of "
                f"them {', '.join(name[:12] for name in self.missing[:3])}."
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
    used: set[str] = set()
    if path.exists():
        with open_source(path) as source:
            used = named_files(source)
    stored = stored_files(home)
    return Findings(
        database=path,
        faults=faults,
        strays=[stored[name] for name in sorted(stored.keys() - used)],
        missing=sorted(used - stored.keys()),
        copies=backups.copies(path),
    )


def stored_files(home: Path) -> dict[str, Path]:
    """Give the files that are kept, by their hashes."""
    return {path.name: path for path in (home / FOLDER).glob("??/*") if is_stored(path)}


def named_files(source: sqlite3.Connection) -> set[str]:
    """Give the hashes of the files that the rows of a database name, as far as it can be read."""
    import sqlite3  # noqa: PLC0415 - its errors only

    found: set[str] = set()
    with contextlib.suppress(sqlite3.DatabaseError):
        for table in tables(source):
            if table != "unused_files":
                found |= {row["sha256"] for row in read_rows(source, table) if row.get("sha256")}
    return found
