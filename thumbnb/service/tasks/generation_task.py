"""The job of a generation: its brief put together, and its variations rendered side by side."""

from __future__ import annotations

import json
import logging
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic.alias_generators import to_camel

from thumbnb import errors
from thumbnb.render.engines.protocol import PaintRequest, Reference
from thumbnb.render.vision.letters import can_read
from thumbnb.service.jobs.executor import CORES
from thumbnb.service.jobs.queue import OwnershipLost
from thumbnb.service.jobs.task_control import (
    Limits,
    TaskCancelled,
    TaskFailed,
    TooMuchMemory,
    WorkerCrashed,
)
from thumbnb.service.media.open_image import ImageInfo
from thumbnb.service.records.images import NewImage
from thumbnb.service.refusal import Refusal
from thumbnb.service.tasks.render_image import (
    plan_painting,
    read_painted_letters,
    render_variation,
)
from thumbnb.text import image_tokens

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence

    from thumbnb.service.jobs.context import JobContext
    from thumbnb.service.jobs.executor import Executor
    from thumbnb.service.jobs.queue import Outcome
    from thumbnb.service.media.file_store import FileStore
    from thumbnb.service.records.images import Image, ImageStore

logger = logging.getLogger(__name__)

T = TypeVar("T")

SIZE = (1280, 720)
MAX_BYTES = 2_000_000
# What a rendering takes beside its process: the layers, and the images it is given (bytes).
MEMORY = 500 * 1024 * 1024
# What looking for letters takes: half a gigabyte was seen.
OCR_LIMITS = Limits(seconds=60.0, memory=1000 * 1024 * 1024)
# So many are rendered at a time, of all generations: more would take turns on the same cores.
AT_A_TIME = max(2, CORES)
# How much of an error of the compositor is passed on (characters).
LONGEST_REASON = 200


