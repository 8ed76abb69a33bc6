"""The files: each stored once, under the hash of its bytes, and whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import uuid
from typing import TYPE_CHECKING, Self

from thumbnb.service.media.deletions import DeletionLog
from thumbnb.service.refusal import Refusal, missing
from thumbnb.service.store.rows import tables_with_files
from thumbnb.storage.files import create_file, delete_file, link_file, make_folder, sync_folder

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path
    from types import TracebackType

    from thumbnb.service.store.process_lease import Lease
    from thumbnb.storage.database import Database


FOLDER = "media"
UNFINISHED = "unfinished"
# The folder of unfinished files in homes of earlier versions.
_EARLIER = "drafts"


class NewFile:
    """A file being written. It vanishes when its block ends, unless it was kept by then."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self._hash = hashlib.sha256()
        self._file = create_file(path)

    def write(self, data: bytes | memoryview) -> None:
        """Append."""
        self._file.write(data)
        self._hash.update(data)
        self.size += len(data)

    def seal(self) -> None:
        """Finish writing, down to the disk: what is kept must not lose its bytes later.

        Its name is on the disk too before it has a second one: see ``FileStore.keep``.
        """
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        sync_folder(self.path.parent)

    @property
    def sha256(self) -> str:
        """The hash of what was written."""
        return self._hash.hexdigest()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        with contextlib.suppress(OSError):  # a file that is kept was sealed before
            self._file.close()
        self.path.unlink(missing_ok=True)


