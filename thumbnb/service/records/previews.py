"""Previews of a video: storyboards and suggestions, which can be made again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb.service.refusal import missing
from thumbnb.service.store.rows import JsonColumn, read_one

if TYPE_CHECKING:
    from thumbnb.service.media.file_store import FileStore
    from thumbnb.storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Something made from a video that can be made again: data, and perhaps an image."""

    id: str
    video_id: str
    key: str
    sha256: str | None
    media_type: str | None
    data: str
    job_id: str
    created_at: str

    fields = JsonColumn("data")
    """The data, read."""


class PreviewStore:
    """Finds previews."""

    def __init__(self, database: Database, files: FileStore) -> None:
        self._database = database
        self._files = files

    def find(self, key: str) -> Preview | None:
        """Find what was made from a video before, by the key that says what.

        One whose file is lost is not found: it is made again.
        """
        query = "SELECT * FROM previews WHERE key = :key"
        found = read_one(self._database, Preview, query, key=key)
        if found is None or found.sha256 is None or self._files.path(found.sha256).exists():
            return found
        return None

    def get(self, preview_id: str) -> Preview:
        """Return a preview by its id, or refuse with 404."""
        query = "SELECT * FROM previews WHERE id = :id"
        found = read_one(self._database, Preview, query, id=preview_id)
        if found is None:
            raise missing("preview", preview_id)
        return found
