"""Uploads: addresses that take one file each, until a video is made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb.service.refusal import Refusal, missing
from thumbnb.service.store.identifiers import new_id, now
from thumbnb.service.store.rows import insert, read_one

if TYPE_CHECKING:
    from thumbnb.service.media.file_store import FileStore, NewFile
    from thumbnb.storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """An address that takes one file; ``sha256`` is set once the file has come."""

    id: str
    collection_id: str
    name: str | None
    sha256: str | None
    created_at: str


class UploadStore:
    """Makes, fills and removes uploads. An upload's id is that of the video it becomes."""

    def __init__(self, database: Database, files: FileStore) -> None:
        self._database = database
        self._files = files

    def add(self, collection_id: str, *, name: str | None) -> Upload:
        """Make an address that takes one file."""
        upload_id = new_id("m")
        with self._database.write() as rows:
            row = {"id": upload_id, "collection_id": collection_id, "name": name}
            insert(rows, "uploads", {**row, "created_at": now()})
        return self.get(upload_id)

    def get(self, upload_id: str) -> Upload:
        """Return an upload that is under way, or refuse with 404."""
        query = "SELECT * FROM uploads WHERE id = :id"
        found = read_one(self._database, Upload, query, id=upload_id)
        if found is None:
            raise missing("upload", upload_id)
        return found

    def fill(self, upload_id: str, new_file: NewFile, *, by_job: bool = False) -> str:
        """Keep the file that came for an upload, in place of any before; gives its hash.

        While a job makes a video of the one before, only that job may bring another.
        """
        with self._database.write() as rows:
            before = rows.execute(
                "SELECT sha256 FROM uploads WHERE id = ?", (upload_id,)
            ).fetchone()
            if before is None:
                raise missing("upload", upload_id)
            if before["sha256"] == new_file.sha256:
                return new_file.sha256
            busy = rows.execute(
                "SELECT 1 FROM jobs WHERE key = ? AND state IN ('queued', 'running')", (upload_id,)
            ).fetchone()
            if busy is not None and not by_job:
                raise Refusal(
                    409,
                    "UPLOAD_IN_USE",
                    "A video is being made of what was sent here: ask for another upload address.",
                )
            sha256 = self._files.keep(new_file)
            rows.execute("UPDATE uploads SET sha256 = ? WHERE id = ?", (sha256, upload_id))
        self._files.remove_unused()
        return sha256

    def delete(self, upload_id: str) -> None:
        """Forget an upload and the file it brought."""
        with self._database.write() as rows:
            rows.execute("DELETE FROM uploads WHERE id = ?", (upload_id,))
        self._files.remove_unused()

    def delete_stale(self, before: str) -> None:
        """Forget uploads begun ``before`` a time of day of which no video was made."""
        with self._database.write() as rows:
            rows.execute(
                "DELETE FROM uploads WHERE created_at < ? AND id NOT IN "
                "(SELECT key FROM jobs WHERE state IN ('queued', 'running'))",
                (before,),
            )