class GenerationTask:
    """Makes the images of generations."""

    def __init__(
        self, executor: Executor, files: FileStore, images: ImageStore, seconds: float
    ) -> None:
        self._executor = executor
        self._files = files
        self._images = images
        self._limits = Limits(seconds=seconds, memory=MEMORY)
        self._slots = threading.BoundedSemaphore(AT_A_TIME)

    def generate(self, job: JobContext) -> Outcome:
        """Make what is still missing of a generation's images; each is stored in its turn."""
        params = job.params
        placed = self._images.by_owner([job.job_id])[job.job_id]
        made = {p.position for p in placed if p.role == "result"}
        missing = [n for n in range(params["variations"]) if n not in made]
        brief = self.brief(params["brief"], placed) if missing else {}
        given_up = threading.Event()
        renderings = [start_thread(self.render, job, brief, n, given_up) for n in missing]
        try:
            for n, rendering in zip(missing, renderings, strict=True):
                self.store(job, n, rendering.result())
        finally:
            given_up.set()
        return lambda _: {"id": job.job_id}

    def plan(
        self, job: JobContext, brief: Mapping[str, Any], n: int, capabilities: Mapping[str, Any]
    ) -> PaintRequest:
        """Work out, in a worker process, what an engine is asked to paint for a variation."""
        with self._slots:
            fields = self._executor.run(
                plan_painting,
                self._limits,
                trusted=True,
                cancelled=job.cancelled,
                brief=brief,
                seed=job.params["seed"],
                variation=job.params["first"] + n,
                **capabilities,
            )
        references = tuple(Reference(**item) for item in fields.pop("references"))
        return PaintRequest(references=references, **fields)

    def letters(self, job: JobContext, path: str) -> tuple[str, ...]:
        """Read what letters an engine has painted, where an OCR program is installed."""
        if not can_read():
            return ()
        try:
            words: tuple[str, ...] = self._executor.run(
                read_painted_letters, OCR_LIMITS, trusted=True, cancelled=job.cancelled, path=path
            )
        except (TimeoutError, TooMuchMemory, TaskFailed) as error:
            logger.warning("Letters in %s could not be looked for (%s)", job.job_id, error)
            return ()
        return words

    def render(
        self, job: JobContext, brief: Mapping[str, Any], n: int, given_up: threading.Event
    ) -> dict[str, Any]:
        """Render a variation in a worker process."""
        params = job.params

        def cancelled() -> bool:
            return given_up.is_set() or job.cancelled()

        with self._slots:
            if cancelled() or job.stopping.is_set():
                raise OwnershipLost(job.job_id)
            try:
                rendering: dict[str, Any] = self._executor.run(
                    render_variation,
                    self._limits,
                    trusted=True,
                    cancelled=cancelled,
                    brief=brief,
                    seed=params["seed"],
                    variation=params["first"] + n,
                    size=SIZE,
                    max_bytes=MAX_BYTES,
                )
            except (errors.ThumbnbError, Refusal, TaskCancelled):
                raise
            except Exception as error:
                raise Refusal(500, "NOT_PAINTED", self._failure(error, job, n)) from error
        return rendering

    def _failure(self, error: Exception, job: JobContext, n: int) -> str:
        if isinstance(error, TimeoutError):
            return (
                f"The compositor was not done with variation {n + 1} after "
                f"{self._limits.seconds:g} s."
            )
        if isinstance(error, TooMuchMemory):
            return f"The compositor ran out of memory at variation {n + 1}."
        if isinstance(error, TaskFailed):
            reason = str(error)
            logger.error(
                "Variation %d of %s failed: %s", n + 1, job.job_id, error.details or reason
            )
        else:
            reason = f"{type(error).__name__}: {error}"
            logger.error("Variation %d of %s failed", n + 1, job.job_id, exc_info=error)
        crashed = "crashed" if isinstance(error, WorkerCrashed) else "failed"
        return f"The compositor {crashed} at variation {n + 1} ({reason[:LONGEST_REASON]})."

    def store(
        self,
        job: JobContext,
        n: int,
        rendering: Mapping[str, Any],
        painted: Mapping[str, Any] | None = None,
    ) -> None:
        """Store a variation; ``painted`` is what is kept of how an engine painted it."""
        params = job.params
        data = {
            "seed": rendering["seed"],
            "variation": rendering["variation"],
            "scores": rendering["scores"],
            "report": [
                *params["report"],
                *(_named(treatment, params["brief"]) for treatment in rendering["report"]),
            ],
            "presetVersion": rendering["preset_version"],
            "engine": rendering["engine"],
            **(painted or {}),
        }
        encoded = rendering["image"]
        with self._files.new_file() as new_file:
            new_file.write(encoded)
            new_file.seal()
            fresh = NewImage(new_file, ImageInfo("image/jpeg", len(encoded), *rendering["size"]))

            def landed(rows: sqlite3.Connection) -> dict[str, Any]:
                image_id = self._images.insert(
                    rows,
                    fresh,
                    role="result",
                    owner_id=job.job_id,
                    position=n,
                    name=f"variation-{n + 1}.jpg",
                    data=json.dumps(data),
                )
                return {"id": image_id}

            job.land(landed)

    def brief(self, brief: Mapping[str, Any], placed: Sequence[Image]) -> dict[str, Any]:
        """Put the brief together: the words, and the images in their places."""
        content = [p for p in placed if p.role == "content"]
        # A result to go on from lends its seed, and so its layout and colours; to
        # transfer them a second time would only dull them.
        lends = {"templateId": "template", "sourceResultId": None}
        role = lends.get(brief["source"], "style_reference")
        style = next((p for p in placed if p.role == "style"), None)
        lent: dict[str, str | None] = {"style_reference": None, "template": None}
        if style is not None and role is not None:
            lent[role] = self._path(style)
        return {
            "prompt": renumbered(brief["prompt"], [p.position + 1 for p in content]),
            "title": brief.get("title") or None,
            "preset": brief["presetKey"],
            "options": brief["advancedOptions"],
            "content_images": [self._path(p) for p in content],
            "portraits": [self._path(p) for p in placed if p.role == "portrait"],
            "layout": brief.get("layout"),
            **lent,
        }

    def _path(self, image: Image) -> str:
        return str(self._files.stored_path(image.sha256, "image", image.id))


def start_thread(task: Callable[..., T], *arguments: Any) -> Future[T]:
    """Do a task on a thread that no interpreter waits for at its end, as an executor's would."""
    outcome: Future[T] = Future()

    def run() -> None:
        try:
            outcome.set_result(task(*arguments))
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            outcome.set_exception(error)

    threading.Thread(target=run, name="thumbnb-variation", daemon=True).start()
    return outcome


def named_images(prompt: str) -> set[int]:
    """Return the numbers of the images that a prompt names."""
    return image_tokens.numbers(prompt)


def renumbered(prompt: str, numbers: Sequence[int]) -> str:
    """Return the prompt with the images of these numbers as @image1, @image2, ...

    What did not come leaves no gap.

    >>> renumbered("@image3 beside @image1", [3])
    '@image1 beside image'
    """
    new = {number: image_tokens.token(place) for place, number in enumerate(numbers, 1)}
    return image_tokens.replace(prompt, lambda number: new.get(number, "image"))


def _named(treatment: Mapping[str, Any], brief: Mapping[str, Any]) -> dict[str, Any]:
    """Write what became of an option under the name it has on the wire."""
    wire = {"person": "personId", "template": "templateId", "style_reference": brief["source"]}
    option = treatment["option"]
    return {**treatment, "option": wire.get(option) or to_camel(option)}
