"""Videos, as they are stored."""

# ruff: noqa: S608 - the statements are put together of our own words, never a client's

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb.service.refusal import missing
from thumbnb.service.store.rows import WITHIN_COLLECTION, read_all, read_one

if TYPE_CHECKING:
    from thumbnb.service.media.file_store import FileStore
    from thumbnb.storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """A stored video. ``length`` in seconds, ``size`` in bytes, width and height as displayed."""

    id: str
    collection_id: str
    name: str
    description: str
    sha256: str
    media_type: str
    size: int
    length: float
    fps: float
    width: int
    height: int
    job_id: str
    created_at: str


class VideoStore:
    """Lists, finds and removes videos."""

    def __init__(self, database: Database, files: FileStore) -> None:
        self._database = database
        self._files = files

    def page(
        self, collection_id: str | None, *, count: int | None = None, page_index: int = 0
    ) -> list[Video]:
        """List videos, newest first; ``count`` of them, from page ``page_index`` (0 is first)."""
        limit = -1 if count is None else count
        return read_all(
            self._database,
            Video,
            f"SELECT * FROM videos WHERE {WITHIN_COLLECTION} "
            "ORDER BY rowid DESC LIMIT :limit OFFSET :offset",
            collection_id=collection_id,
            limit=limit,
            offset=page_index * max(limit, 0),
        )

    def find(self, video_id: str, collection_id: str | None = None) -> Video | None:
        """Find a video, in this collection if one is named."""
        return read_one(
            self._database,
            Video,
            f"SELECT * FROM videos WHERE id = :id AND {WITHIN_COLLECTION}",
            id=video_id,
            collection_id=collection_id,
        )

    def get(self, video_id: str, collection_id: str | None = None) -> Video:
        """Return a video, or refuse with 404."""
        found = self.find(video_id, collection_id)
        if found is None:
            raise missing("video", video_id)
        return found

    def delete(self, video_id: str, collection_id: str | None = None) -> None:
        """Remove a video with its cover and previews. Thumbnails that were asked for stay."""
        self.get(video_id, collection_id)
        with self._database.write() as rows:
            rows.execute("DELETE FROM images WHERE video_id = ? AND role = 'cover'", (video_id,))
            rows.execute("DELETE FROM videos WHERE id = ?", (video_id,))
        self._files.remove_unused()
