"""The jobs over videos: what each decodes, in a worker process, and what rows it leaves."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from anyio import CapacityLimiter, to_thread

from thumbnb.service.jobs.executor import task_refusals
from thumbnb.service.jobs.task_control import Limits
from thumbnb.service.records.video_images import ROUNDING
from thumbnb.service.refusal import Refusal, missing
from thumbnb.service.store.identifiers import new_id, now
from thumbnb.service.store.rows import insert
from thumbnb.service.tasks.decode_video import (
    declared_size,
    inspect_video,
    memory_for,
    video_frame,
    video_storyboard,
    video_suggestions,
)
from thumbnb.service.tasks.open_videos import without_path
from thumbnb.service.tasks.render_image import render_backdrop

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from thumbnb.service.jobs.context import JobContext
    from thumbnb.service.jobs.executor import Executor
    from thumbnb.service.jobs.queue import Outcome
    from thumbnb.service.media.file_store import FileStore, NewFile
    from thumbnb.service.records.uploads import UploadStore
    from thumbnb.service.records.video_images import VideoImageStore
    from thumbnb.service.records.videos import Video, VideoStore
    from thumbnb.service.settings import Settings

JPEG = "image/jpeg"
# So many new videos are looked into at a time: two that take all their time leave room for one.
INGESTS_AT_A_TIME = 3
# To read what a file claims to be takes little (bytes).
_PROBE_MEMORY = 200 * 1024 * 1024
_BACKDROP_MEMORY = 400 * 1024 * 1024


class VideoTasks:
    """The kinds of job; a method each. It gets its context and returns what writes the rows."""

    def __init__(
        self,
        settings: Settings,
        executor: Executor,
        *,
        files: FileStore,
        uploads: UploadStore,
        videos: VideoStore,
        video_images: VideoImageStore,
    ) -> None:
        self._settings = settings
        self._executor = executor
        self._files = files
        self._uploads = uploads
        self._videos = videos
        self._video_images = video_images
        self._ingests = CapacityLimiter(INGESTS_AT_A_TIME)
        self._storing = CapacityLimiter(INGESTS_AT_A_TIME)

    async def ingest(self, job: JobContext) -> Outcome:
        """Make a video of an uploaded file or of one to be downloaded, with its cover."""
        params = job.params
        if await to_thread.run_sync(self._videos.find, params["id"]) is not None:
            return lambda _: {"id": params["id"]}
        try:
            sha256 = await self._file(job)
            return await self._inspect(job, sha256)
        except Exception:
            # Stopped, the job will come back for its file; else nothing stays behind.
            if not job.stopping.is_set():
                await to_thread.run_sync(self._uploads.delete, params["id"])
            raise

    async def _file(self, job: JobContext) -> str:
        """Return the hash of the file that was sent, downloading it first if that was asked."""
        params = job.params
        upload = await to_thread.run_sync(self._uploads.get, params["id"])
        if upload.sha256 is not None:
            return upload.sha256
        if params["url"] is None:
            raise Refusal(400, "NO_FILE", "No file has been sent to this upload address yet.")
        with self._files.new_file() as new_file:
            # Slow to load, and most services never download.
            from thumbnb.service.media.download import download  # noqa: PLC0415

            await download(
                params["url"],
                new_file,
                limit=self._settings.max_upload,
                seconds=self._settings.download_seconds,
                allow_private=self._settings.allow_private_urls,
                progress=lambda part: job.progress(0.8 * part),
            )
            return await to_thread.run_sync(
                self._keep_download, params["id"], new_file, limiter=self._storing
            )

    def _keep_download(self, upload_id: str, new_file: NewFile) -> str:
        new_file.seal()
        return self._uploads.fill(upload_id, new_file, by_job=True)

    async def _inspect(self, job: JobContext, sha256: str) -> Outcome:
        params = job.params
        path = self._files.path(sha256)
        decoded = await to_thread.run_sync(
            self._decode_upload, job, path, limiter=self._ingests, abandon_on_cancel=True
        )
        facts, size = decoded["facts"], decoded["image_size"]
        new_file = await to_thread.run_sync(
            self._new_file, job, decoded["image"], limiter=self._storing
        )

        def outcome(rows: sqlite3.Connection) -> dict[str, Any]:
            video = {
                "id": params["id"],
                "collection_id": params["collection_id"],
                "name": params["name"] or _name(params["url"]),
                "description": params["description"] or "",
                "sha256": sha256,
                **facts,
                "job_id": job.job_id,
                "created_at": now(),
            }
            insert(rows, "videos", video)
            image = self._image(job, new_file, size, video, role="cover")
            insert(rows, "images", {**image, **_span(decoded, decoded["time"])})
            rows.execute("DELETE FROM uploads WHERE id = ?", (params["id"],))
            return {"id": params["id"]}

        return outcome

    def _decode_upload(self, job: JobContext, path: Path) -> dict[str, Any]:
        seconds = self._settings.ingest_seconds
        limits = Limits(seconds=seconds, memory=_PROBE_MEMORY)
        size = self._decode(job, declared_size, path, limits, trusted=False)
        limits = Limits(seconds=seconds, memory=memory_for(size))
        decoded: dict[str, Any] = self._decode(job, inspect_video, path, limits, trusted=False)
        return decoded

    def thumbnail(self, job: JobContext) -> Outcome:
        """Store the frame on screen at a time, in a size."""
        params = job.params
        video = self._videos.get(params["video_id"])
        size = (params["width"], params["height"])
        stored = self._video_images.find_thumbnail(video.id, params["time"], size)
        if stored is not None:
            return lambda _: {"id": stored.id}
        # As it is displayed, a frame may have another shape than the first: a phone was turned.
        whole = size == (video.width, video.height)
        decoded = self._of_video(
            job,
            video_frame,
            video,
            self._settings.frame_seconds,
            time=params["time"],
            size=None if whole else size,
        )
        size = decoded["image_size"]
        new_file = self._new_file(job, decoded["image"])

        def outcome(rows: sqlite3.Connection) -> dict[str, Any]:
            _check_stored(rows, video)
            row = {
                **self._image(job, new_file, size, asdict(video), role="thumbnail"),
                **_span(decoded, params["time"]),
            }
            same = rows.execute(
                "UPDATE images SET until = max(until, :until) WHERE role = 'thumbnail' "
                "AND video_id = :video_id AND width = :width AND height = :height "
                "AND time = :time RETURNING id, sha256",
                row,
            ).fetchone()
            if same is None:
                insert(rows, "images", row)
                return {"id": row["id"]}
            self._replace_lost(rows, "images", same, row)
            return {"id": same["id"]}

        return outcome

    def storyboard(self, job: JobContext) -> Outcome:
        """Store a sheet of small frames of a video."""
        params = job.params
        video = self._videos.get(params["video_id"])
        sheet = self._of_video(
            job,
            video_storyboard,
            video,
            self._settings.preview_seconds,
            count=params["count"],
            tile_width=params["tile_width"],
            exact=params["exact"],
        )
        new_file = self._new_file(job, sheet["image"])
        return lambda rows: self._preview(rows, job, video, sheet["data"], new_file)

    def suggestions(self, job: JobContext) -> Outcome:
        """Store the best moments of a video, and where its shots begin."""
        params = job.params
        video = self._videos.get(params["video_id"])
        data = self._of_video(
            job, video_suggestions, video, self._settings.preview_seconds, count=params["count"]
        )
        return lambda rows: self._preview(rows, job, video, data, None)

    def generate(self, job: JobContext) -> Outcome:
        """Store an image rendered from a prompt."""
        params = job.params
        size = (params["width"], params["height"])
        limits = Limits(seconds=self._settings.render_seconds, memory=_BACKDROP_MEMORY)
        with task_refusals("The image", limits):
            encoded = self._executor.run(
                render_backdrop,
                limits,
                trusted=True,
                cancelled=job.cancelled,
                prompt=params["prompt"],
                size=size,
                seed=params["seed"],
            )
        new_file = self._new_file(job, encoded)

        def outcome(rows: sqlite3.Connection) -> dict[str, Any]:
            of = {"id": None, "collection_id": params["collection_id"], "name": params["prompt"]}
            row = self._image(job, new_file, size, of, role="generated")
            insert(rows, "images", row)
            return {"id": row["id"]}

        return outcome

    # -- what they share --------------------------------------------------------------

    def _of_video(
        self, job: JobContext, function: Any, video: Video, seconds: float, **params: Any
    ) -> Any:
        limits = Limits(seconds=seconds, memory=memory_for((video.width, video.height)))
        try:
            return self._decode(
                job, function, self._files.path(video.sha256), limits, trusted=True, **params
            )
        except FileNotFoundError:
            raise self._files.refusal(video.sha256, "video", video.id) from None

    def _decode(
        self,
        job: JobContext,
        function: Any,
        path: Path,
        limits: Limits,
        *,
        trusted: bool,
        **params: Any,
    ) -> Any:
        with task_refusals("The video", limits), without_path(path):
            return self._executor.run(
                function,
                limits,
                trusted=trusted,
                cancelled=job.cancelled,
                path=str(path),
                **params,
            )

    def _new_file(self, job: JobContext, encoded: bytes) -> NewFile:
        new_file: NewFile = job.hold(self._files.new_file())
        new_file.write(encoded)
        new_file.seal()
        return new_file

    def _image(
        self,
        job: JobContext,
        new_file: NewFile,
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
            "sha256": self._files.keep(new_file),
            "media_type": JPEG,
            "size": new_file.size,
            "width": size[0],
            "height": size[1],
            "video_id": of["id"],
            "job_id": job.job_id,
            "created_at": now(),
        }

    def _preview(
        self,
        rows: sqlite3.Connection,
        job: JobContext,
        video: Video,
        data: dict[str, Any],
        new_file: NewFile | None,
    ) -> dict[str, Any]:
        _check_stored(rows, video)
        row = {
            "id": new_id("pre"),
            "video_id": video.id,
            "key": job.params["key"],
            "sha256": None if new_file is None else self._files.keep(new_file),
            "media_type": None if new_file is None else JPEG,
            "data": json.dumps(data),
            "job_id": job.job_id,
            "created_at": now(),
        }
        same = rows.execute(
            "SELECT id, sha256 FROM previews WHERE key = :key", {"key": row["key"]}
        ).fetchone()
        if same is None:
            insert(rows, "previews", row)
            return {"id": row["id"]}
        self._replace_lost(rows, "previews", same, row)
        return {"id": same["id"]}

    def _replace_lost(
        self, rows: sqlite3.Connection, table: str, same: sqlite3.Row, row: Mapping[str, Any]
    ) -> None:
        """Give a row whose file is lost the new one, if that has not the very same bytes."""
        if same["sha256"] and not self._files.path(same["sha256"]).exists():
            new = {name: row[name] for name in ("sha256", "size", "data", "job_id") if name in row}
            columns = ", ".join(f"{name} = :{name}" for name in new)
            rows.execute(
                f"UPDATE {table} SET {columns} WHERE id = :id",  # noqa: S608 - our own words
                {**new, "id": same["id"]},
            )


def _span(decoded: Mapping[str, Any], requested: float) -> dict[str, float]:
    # The last frame is on screen at the very end too, where its time is over.
    return {
        "time": decoded["time"],
        "until": max(decoded["time"] + decoded["duration"], requested + 2 * ROUNDING),
    }


def _check_stored(rows: sqlite3.Connection, video: Video) -> None:
    if rows.execute("SELECT 1 FROM videos WHERE id = ?", (video.id,)).fetchone() is None:
        raise missing("video", video.id)


def _name(url: str | None) -> str:
    return Path(unquote(urlsplit(url or "").path)).stem or "video"