class FileStore:
    """The folder of files. A file belongs to the rows that name it and goes with the last.

    Putting a file in place and taking one away both happen under the database's write
    lock, so neither can slip between the other's question and act, in this process or
    another. Only what the database or a lease says is done with is ever removed: a file
    that no row names may be all that is left of a database that was lost.
    """

    def __init__(self, home: Path, database: Database, lease: Lease) -> None:
        self.folder = home / FOLDER
        self._unfinished = home / UNFINISHED
        self._database = database
        self._lease = lease
        for folder in (self.folder, self._unfinished):
            make_folder(folder)
        self.deletions = DeletionLog(home)
        self.deletions.begin()

    def new_file(self) -> NewFile:
        """Begin a new file."""
        return NewFile(self._unfinished / f"{self._lease.id}-{uuid.uuid4().hex}")

    def path(self, sha256: str) -> Path:
        """Where the file with this hash is kept."""
        return self.folder / sha256[:2] / sha256

    def stored_path(self, sha256: str, what: str, item_id: str) -> Path:
        """Where the file of an item is; refuses where it is not there: see ``refusal``."""
        path = self.path(sha256)
        if not path.exists():
            raise self.refusal(sha256, what, item_id)
        return path

    def refusal(self, sha256: str, what: str, item_id: str) -> Refusal:
        """Return why an item's file is not there: it was just deleted, or it is lost.

        A row goes before its file does, so a file that a row still names is lost.
        """
        used = self._database.first("SELECT 1 FROM used_files WHERE sha256 = ?", (sha256,))
        if used is None or self.path(sha256).exists():  # or somebody has just sent it again
            return missing(what, item_id)
        return Refusal(
            500,
            "FILE_LOST",
            f"The file of {what} {item_id!a} is lost from the service's home: "
            "`thumbnb home check` says more.",
        )

    def keep(self, new_file: NewFile) -> str:
        """Put a sealed new file in its place and give its hash; only inside ``store.write()``.

        It stays under its own name too until its block ends. So if the process dies before
        the rows are written, that name leads to the file it left there.
        """
        path = self.path(new_file.sha256)
        if not path.exists():
            make_folder(path.parent)
            link_file(new_file.path, path)
        return new_file.sha256

    def remove_unused(self) -> None:
        """Remove the files whose last row was deleted, as the database has noted them."""
        noted = self._database.read("SELECT sha256 FROM unused_files")
        if not noted:
            return
        # Done again where a power cut undoes it.
        with self._database.write(durable=False) as rows:
            names = [row["sha256"] for row in noted]
            unused = {name for name in names if not _is_used(rows, name)}
            self.deletions.note(sorted(name for name in unused if self.path(name).exists()))
            for name in names:
                if name in unused:
                    try:
                        delete_file(self.path(name))
                    except PermissionError:
                        continue  # Windows keeps what is being read: the next time, then
                rows.execute("DELETE FROM unused_files WHERE sha256 = ?", (name,))

    def clean_up(self) -> list[Path]:
        """Remove what dead processes were writing, and files whose rows never came.

        Files whose rows are deleted go, too. Gives the files that no row names all the same.
        Where there are any, the database is not the one that belongs to these files, and
        nothing at all is removed.
        """
        abandoned = self.abandoned()
        placed = {found for path in abandoned if (found := self._placed(path)) is not None}
        strays = [path for path in self.files_without_rows() if path not in placed]
        if strays:
            return strays
        for path in placed:
            with self._database.write(durable=False) as rows:
                if not _is_used(rows, path.name):
                    delete_file(path)
        for path in abandoned:
            path.unlink(missing_ok=True)
        self.remove_unused()
        return []

    def abandoned(self) -> list[Path]:
        """List what the dead were writing."""
        return [
            path
            for folder in (self._unfinished, self._unfinished.with_name(_EARLIER))
            if folder.is_dir()
            for path in folder.iterdir()
            if self._is_abandoned(path)
        ]

    def files_without_rows(self) -> list[Path]:
        """List the files that no row names and that do not wait to be removed."""
        found = {path.name: path for path in self.folder.glob("??/*") if is_stored(path)}
        strays = found.keys() - {row["sha256"] for row in self._database.read(_KNOWN)}
        if strays:
            with self._database.write(
                durable=False
            ):  # no process is between a file and its row now
                strays -= {row["sha256"] for row in self._database.read(_KNOWN)}
        return sorted(found[name] for name in strays if found[name].exists())

    def files_not_there(self) -> dict[str, str]:
        """Give the hashes of files that rows name and that are not there.

        Each with the time at which the newest row that names it was written.
        """
        named = {row["sha256"] for row in self._database.read("SELECT sha256 FROM used_files")}
        gone = {name for name in named if not self.path(name).exists()}
        found: dict[str, str] = {}
        if gone:
            with self._database.write(durable=False) as rows:  # nobody deletes anything now
                for table in tables_with_files(rows):
                    for row in rows.execute(
                        f"SELECT sha256, created_at FROM {table} "  # noqa: S608 - our own words
                        "WHERE sha256 IN (SELECT value FROM json_each(?))",
                        (json.dumps(list(gone)),),
                    ):
                        name, moment = row
                        found[name] = max(found.get(name, ""), moment)
        return {name: found[name] for name in found if not self.path(name).exists()}

    def _placed(self, new_file: Path) -> Path | None:
        """Give where a new file was put in its place already; None where it was not."""
        with contextlib.suppress(FileNotFoundError):
            if new_file.stat().st_nlink > 1 and (path := self.path(hash_file(new_file))).samefile(
                new_file
            ):
                return path
        return None

    def _is_abandoned(self, path: Path) -> bool:
        name = _NEW.fullmatch(path.name)
        return name is not None and not self._lease.alive(name[1])


_NEW = re.compile(r"([0-9a-f]{32})-[0-9a-f]{32}")
_STORED = re.compile(r"[0-9a-f]{64}")
_KNOWN = "SELECT sha256 FROM used_files UNION ALL SELECT sha256 FROM unused_files"


def is_stored(path: Path) -> bool:
    """Whether a path in the folder of files is a place we keep a file at."""
    return bool(_STORED.fullmatch(path.name)) and path.parent.name == path.name[:2]


def hash_file(path: Path) -> str:
    """Give the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_used(rows: sqlite3.Connection, sha256: str) -> bool:
    found = rows.execute("SELECT 1 FROM used_files WHERE sha256 = ?", (sha256,))
    return found.fetchone() is not None
