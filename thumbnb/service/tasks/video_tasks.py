"""The work itself: what each kind of job decodes, paints and leaves behind."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from thumbnb import errors, frames
from thumbnb.imaging.small_copy import encode_jpeg
from thumbnb.service.media.download import download
from thumbnb.service.media.media_type import media_type
from thumbnb.service.records.video_images import ROUNDING
from thumbnb.service.refusal import Refusal, missing
from thumbnb.service.store.identifiers import new_id, now
from thumbnb.service.store.rows import insert
from thumbnb.service.tasks.open_videos import without_path

if TYPE_CHECKING:
    import sqlite3

    from PIL import Image

    from thumbnb.frames import Clip, Frame
    from thumbnb.service.jobs.queue import Outcome
    from thumbnb.service.jobs.runner import JobContext
    from thumbnb.service.media.file_store import Draft, FileStore
    from thumbnb.service.records.uploads import UploadStore
    from thumbnb.service.records.video_images import VideoImageStore
    from thumbnb.service.records.videos import Video, VideoStore
    from thumbnb.service.settings import Settings
    from thumbnb.service.tasks.open_videos import OpenVideos

logger = logging.getLogger(__name__)

JPEG = "image/jpeg"


class VideoTasks:
    """The kinds of job; a method each. It gets its work and returns what writes the rows."""

    def __init__(
        self,
        settings: Settings,
        *,
        files: FileStore,
        uploads: UploadStore,
        videos: VideoStore,
        video_images: VideoImageStore,
        open_videos: OpenVideos,
    ) -> None:
        self._settings = settings
        self._files = files
        self._uploads = uploads
        self._videos = videos
        self._video_images = video_images
        self._open_videos = open_videos

    def ingest(self, work: JobContext) -> Outcome:
        """Make a video of an uploaded file or of one to be downloaded, with its cover."""
        wish = work.params
        if self._videos.find(wish["id"]) is not None:
            return lambda _: {"id": wish["id"]}
        try:
            return self._ingest(work, self._file(work))
        except Exception:
            # Stopped, the job will come back for its file; else nothing stays behind.
            if not work.stopping.is_set():
                self._uploads.delete(wish["id"])
            raise

    def _file(self, work: JobContext) -> str:
        """Give the hash of the file that was uploaded, downloading it first if that was asked."""
        wish = work.params
        sha256 = self._uploads.get(wish["id"]).sha256
        if sha256 is not None:
            return sha256
        if wish["url"] is None:
            raise Refusal(400, "NO_FILE", "No file has been sent to this upload address yet.")
        with self._files.draft() as draft:
            download(
                wish["url"],
                draft,
                limit=self._settings.max_upload,
                seconds=self._settings.download_seconds,
                allow_private=self._settings.allow_private_urls,
                stopping=work.stopping,
                progress=lambda part: work.progress(0.8 * part),
            )
            draft.seal()
            return self._uploads.fill(wish["id"], draft, by_job=True)

    def _ingest(self, work: JobContext, sha256: str) -> Outcome:
        wish = work.params
        path = self._files.path(sha256)
        with without_path(path), frames.open(path) as clip:
            cover = _cover(clip)
            facts = {
                "media_type": media_type(path),
                "size": path.stat().st_size,
                "length": clip.duration,
                "fps": clip.fps,
                "width": clip.size[0],
                "height": clip.size[1],
            }
        picture = self._jpeg(work, cover.image)

        def outcome(rows: sqlite3.Connection) -> dict[str, Any]:
            video = {
                "id": wish["id"],
                "collection_id": wish["collection_id"],
                "name": wish["name"] or _name(wish["url"]),
                "description": wish["description"] or "",
                "sha256": sha256,
                **facts,
                "job_id": work.job_id,
                "created_at": now(),
            }
            insert(rows, "videos", video)
            image = self._image(work, picture, cover.image.size, video, role="cover")
            insert(rows, "images", {**image, **_span(cover, cover.time)})
            rows.execute("DELETE FROM uploads WHERE id = ?", (wish["id"],))
            return {"id": wish["id"]}

        return outcome

    def thumbnail(self, work: JobContext) -> Outcome:
        """Store the frame on screen at a time, in a size."""
        wish = work.params
        video = self._videos.get(wish["video_id"])
        size = (wish["width"], wish["height"])
        stored = self._video_images.find_thumbnail(video.id, wish["time"], size)
        if stored is not None:
            return lambda _: {"id": stored.id}
        # As it is displayed, a frame may have another shape than the first: a phone was turned.
        whole = size == (video.width, video.height)
        with self._open_videos.open(video) as clip:
            frame = clip.frame_at(wish["time"], None if whole else size)
        size = frame.image.size
        picture = self._jpeg(work, frame.image)

        def outcome(rows: sqlite3.Connection) -> dict[str, Any]:
            _still_there(rows, video)
            row = {
                **self._image(work, picture, size, asdict(video), role="thumbnail"),
                **_span(frame, wish["time"]),
            }
            same = rows.execute(
                "UPDATE images SET until = max(until, :until) WHERE role = 'thumbnail' "
                "AND video_id = :video_id AND width = :width AND height = :height "
                "AND time = :time RETURNING id",
                row,
            ).fetchone()
            if same is None:
                insert(rows, "images", row)
            return {"id": row["id"] if same is None else same["id"]}

        return outcome

    def storyboard(self, work: JobContext) -> Outcome:
        """Store a sheet of small frames of a video."""
        wish = work.params
        video = self._videos.get(wish["video_id"])
        with self._open_videos.open(video) as clip:
            sheet = clip.storyboard(wish["count"], wish["tile_width"], exact=wish["exact"])
        picture = self._jpeg(work, sheet.image)
        data = {
            "tile_width": sheet.tile_size[0],
            "tile_height": sheet.tile_size[1],
            "columns": sheet.columns,
            "count": len(sheet.times),
            "interval": sheet.interval,
            "times": list(sheet.times),
        }
        return lambda rows: self._preview(rows, work, video, data, picture)

    def suggestions(self, work: JobContext) -> Outcome:
        """Store the best moments of a video, and where its shots begin."""
        wish = work.params
        video = self._videos.get(wish["video_id"])
        with self._open_videos.open(video) as clip:
            found, shots = clip.survey(wish["count"])
        data = {
            "suggestions": [
                {"time": s.time, "score": s.score, "reasons": list(s.reasons)} for s in found
            ],
            "shots": shots,
        }
        return lambda rows: self._preview(rows, work, video, data, None)

    def generate(self, work: JobContext) -> Outcome:
        """Store a picture painted from a prompt."""
        from thumbnb.render import backdrop  # noqa: PLC0415 - numpy, when first used

        wish = work.params
        size = (wish["width"], wish["height"])
        picture = self._jpeg(work, backdrop(wish["prompt"], size, wish["seed"]))

        def outcome(rows: sqlite3.Connection) -> dict[str, Any]:
            of = {"id": None, "collection_id": wish["collection_id"], "name": wish["prompt"]}
            row = self._image(work, picture, size, of, role="generated")
            insert(rows, "images", row)
            return {"id": row["id"]}

        return outcome

    # -- what they share --------------------------------------------------------------

    def _jpeg(self, work: JobContext, image: Image.Image) -> Draft:
        draft: Draft = work.hold(self._files.draft())
        draft.write(encode_jpeg(image, full_colour=True))
        draft.seal()
        return draft

    def _image(
        self,
        work: JobContext,
        picture: Draft,
        size: tuple[int, int],
        of: dict[str, Any],
        *,
        role: str,
    ) -> dict[str, Any]:
        return {
            "id": new_id("img"),
            "collection_id": of["collection_id"],
            "name": of["name"],
            "role": role,
            "sha256": self._files.keep(picture),
            "media_type": JPEG,
            "size": picture.size,
            "width": size[0],
            "height": size[1],
            "video_id": of["id"],
            "job_id": work.job_id,
            "created_at": now(),
        }

    def _preview(
        self,
        rows: sqlite3.Connection,
        work: JobContext,
        video: Video,
        data: dict[str, Any],
        picture: Draft | None,
    ) -> dict[str, Any]:
        _still_there(rows, video)
        row = {
            "id": new_id("pre"),
            "video_id": video.id,
            "key": work.params["key"],
            "sha256": None if picture is None else self._files.keep(picture),
            "media_type": None if picture is None else JPEG,
            "data": json.dumps(data),
            "job_id": work.job_id,
            "created_at": now(),
        }
        insert(rows, "previews", row)
        return {"id": row["id"]}


def _cover(clip: Clip) -> Frame:
    """Give the frame that stands for a video: its best, or its first if none can be judged."""
    try:
        best = clip.suggest(1)
        return clip.frame_at(best[0].time if best else 0.0)
    except errors.MediaError as error:
        logger.info("No best frame of %r (%s); its first will do", clip, error)
        return clip.frame_at(0.0)


def _span(frame: Frame, asked: float) -> dict[str, float]:
    # The last frame is on screen at the very end too, where its time is over.
    return {"time": frame.time, "until": max(frame.time + frame.duration, asked + 2 * ROUNDING)}


def _still_there(rows: sqlite3.Connection, video: Video) -> None:
    if rows.execute("SELECT 1 FROM videos WHERE id = ?", (video.id,)).fetchone() is None:
        raise missing("video", video.id)


def _name(url: str | None) -> str:
    return Path(unquote(urlsplit(url or "").path)).stem or "video"
