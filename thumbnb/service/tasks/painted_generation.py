"""The job of a generation that an engine paints: painted, then lettered by the compositor.

Each request to an engine is written down before it is sent. What a process that died had on its
way may have been painted and paid: it is never sent again by itself.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PIL import Image as PillowImage

from thumbnb import errors
from thumbnb.imaging.open_image import open_image
from thumbnb.service.jobs.queue import OwnershipLost
from thumbnb.service.jobs.task_control import TaskCancelled
from thumbnb.service.media.open_image import ImageInfo
from thumbnb.service.records.images import NewImage
from thumbnb.service.refusal import Refusal
from thumbnb.service.tasks.engines import refusal_of_engine, was_refused
from thumbnb.service.tasks.generation_task import start_thread

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from thumbnb.render.engines.protocol import Engine, Painting, PaintProgress, PaintRequest
    from thumbnb.service.jobs.context import JobContext
    from thumbnb.service.jobs.queue import Outcome
    from thumbnb.service.media.file_store import FileStore
    from thumbnb.service.records.images import ImageStore
    from thumbnb.service.records.paintings import PaintedFile, PaintingStore
    from thumbnb.service.tasks.engines import Engines
    from thumbnb.service.tasks.generation_task import GenerationTask
    from thumbnb.service.tasks.image_examiner import ImageExaminer

logger = logging.getLogger(__name__)

# So many requests are at engines at a time: they queue there, and are paid there.
AT_A_TIME = 8


class PaintedGenerationTask:
    """Makes the images of generations that an engine paints."""

    def __init__(
        self,
        generation: GenerationTask,
        engines: Engines,
        *,
        files: FileStore,
        images: ImageStore,
        paintings: PaintingStore,
        examiner: ImageExaminer,
    ) -> None:
        self._generation = generation
        self._engines = engines
        self._files = files
        self._images = images
        self._paintings = paintings
        self._examiner = examiner
        self._slots = threading.BoundedSemaphore(AT_A_TIME)

    def generate(self, job: JobContext) -> Outcome:
        """Make what is still missing of a generation's images; each is stored in its turn."""
        placed = self._images.by_owner([job.job_id])[job.job_id]
        made = {p.position for p in placed if p.role == "result"}
        missing = [n for n in range(job.params["variations"]) if n not in made]
        brief = self._generation.brief(job.params["brief"], placed) if missing else {}
        faults: dict[int, Refusal] = {}
        if missing:
            try:
                faults = self._make(job, brief, missing)
            finally:
                if not job.stopping.is_set():  # its database may be closed by then
                    self._paintings.drop_partial(job.job_id)
        if faults and len(faults) == job.params["variations"]:
            raise faults[min(faults)]
        return partial(self._finish, job, faults)

    def _finish(
        self, job: JobContext, faults: Mapping[int, Refusal], rows: sqlite3.Connection
    ) -> dict[str, Any]:
        """Settle the job: what was not made is not charged, and it is said why."""
        if not faults:
            return {"id": job.job_id}
        many = job.params["variations"] - len(faults)
        rows.execute("UPDATE charges SET credits = ? WHERE job_id = ?", (many, job.job_id))
        missing = [
            {"variation": n, "code": fault.code, "reason": fault.message}
            for n, fault in sorted(faults.items())
        ]
        return {"id": job.job_id, "missing": missing}

    def _make(
        self, job: JobContext, brief: Mapping[str, Any], missing: Sequence[int]
    ) -> dict[int, Refusal]:
        """Paint and letter the missing variations; gives why some of them came to nothing."""
        engine = self._engines[job.params["engine"]]
        unsure = self._paintings.take_over(job.job_id)
        there = self._paintings.painted(job.job_id)
        faults = {n: _interrupted(engine) for n in missing if n in unsure and n not in there}
        try:
            self._engines.run(engine.prepare(), lambda: _over(job))
        except errors.ThumbnbError as error:
            if not there:
                raise refusal_of_engine(error) from error
        able = engine.capabilities
        accepted = {"references": able.references, "negative_prompt": able.negative_prompt}
        wanted = {
            n: self._generation.plan(job, brief, n, accepted) for n in missing if n not in faults
        }
        to_paint = {n: request for n, request in wanted.items() if n not in there}
        work = [
            start_thread(self._letter, job, brief, engine, {n: wanted[n]})
            for n in wanted
            if n in there
        ]
        work += [
            start_thread(self._paint_group, job, brief, engine, group)
            for group in grouped(to_paint, able.count, seeds=able.seed)
        ]
        gone: BaseException | None = None
        for part in work:
            try:
                faults |= part.result()
            except (OwnershipLost, TaskCancelled) as error:
                gone = error
        if gone is not None:
            raise gone
        return faults

    # -- painting -----------------------------------------------------------------

    def _paint_group(
        self,
        job: JobContext,
        brief: Mapping[str, Any],
        engine: Engine,
        group: Mapping[int, PaintRequest],
    ) -> dict[int, Refusal]:
        """Paint variations that are asked for alike, until all are there or one fails."""
        faults: dict[int, Refusal] = {}
        left = dict(group)
        while left:
            with self._slots:
                if _over(job):
                    raise OwnershipLost(job.job_id)
                try:
                    done = self._paint(job, engine, left)
                except Refusal as refusal:
                    return faults | dict.fromkeys(left, refusal)
            faults |= self._letter(job, brief, engine, {n: left.pop(n) for n in done})
        return faults

    def _paint(
        self, job: JobContext, engine: Engine, wanted: Mapping[int, PaintRequest]
    ) -> list[int]:
        """Send one request, and keep what comes back; gives the positions that are painted."""
        positions = list(wanted)
        price = engine.capabilities.prices
        painting_id = self._paintings.open(
            job.job_id,
            engine.name,
            positions,
            price=price.reserve(len(positions)) if price else None,
            budget=engine.budget,
        )
        request = replace(wanted[positions[0]], count=len(positions))
        show = partial(self._show, job, painting_id, positions[0])
        try:
            painting = self._engines.run(engine.paint(request, show), lambda: _over(job))
            self._keep(job, painting_id, positions, painting)
        except errors.ThumbnbError as error:
            self._paintings.close(
                painting_id, "refused" if was_refused(error) else "unknown", error.message
            )
            raise refusal_of_engine(error) from error
        except Refusal as refusal:  # it painted something that is no image
            self._paintings.close(painting_id, "unknown", refusal.message)
            message = f"What {engine.name} painted cannot be used: {refusal.message}"
            raise Refusal(502, "ENGINE_FAILED", message) from refusal
        except OwnershipLost:
            self._paintings.close(painting_id, "unknown", "given up")
            raise
        except Exception as error:
            self._paintings.close(painting_id, "unknown", type(error).__name__)
            logger.exception("%s failed at %s", engine.name, job.job_id)
            reason = f"{engine.name} failed ({type(error).__name__})."
            raise Refusal(502, "ENGINE_FAILED", reason) from error
        return positions[: len(painting.images)]

    def _keep(
        self, job: JobContext, painting_id: str, positions: Sequence[int], painting: Painting
    ) -> None:
        """Decode what was painted, where a bad file can do no harm, and store it."""
        images: dict[int, NewImage] = {}
        for position, data in zip(positions, painting.images, strict=False):
            new_file = job.hold(self._files.new_file())
            new_file.write(data)
            new_file.seal()
            info = self._engines.run(self._examiner.examine(new_file.path), lambda: False)
            images[position] = NewImage(new_file, info)
        job.store(partial(self._paintings.keep, painting_id, job.job_id, images, painting.usage))

    def _show(
        self, job: JobContext, painting_id: str, position: int, progress: PaintProgress
    ) -> None:
        """Show an unfinished image; called on the engines' loop, which must not wait."""
        if progress.image is not None:
            start_thread(self._show_image, job, painting_id, position, progress.image)

    def _show_image(self, job: JobContext, painting_id: str, position: int, data: bytes) -> None:
        with open_image(data) as image, self._files.new_file() as new_file:
            kind = PillowImage.MIME.get(image.format or "", "image/png")
            info = ImageInfo(kind, len(data), *image.size)
            new_file.write(data)
            new_file.seal()
            new = NewImage(new_file, info)

            def landed(rows: sqlite3.Connection) -> dict[str, Any]:
                self._paintings.keep_partial(rows, painting_id, job.job_id, position, new)
                return {}

            job.land(landed)

    # -- lettering ----------------------------------------------------------------

    def _letter(
        self,
        job: JobContext,
        brief: Mapping[str, Any],
        engine: Engine,
        wanted: Mapping[int, PaintRequest],
    ) -> dict[int, Refusal]:
        """Set the words on what was painted, and store the results."""
        painted = self._paintings.painted(job.job_id)
        faults: dict[int, Refusal] = {}
        for n, request in wanted.items():
            image = painted[n]
            try:
                path = str(self._files.stored_path(image.sha256, "image", job.job_id))
            except Refusal as refusal:
                faults[n] = refusal
                continue
            painted_by = {
                "engine": engine.name,
                "used": [item.name for item in request.references],
                "layout": request.layout,
                "letters": list(self._generation.letters(job, path)),
                "price": _price(image),
            }
            fields = {**brief, "engine": engine.name, "painted": {**painted_by, "path": path}}
            # With it the result can be lettered again.
            kept = {"cost": image.cost, "currency": image.currency, "painted": painted_by}
            try:
                rendering = self._generation.render(job, fields, n, threading.Event())
                self._generation.store(job, n, rendering, kept)
            except Refusal as refusal:
                faults[n] = refusal
            except errors.ThumbnbError as error:
                faults[n] = Refusal(400, "INVALID_REQUEST", str(error))
        return faults


def grouped(
    wanted: Mapping[int, PaintRequest], count: int, *, seeds: bool
) -> list[dict[int, PaintRequest]]:
    """Put together what one request can ask for: the same but for what is not sent."""
    groups: list[dict[int, PaintRequest]] = []
    for n, request in wanted.items():
        for group in groups:
            other = next(iter(group.values()))
            alike = replace(request, seed=other.seed, layout=other.layout) == other
            if alike and len(group) < count and not seeds:
                group[n] = request
                break
        else:
            groups.append({n: request})
    return groups


def _price(image: PaintedFile) -> str:
    """Say what an image has cost."""
    if image.cost:
        return f"for {image.cost:g} {image.currency or ''}".rstrip()
    return "for nothing" if image.cost == 0 else "at an unknown price"


def _over(job: JobContext) -> bool:
    return job.cancelled() or job.stopping.is_set()


def _interrupted(engine: Engine) -> Refusal:
    return Refusal(
        502,
        "OUTCOME_UNKNOWN",
        f"The service was stopped while {engine.name} was painting: the image may have been "
        "painted, and paid. It is not asked for again by itself; generate once more to do so.",
    )
