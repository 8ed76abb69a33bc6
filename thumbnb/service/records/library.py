"""What is stored: collections, videos, images, previews, and the uploads on their way in."""

# ruff: noqa: S608 - the statements are put together of our own words, never a client's

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from thumbnb.service.refusal import Refusal, missing
from thumbnb.service.store.identifiers import new_id, now
from thumbnb.service.store.rows import JsonColumn, insert

if TYPE_CHECKING:
    from thumbnb.service.media.files import Draft, Media
    from thumbnb.service.store.database import Store

R = TypeVar("R")

# A time just before a frame's own, by less than this (seconds), is that frame's
# time rounded: frames/ reads it so, and what is stored is found by the same rule.
ROUNDING = 5e-7

_WITHIN = "(:collection_id IS NULL OR collection_id = :collection_id)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A named set of videos and images."""

    id: str
    name: str
    description: str
    is_public: int
    created_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """An address that takes one file; ``sha256`` is set once the file has come."""

    id: str
    collection_id: str
    name: str | None
    sha256: str | None
    created_at: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A stored picture: a video's ``cover``, a ``thumbnail`` asked for, or ``generated``.

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Something made from a video that can be made again: data, and perhaps a picture."""

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


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it is sent: its hash, and what it is."""

    sha256: str
    media_type: str


