"""The service as one object: its parts, opened and closed in the right order."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from anyio import CapacityLimiter

from thumbnb.briefs import COMPOSITOR
from thumbnb.frames import Pool, ProxyStore
from thumbnb.service.http.access import Access
from thumbnb.service.http.rate_limiter import RateLimiter
from thumbnb.service.jobs.executor import Executor, workers_busy
from thumbnb.service.jobs.queue import JobQueue
from thumbnb.service.jobs.runner import AsyncJobGroup, JobGroup, JobRunner
from thumbnb.service.jobs.thread_priority import lower_thread_priority
from thumbnb.service.media.file_store import FileStore
from thumbnb.service.records.collections import CollectionStore
from thumbnb.service.records.credits import Credits
from thumbnb.service.records.generations import ENGINE_KIND, KIND, GenerationStore
from thumbnb.service.records.idempotency import IdempotencyKeys
from thumbnb.service.records.images import ImageStore
from thumbnb.service.records.paintings import PaintingStore
from thumbnb.service.records.persons import PersonStore
from thumbnb.service.records.presets import PresetStore
from thumbnb.service.records.previews import PreviewStore
from thumbnb.service.records.projects import ProjectStore
from thumbnb.service.records.uploads import UploadStore
from thumbnb.service.records.video_images import VideoImageStore
from thumbnb.service.records.videos import VideoStore
from thumbnb.service.store.database import open_database
from thumbnb.service.store.identifiers import now
from thumbnb.service.store.maintenance import Maintenance
from thumbnb.service.store.process_lease import Lease
from thumbnb.service.tasks.draw_ahead import DrawAhead
from thumbnb.service.tasks.engines import Engines
from thumbnb.service.tasks.generation_task import GenerationTask
from thumbnb.service.tasks.image_examiner import ImageExaminer
from thumbnb.service.tasks.image_sources import ImageSources
from thumbnb.service.tasks.open_videos import OpenVideos
from thumbnb.service.tasks.painted_generation import PaintedGenerationTask
from thumbnb.service.tasks.result_export import ResultExport
from thumbnb.service.tasks.sample_renderer import SampleRenderer
from thumbnb.service.tasks.video_tasks import VideoTasks
from thumbnb.storage.home import open_home

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from thumbnb.render.engines.protocol import Engine
    from thumbnb.service.jobs.queue import QueuedJob
    from thumbnb.service.settings import Settings

logger = logging.getLogger(__name__)

# A new video mostly waits for its download; frames mostly for each other's decoder.
INGEST_JOBS = 64
FRAME_THREADS = 3
# A generation keeps a core busy; waiting ones lose nothing by waiting.
GENERATION_THREADS = 2
# Those that an engine paints mostly wait for it.
PAINTING_THREADS = 8
# How many samples are rendered at a time: requests beyond wait without keeping a thread from
# the others.
RENDER_LIMIT = 2
# How many frames are decoded for a look at them at a time.
PREVIEW_LIMIT = 3
# How long an uploaded file waits for its video to be asked for, and how long a
# temporary image is kept.
UPLOAD_LIFE = timedelta(days=1)
BUCKET_LIFE = timedelta(days=7)
# How long an idempotency key is remembered.
KEY_LIFE = timedelta(days=1)
# How soon it is seen that another service on this home was killed (seconds).
DEATH_SECONDS = 15.0
# No job stays longer than its slowest steps may take together, and some (seconds).
JOB_SECONDS = 600.0


class Service:
    """The service of a home folder. Several may share one home, in this process or others."""

    def __init__(
        self,
        home: Path,
        *,
        token: str | None = None,
        hosts: Iterable[str] = (),
        settings: Settings,
        engines: Iterable[Engine] = (),
    ) -> None:
        self.engines = Engines(engines)
        open_home(home)
        self.home = home
        self.settings = settings
        self.access = Access(home, token, hosts, link_hours=settings.link_hours)
        self.database = open_database(home)
        self._lease = Lease(home / "processes")
        self.files = FileStore(home, self.database, self._lease)
        self._lease.sweep()
        self.collections = CollectionStore(self.database)
        self.uploads = UploadStore(self.database, self.files)
        self.videos = VideoStore(self.database, self.files)
        self.video_images = VideoImageStore(self.database, self.files)
        self.previews = PreviewStore(self.database, self.files)
        self.images = ImageStore(self.database, self.files)
        self.idempotency = IdempotencyKeys(self.database)
        self._clean_up()
        self._abandoned = set(self.files.abandoned())
        self.persons = PersonStore(self.database)
        self.projects = ProjectStore(self.database, self.images)
        self.credits = Credits(self.database, settings.credits)
        executor = Executor(settings.workers)
        samples = SampleRenderer(executor, settings.render_seconds)
        self.presets = PresetStore(self.database, self.files, self.images, samples.render)
        self.image_examiner = ImageExaminer(executor, settings.image_seconds)
        self.image_sources = ImageSources(
            settings,
            self.access,
            database=self.database,
            files=self.files,
            presets=self.presets,
            examiner=self.image_examiner,
        )
        self.rate_limiter = RateLimiter(settings.requests_per_minute)
        self.render_limiter = CapacityLimiter(RENDER_LIMIT)
        self.preview_threads = ThreadPoolExecutor(
            PREVIEW_LIMIT, "thumbnb-previews", initializer=lower_thread_priority
        )
        jobs = JobQueue(self.database, self._lease)
        self.generations = GenerationStore(
            self.database, jobs, self.credits, self.images, settings.parallel_jobs
        )
        self._clips = Pool(proxy=ProxyStore(settings.proxy_bytes))
        self.open_videos = OpenVideos(self.files, self.videos, self._clips)
        tasks = VideoTasks(
            settings,
            executor,
            files=self.files,
            uploads=self.uploads,
            videos=self.videos,
            video_images=self.video_images,
        )
        generation = GenerationTask(executor, self.files, self.images, settings.render_seconds)
        self.paintings = PaintingStore(self.database, self.files)
        self.result_export = ResultExport(
            executor,
            self.generations,
            self.images,
            generation,
            settings.render_seconds,
            paintings=self.paintings,
            files=self.files,
        )
        self._painted = PaintedGenerationTask(
            generation,
            self.engines,
            files=self.files,
            images=self.images,
            paintings=self.paintings,
            # Apart from that of requests: it works on the engines' loop.
            examiner=ImageExaminer(executor, settings.image_seconds),
        )
        self._painting_jobs = JobGroup(
            {
                f"{ENGINE_KIND}{name}": self._painted.generate
                for name in self.engines.names
                if name != COMPOSITOR
            },
            PAINTING_THREADS,
            settings.max_variations * (settings.paint_seconds + settings.render_seconds)
            + JOB_SECONDS,
        )
        self.runner = JobRunner(
            jobs,
            (
                AsyncJobGroup(
                    {"ingest": tasks.ingest}, INGEST_JOBS, settings.download_seconds + JOB_SECONDS
                ),
                JobGroup(
                    {
                        "thumbnail": tasks.thumbnail,
                        "storyboard": tasks.storyboard,
                        "suggestions": tasks.suggestions,
                        "generate": tasks.generate,
                    },
                    FRAME_THREADS,
                    JOB_SECONDS,
                ),
                JobGroup(
                    {KIND: generation.generate},
                    GENERATION_THREADS,
                    settings.max_variations * settings.render_seconds + JOB_SECONDS,
                ),
                self._painting_jobs,
            ),
        )
        self._maintenance = (
            Maintenance(self._clean_up),
            Maintenance(self._clean_up_after_killed, DEATH_SECONDS),
        )
        self._draw_ahead = (
            DrawAhead(lambda: self.runner.busy or workers_busy())
            if settings.draw_ahead and executor.mode == "processes"
            else None
        )
        self._closed = False

    def _clean_up(self) -> None:
        """Remove what has had its time, unless the database is not the one of these files.

        Copies of the one that is, which may be there, do not give way to copies of this one.
        """
        if strays := self.files.clean_up():
            logger.warning(
                "%d files in %s have no row in %s, which may be empty, damaged or older than "
                "they are. None was moved. `thumbnb home check` lists them, `thumbnb home "
                "repair` brings back what it can.",
                len(strays),
                self.files.folder,
                self.database.path,
            )
            return
        if gone := self.files.files_not_there():
            logger.warning(
                "%d files that %s names are not in %s. `thumbnb home check` says whether they "
                "are lost, or were deleted after an older copy of the database was made.",
                len(gone),
                self.database.path,
                self.files.folder,
            )
            deletions = self.files.deletions.read()
            if any(deletions.has(name, moment) for name, moment in gone.items()):
                return
        self.idempotency.forget(now(-KEY_LIFE))
        self.uploads.delete_stale(now(-UPLOAD_LIFE))
        self.images.delete_temporary(now(-BUCKET_LIFE))
        self.files.remove_unused()
        self.database.back_up()

    def _clean_up_after_killed(self) -> None:
        """Remove what another service on this home was writing when it was killed."""
        # Some are left where files have no row, which is said once an hour.
        if (abandoned := set(self.files.abandoned())) != self._abandoned:
            self._clean_up()
            self._abandoned = abandoned & set(self.files.abandoned())

    @property
    def token(self) -> str:
        """What a client presents as its key."""
        return self.access.token

    def delete_video(self, video_id: str, collection_id: str | None = None) -> None:
        """Remove a video; its file can go only when no decoder holds it open."""
        video = self.videos.get(video_id, collection_id)
        self._clips.forget(self.files.path(video.sha256))
        self.videos.delete(video_id)

    def add_engine(self, engine: Engine) -> None:
        """Paint with another engine, too; its jobs that wait for it are taken up."""
        self.engines.add(engine)
        if engine.name != COMPOSITOR:
            self.runner.add_kind(
                self._painting_jobs, f"{ENGINE_KIND}{engine.name}", self._painted.generate
            )

    def cancel_job(self, job_id: str) -> QueuedJob:
        """Cancel a job of any kind; one that has ended, or that others wait for, stays as it is."""
        job = self.runner.queue.cancel(job_id, partial(self.generations.landed, job_id))
        if job.ended:  # one that others wait for goes on
            self.runner.cancelled(job_id)
        return job

    def close(self) -> None:
        """Stop the work, which the next start goes on with; closing twice is fine."""
        if self._closed:
            return
        self._closed = True
        if self._draw_ahead:
            self._draw_ahead.close()
        for maintenance in self._maintenance:
            maintenance.close()
        self.runner.close()
        self.preview_threads.shutdown(wait=False, cancel_futures=True)
        self.engines.close()
        self._clips.close()
        self.database.close()
        self._lease.close()
