"""Bringing back the service's rows and files: from copies, by hash, by what a file says of itself.

No file is deleted. What nothing is known of is moved into the home's quarantine. Of rows only those
are deleted whose files were deleted after they were written, and, on request, those of lost files.
"""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.service.media.deletions import DeletionLog
from thumbnb.service.media.file_store import FOLDER, FileStore, hash_file
from thumbnb.service.media.media_type import extension, media_type
from thumbnb.service.recovery.check import check_service, named_files, stored_files
from thumbnb.service.store.database import open_database
from thumbnb.service.store.identifiers import iso_time, new_id, now
from thumbnb.service.store.process_lease import Lease
from thumbnb.service.store.rows import insert, tables_with_files
from thumbnb.storage import backups
from thumbnb.storage.files import make_folder, move_file
from thumbnb.storage.home import QUARANTINE
from thumbnb.storage.recovery import (
    copy_row,
    delete_dangling,
    open_source,
    quarantine,
    read_rows,
    set_aside,
    tables,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

    from thumbnb.storage.database import Database

# Numbers of their own database: kept, and the order with them, where they are free.
_NUMBERS = {"jobs": "seq", "charges": "id"}
_SKIP = frozenset({"unused_files"})
_QUARANTINED = re.compile(r"[0-9a-f]{64}\.\w+")
LONGEST_NAME = 80


@dataclass(slots=True, kw_only=True)
class Repair:
    """What a repair has done: ``rows`` brought back; files imported, moved, and moved back.

    ``returned`` came out of the quarantine, ``quarantined`` went there. ``deleted`` rows were of
    files deleted since, ``forgotten`` ones of files that are lost.
    """

    rows: int = 0
    returned: int = 0
    deleted: int = 0
    forgotten: int = 0
    videos: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    quarantined: list[Path] = field(default_factory=list)
    aside: Path | None = None

    def lines(self) -> list[str]:
        """Say what was done, a sentence a line."""
        done = []
        if self.aside is not None:
            done.append(f"The damaged database is kept as {self.aside}.")
        if self.rows:
            done.append(f"{self.rows} rows were brought back.")
        if self.returned:
            done.append(f"{self.returned} files came back from the quarantine: rows name them.")
        if self.deleted:
            done.append(f"{self.deleted} rows of things that were deleted since are gone again.")
        if self.forgotten:
            done.append(f"{self.forgotten} rows of things whose files are lost were given up.")
        if self.videos:
            done.append(
                f"{len(self.videos)} files are brought in again as videos, when the service starts."
            )
        if self.images:
            done.append(f"{len(self.images)} thumbnails were brought in again as images.")
        if self.quarantined:
            done.append(
                f"{len(self.quarantined)} files of which nothing is known were moved to "
                f"{self.quarantined[0].parent}; `thumbnb home repair --delete-quarantine` "
                "deletes them."
            )
        return done or ["There was nothing to repair."]


def repair_service(home: Path, *, forget_lost: bool = False) -> Repair:
    """Repair the service's database and bring its files back. Raises InvalidInput while it runs.

    Rows whose files are lost stay, as the files may be found; ``forget_lost`` deletes them.
    """
    with _alone(home) as lease:
        done = Repair()
        found = check_service(home)
        sources = list(found.copies)
        if found.faults:
            done.aside = set_aside(found.database)
            sources.insert(0, done.aside)
        database = open_database(home)
        try:
            store = FileStore(home, database, lease)
            done.returned = _return_files(home, [found.database, *sources])
            # Of a damaged database some rows cannot be read: the newest copy may have them.
            whole = sources[:2] if done.aside else []
            for path in sources:
                lost = _may_have_lost(home, path, is_current=path == done.aside)
                # Those that are left: what newer copies had no row of was deleted by then.
                strays = {stray.name for stray in store.files_without_rows()}
                done.rows += _import_rows(database, path, home, strays, lost, whole=path in whole)
            found = check_service(home)
            done.deleted = _delete_rows(database, found.deleted)
            if forget_lost:
                done.forgotten = _delete_rows(database, found.missing)
            for path in store.files_without_rows():
                _import_file(database, path, home, done)
        finally:
            database.close()
        return done


def delete_quarantine(home: Path) -> int:
    """Delete the files that repairs have moved into quarantine; returns how many."""
    count = 0
    for path in (home / QUARANTINE).glob("*"):
        if path.is_file() and _QUARANTINED.fullmatch(path.name):
            path.unlink()
            count += 1
    return count


@contextlib.contextmanager
def _alone(home: Path) -> Iterator[Lease]:
    lease = Lease(home / "processes")
    try:
        if lease.has_company():
            raise errors.InvalidInput(
                f"A service is at work in {str(home)!r}.",
                hint="Stop it, and the kernels that use this home, then repair it.",
            )
        yield lease
    finally:
        lease.close()


def _may_have_lost(home: Path, path: Path, *, is_current: bool) -> Callable[[dict[str, Any]], bool]:
    """Return what says of a row of this database whether its file, which is not there, is lost.

    Else it was deleted, or nobody knows: a copy may be older than the log of deletions.
    """
    deletions = DeletionLog(home).read()
    known = is_current or deletions.reach_back_to(iso_time(backups.made(path)))

    def is_lost(row: dict[str, Any]) -> bool:
        return known and not deletions.has(row["sha256"], row["created_at"])

    return is_lost


def _delete_rows(database: Database, names: Collection[str]) -> int:
    """Delete the rows that name these files, and those that are nothing without them."""
    if not names:
        return 0
    known = json.dumps(list(names))
    with _unchecked(database) as rows:
        count = 0
        for table in tables_with_files(rows):
            count += rows.execute(
                f"DELETE FROM {table} WHERE sha256 IN (SELECT value FROM json_each(?))",  # noqa: S608
                (known,),
            ).rowcount
        rows.execute(
            "DELETE FROM images WHERE role = 'cover' AND video_id NOT IN (SELECT id FROM videos)"
        )
        delete_dangling(rows)
        return count


def _import_rows(
    database: Database,
    path: Path,
    home: Path,
    strays: set[str],
    is_lost: Callable[[dict[str, Any]], bool],
    *,
    whole: bool,
) -> int:
    """Copy the rows of another database that are not here; without those of deleted files.

    Only where it knows stray files, or is newer, so that the database was rolled back: another
    copy has nothing to add but what was deleted since.
    """
    count = 0
    with open_source(path) as source:
        whole = whole or _is_bare(database) or _jobs_so_far(source) > _jobs_so_far(database)
        if not whole and not (named_files(source).keys() & strays):
            return 0
        there = {None, *stored_files(home)}
        with _unchecked(database) as rows:
            for table in tables(rows):
                for row in () if table in _SKIP else read_rows(source, table):
                    if row.get("sha256") not in there and not is_lost(row):
                        continue
                    if table == "charges" and _is_charged(rows, row):
                        continue
                    count += copy_row(rows, table, row, leave=_taken(rows, table, row))
            delete_dangling(rows)
            _restore_jobs(rows)
    return count


def _restore_jobs(rows: sqlite3.Connection) -> None:
    """Write an ended job for whatever was brought back without the job that made it.

    Who asks for the same thing again is answered with that job.
    """
    for table, kind in (("videos", "'ingest'"), ("images", "role"), ("previews", "'preview'")):
        rows.execute(
            "INSERT OR IGNORE INTO jobs (id, kind, key, params, state, progress, result, "  # noqa: S608
            f"created_at, ended_at) SELECT job_id, {kind}, id, '{{}}', 'done', 1, "
            f"json_object('id', id), created_at, created_at FROM {table} "
            "WHERE job_id NOT IN (SELECT id FROM jobs)"
        )


def _is_charged(rows: sqlite3.Connection, row: dict[str, Any]) -> bool:
    """Whether a charge without a job, which has no key of its own, is here already."""
    same = "reason IS :reason AND credits IS :credits AND created_at IS :created_at"
    return (
        row.get("job_id") is None
        and rows.execute(f"SELECT 1 FROM charges WHERE {same}", row).fetchone() is not None  # noqa: S608
    )


def _taken(rows: sqlite3.Connection, table: str, row: dict[str, Any]) -> frozenset[str]:
    """Give what cannot be copied of a row, because a row that is here has it and it is one's."""
    if table == "persons":
        other = rows.execute("SELECT 1 FROM persons WHERE is_default").fetchone()
        return frozenset({"is_default"}) if other else frozenset()
    number = _NUMBERS.get(table)
    if number is None:
        return frozenset()
    query = f"SELECT 1 FROM {table} WHERE {number} = ?"  # noqa: S608
    return frozenset({number}) if rows.execute(query, (row[number],)).fetchone() else frozenset()


def _return_files(home: Path, databases: Sequence[Path]) -> int:
    """Move files back from the quarantine that rows name after all; returns how many."""
    named: set[str] = set()
    for path in databases:
        with open_source(path) as source:
            named |= named_files(source).keys()
    count = 0
    there = stored_files(home).keys()
    for path in sorted((home / QUARANTINE).glob("*")):
        name = path.name.partition(".")[0]
        if name not in named - there or not _QUARANTINED.fullmatch(path.name):
            continue
        if hash_file(path) == name:
            place = home / FOLDER / name[:2] / name
            make_folder(place.parent)
            move_file(path, place)
            count += 1
    return count


@contextlib.contextmanager
def _unchecked(database: Database) -> Iterator[sqlite3.Connection]:
    """Open a transaction in which rows may come in any order."""
    with database.foreign_keys_off(), database.write() as rows:
        yield rows


def _jobs_so_far(source: sqlite3.Connection | Database) -> int:
    """Return how many jobs a database has ever had; 0 where that cannot be read."""
    query = "SELECT max(seq) FROM jobs"
    try:
        if isinstance(source, sqlite3.Connection):
            [count] = source.execute(query).fetchone()
        else:
            [count] = source.first(query) or (0,)
    except sqlite3.Error:
        return 0
    return count or 0


def _is_bare(database: Database) -> bool:
    """Whether nothing was ever done with a database."""
    return database.first("SELECT 1 FROM jobs") is None and (
        database.first("SELECT 1 FROM projects UNION ALL SELECT 1 FROM pictures") is None
    )


def _import_file(database: Database, path: Path, home: Path, done: Repair) -> None:
    kind = media_type(path)
    if hash_file(path) == path.name:
        if kind.startswith("video/"):
            done.videos.append(_import_video(database, path.name))
            return
        if made_of := _provenance(path):
            done.images.append(_import_image(database, path, kind, made_of))
            return
    done.quarantined.append(quarantine(path, home, f"{path.name}.{extension(kind)}"))


def _import_video(database: Database, sha256: str) -> str:
    """Queue the work that makes a video of a file, as if it had just been sent."""
    video_id, name = new_id("m"), f"Recovered {sha256[:8]}"
    params = {"id": video_id, "collection_id": "default", "url": None, "name": name}
    upload = {"id": video_id, "collection_id": "default", "name": name, "sha256": sha256}
    job = {"id": new_id("job"), "kind": "ingest", "key": video_id}
    with database.write() as rows:
        insert(rows, "uploads", {**upload, "created_at": now()})
        fields = json.dumps({**params, "description": "Brought back by a repair"})
        insert(rows, "jobs", {**job, "params": fields, "created_at": now()})
    return video_id


def _import_image(database: Database, path: Path, kind: str, made_of: dict[str, Any]) -> str:
    """Write a thumbnail into the default collection, named by what it says it was made of."""
    image_id, job_id, moment = new_id("img"), new_id("job"), now()
    prompt = str(made_of.get("prompt") or f"Recovered {path.name[:8]}")[:LONGEST_NAME]
    job = {"id": job_id, "kind": "generate", "key": image_id, "params": json.dumps(made_of)}
    image = {
        "id": image_id,
        "collection_id": "default",
        "name": prompt,
        "role": "generated",
        "sha256": path.name,
        "media_type": kind,
        "size": path.stat().st_size,
        "width": made_of["width"],
        "height": made_of["height"],
        "job_id": job_id,
        "created_at": moment,
    }
    with database.write() as rows:
        result = json.dumps({"id": image_id})
        ended = {"state": "done", "progress": 1, "result": result, "ended_at": moment}
        insert(rows, "jobs", {**job, **ended, "created_at": moment})
        insert(rows, "images", image)
    return image_id


def _provenance(path: Path) -> dict[str, Any]:
    """Give what a thumbnail says it was made of, and its size; {} for any other file."""
    from thumbnb.render.output import open_result  # noqa: PLC0415 - numpy, when first used

    try:
        image, made_of = open_result(path)
    except errors.ThumbnbError:
        return {}
    return {**made_of, "width": image.width, "height": image.height} if made_of else {}