class Library:
    """Finds, lists and removes what is stored."""

    def __init__(self, store: Store, media: Media) -> None:
        self._store = store
        self._media = media

    def _one(self, kind: type[R], sql: str, **parameters: Any) -> R | None:
        row = self._store.first(sql, parameters)
        return None if row is None else kind(**row)

    def _list(self, kind: type[R], sql: str, **parameters: Any) -> list[R]:
        return [kind(**row) for row in self._store.read(sql, parameters)]

    # -- collections ------------------------------------------------------------------

    def collections(self) -> list[Collection]:
        """List the collections, oldest first."""
        return self._list(Collection, "SELECT * FROM collections ORDER BY rowid")

    def collection(self, collection_id: str) -> Collection:
        """Find a collection, or refuse with 404."""
        found = self._one(Collection, "SELECT * FROM collections WHERE id = :id", id=collection_id)
        if found is None:
            raise missing("collection", collection_id)
        return found

    def add_collection(self, *, name: str, description: str, is_public: bool) -> Collection:
        """Make a collection."""
        row = {
            "id": new_id("c"),
            "name": name,
            "description": description,
            "is_public": int(is_public),
            "created_at": now(),
        }
        with self._store.write() as rows:
            insert(rows, "collections", row)
        return self.collection(str(row["id"]))

    # -- uploads ----------------------------------------------------------------------

    def add_upload(self, collection_id: str, *, name: str | None) -> Upload:
        """Make an address that takes one file."""
        upload_id = new_id("m")
        with self._store.write() as rows:
            row = {"id": upload_id, "collection_id": collection_id, "name": name}
            insert(rows, "uploads", {**row, "created_at": now()})
        return self.upload(upload_id)

    def upload(self, upload_id: str) -> Upload:
        """Find an upload that is under way, or refuse with 404."""
        found = self._one(Upload, "SELECT * FROM uploads WHERE id = :id", id=upload_id)
        if found is None:
            raise missing("upload", upload_id)
        return found

    def fill_upload(self, upload_id: str, draft: Draft, *, by_job: bool = False) -> str:
        """Keep the file that came for an upload, in place of any before; gives its hash.

        While a job makes a video of the one before, only that job may bring another.
        """
        with self._store.write() as rows:
            before = rows.execute(
                "SELECT sha256 FROM uploads WHERE id = ?", (upload_id,)
            ).fetchone()
            if before is None:
                raise missing("upload", upload_id)
            if before["sha256"] == draft.sha256:
                return draft.sha256
            busy = rows.execute(
                "SELECT 1 FROM jobs WHERE key = ? AND state IN ('queued', 'running')", (upload_id,)
            ).fetchone()
            if busy is not None and not by_job:
                raise Refusal(
                    409,
                    "UPLOAD_IN_USE",
                    "A video is being made of what was sent here: ask for another upload address.",
                )
            sha256 = self._media.keep(draft)
            rows.execute("UPDATE uploads SET sha256 = ? WHERE id = ?", (sha256, upload_id))
        self._media.remove_unused()
        return sha256

    def drop_upload(self, upload_id: str) -> None:
        """Forget an upload and the file it brought."""
        with self._store.write() as rows:
            rows.execute("DELETE FROM uploads WHERE id = ?", (upload_id,))
        self._media.remove_unused()

    def sweep(self, before: str) -> None:
        """Forget uploads begun ``before`` a time of day whose video nobody asked for."""
        with self._store.write() as rows:
            rows.execute(
                "DELETE FROM uploads WHERE created_at < ? AND id NOT IN "
                "(SELECT key FROM jobs WHERE state IN ('queued', 'running'))",
                (before,),
            )

    # -- videos -----------------------------------------------------------------------

    def videos(
        self, collection_id: str | None, *, count: int | None = None, page_index: int = 0
    ) -> list[Video]:
        """List videos, newest first; ``count`` of them, from page ``page_index`` (0 is first)."""
        limit = -1 if count is None else count
        return self._list(
            Video,
            f"SELECT * FROM videos WHERE {_WITHIN} ORDER BY rowid DESC LIMIT :limit OFFSET :offset",
            collection_id=collection_id,
            limit=limit,
            offset=page_index * max(limit, 0),
        )

    def find_video(self, video_id: str, collection_id: str | None = None) -> Video | None:
        """Find a video, in this collection if one is named."""
        return self._one(
            Video,
            f"SELECT * FROM videos WHERE id = :id AND {_WITHIN}",
            id=video_id,
            collection_id=collection_id,
        )

    def video(self, video_id: str, collection_id: str | None = None) -> Video:
        """Find a video, or refuse with 404."""
        found = self.find_video(video_id, collection_id)
        if found is None:
            raise missing("video", video_id)
        return found

    def delete_video(self, video_id: str, collection_id: str | None = None) -> None:
        """Remove a video with its cover and previews. Thumbnails that were asked for stay."""
        self.video(video_id, collection_id)
        with self._store.write() as rows:
            rows.execute("DELETE FROM images WHERE video_id = ? AND role = 'cover'", (video_id,))
            rows.execute("DELETE FROM videos WHERE id = ?", (video_id,))
        self._media.remove_unused()

    # -- images -----------------------------------------------------------------------

    def images(self, collection_id: str | None) -> list[Image]:
        """List images, newest first. A video's cover belongs to the video and is not among them."""
        return self._list(
            Image,
            f"SELECT * FROM images WHERE role != 'cover' AND {_WITHIN} ORDER BY rowid DESC",
            collection_id=collection_id,
        )

    def thumbnails(self, video_id: str) -> list[Image]:
        """List the thumbnails that were asked for, in the order of their times."""
        return self._list(
            Image,
            "SELECT * FROM images WHERE video_id = :id AND role = 'thumbnail' ORDER BY time, rowid",
            id=video_id,
        )

    def find_image(self, image_id: str, collection_id: str | None = None) -> Image | None:
        """Find an image, in this collection if one is named."""
        return self._one(
            Image,
            f"SELECT * FROM images WHERE id = :id AND {_WITHIN}",
            id=image_id,
            collection_id=collection_id,
        )

    def image(self, image_id: str, collection_id: str | None = None) -> Image:
        """Find an image, or refuse with 404."""
        found = self.find_image(image_id, collection_id)
        if found is None:
            raise missing("image", image_id)
        return found

    def cover(self, video_id: str) -> Image:
        """Find a video's own picture."""
        found = self._one(
            Image, "SELECT * FROM images WHERE video_id = :id AND role = 'cover'", id=video_id
        )
        if found is None:
            raise missing("video", video_id)
        return found

    def thumbnail(self, video_id: str, time: float, size: tuple[int, int]) -> Image | None:
        """Find the stored thumbnail of the frame on screen at ``time``, in this size."""
        return self._one(
            Image,
            "SELECT * FROM images WHERE role = 'thumbnail' AND video_id = :video_id "
            "AND width = :width AND height = :height AND time <= :time AND until > :time",
            video_id=video_id,
            width=size[0],
            height=size[1],
            time=time + ROUNDING,
        )

    def delete_image(self, image_id: str, collection_id: str | None = None) -> None:
        """Remove an image; a video's cover goes only with its video."""
        if self.image(image_id, collection_id).role == "cover":
            raise missing("image", image_id)
        with self._store.write() as rows:
            rows.execute("DELETE FROM images WHERE id = ?", (image_id,))
        self._media.remove_unused()

    # -- previews and files -----------------------------------------------------------

    def find_preview(self, key: str) -> Preview | None:
        """Find what was made from a video before, by the key that says what."""
        return self._one(Preview, "SELECT * FROM previews WHERE key = :key", key=key)

    def preview(self, preview_id: str) -> Preview:
        """Find a preview by its id, or refuse with 404."""
        found = self._one(Preview, "SELECT * FROM previews WHERE id = :id", id=preview_id)
        if found is None:
            raise missing("preview", preview_id)
        return found

    def file(self, item_id: str) -> StoredFile:
        """Find the file of a video, image, preview or picture, or refuse with 404."""
        found = self._one(
            StoredFile,
            "SELECT sha256, media_type FROM videos WHERE id = :id UNION ALL "
            "SELECT sha256, media_type FROM images WHERE id = :id UNION ALL "
            "SELECT sha256, media_type FROM pictures WHERE id = :id UNION ALL "
            "SELECT sha256, media_type FROM previews WHERE id = :id AND sha256 IS NOT NULL",
            id=item_id,
        )
        if found is None:
            raise missing("file", item_id)
        return found
