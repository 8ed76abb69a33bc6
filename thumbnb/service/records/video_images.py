"""Images as VideoDB keeps them: covers and thumbnails of videos, and those made from a prompt."""

# ruff: noqa: S608 - the statements are put together of our own words, never a client's

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb.service.refusal import missing
from thumbnb.service.store.rows import WITHIN_COLLECTION, read_all, read_one

if TYPE_CHECKING:
    from thumbnb.service.media.file_store import FileStore
    from thumbnb.storage.database import Database

# A time just before a frame's own, by less than this (seconds), is that frame's
# time rounded: frames/ reads it so, and what is stored is found by the same rule.
ROUNDING = 5e-7


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoImage:
    """A stored image: a video's ``cover``, a ``thumbnail`` asked for, or ``generated``.

    ``time`` is the true second of the frame it shows, ``until`` the second at
    which the next frame takes its place.
    """

    id: str
    collection_id: str
    name: str
    role: str
    sha256: str
    media_type: str
    size: int
    width: int
    height: int
    video_id: str | None
    time: float | None
    until: float | None
    job_id: str
    created_at: str


class VideoImageStore:
    """Lists, finds and removes these images."""

    def __init__(self, database: Database, files: FileStore) -> None:
        self._database = database
        self._files = files

    def all(self, collection_id: str | None) -> list[VideoImage]:
        """List images, newest first. A video's cover belongs to the video and is not among them."""
        return read_all(
            self._database,
            VideoImage,
            f"SELECT * FROM images WHERE role != 'cover' AND {WITHIN_COLLECTION} "
            "ORDER BY rowid DESC",
            collection_id=collection_id,
        )

    def thumbnails(self, video_id: str) -> list[VideoImage]:
        """List the thumbnails that were asked for, in the order of their times."""
        return read_all(
            self._database,
            VideoImage,
            "SELECT * FROM images WHERE video_id = :id AND role = 'thumbnail' ORDER BY time, rowid",
            id=video_id,
        )

    def get(self, image_id: str, collection_id: str | None = None) -> VideoImage:
        """Return an image, in this collection if one is named, or refuse with 404."""
        found = read_one(
            self._database,
            VideoImage,
            f"SELECT * FROM images WHERE id = :id AND {WITHIN_COLLECTION}",
            id=image_id,
            collection_id=collection_id,
        )
        if found is None:
            raise missing("image", image_id)
        return found

    def cover(self, video_id: str) -> VideoImage:
        """Return a video's own image."""
        found = read_one(
            self._database,
            VideoImage,
            "SELECT * FROM images WHERE video_id = :id AND role = 'cover'",
            id=video_id,
        )
        if found is None:
            raise missing("video", video_id)
        return found

    def find_thumbnail(
        self, video_id: str, time: float, size: tuple[int, int]
    ) -> VideoImage | None:
        """Find the stored thumbnail of the frame on screen at ``time``, in this size.

        One whose file is lost is not found: it is made again.
        """
        found = read_one(
            self._database,
            VideoImage,
            "SELECT * FROM images WHERE role = 'thumbnail' AND video_id = :video_id "
            "AND width = :width AND height = :height AND time <= :time AND until > :time",
            video_id=video_id,
            width=size[0],
            height=size[1],
            time=time + ROUNDING,
        )
        there = found is not None and self._files.path(found.sha256).exists()
        return found if there else None

    def delete(self, image_id: str, collection_id: str | None = None) -> None:
        """Remove an image; a video's cover goes only with its video."""
        if self.get(image_id, collection_id).role == "cover":
            raise missing("image", image_id)
        with self._database.write() as rows:
            rows.execute("DELETE FROM images WHERE id = ?", (image_id,))
        self._files.remove_unused()
