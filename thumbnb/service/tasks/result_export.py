"""The results of generations once more: with their layers, or with other words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.service.jobs.executor import task_refusals
from thumbnb.service.jobs.task_control import Limits
from thumbnb.service.refusal import Refusal, invalid
from thumbnb.service.tasks.generation_task import MAX_BYTES, MEMORY
from thumbnb.service.tasks.render_image import export_result

if TYPE_CHECKING:
    from thumbnb.service.jobs.executor import Executor
    from thumbnb.service.media.file_store import FileStore
    from thumbnb.service.records.generations import GenerationStore
    from thumbnb.service.records.images import ImageStore
    from thumbnb.service.records.paintings import PaintingStore
    from thumbnb.service.tasks.generation_task import GenerationTask

MEDIA_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "psd": "image/vnd.adobe.photoshop",
    "svg": "image/svg+xml",
}
FORMATS = tuple(MEDIA_TYPES)

# A PNG without loss of the size of a thumbnail stays below.
_MAX_PNG = 8_000_000


class ResultExport:
    """Paints results again, as files with layers or with another title; free."""

    def __init__(
        self,
        executor: Executor,
        generations: GenerationStore,
        images: ImageStore,
        task: GenerationTask,
        seconds: float,
        *,
        paintings: PaintingStore,
        files: FileStore,
    ) -> None:
        self._executor = executor
        self._generations = generations
        self._images = images
        self._task = task
        self._paintings = paintings
        self._files = files
        # A layer is painted up to three times to find out how far one sees through it.
        self._limits = Limits(seconds=3 * seconds, memory=MEMORY)

    def export(self, result_id: str, file_format: str, title: str | None) -> bytes:
        """Return the file; blocks the calling thread. Refuses what cannot be painted again."""
        image = self._images.get(result_id, ("result",))
        generation = self._generations.get(str(image.owner_id))
        params = generation.fields
        if title is not None and not params["brief"].get("title"):
            raise invalid("This thumbnail has no words that others could stand in for.")
        made: dict[str, Any] = image.fields
        placed = self._images.by_owner([generation.id])[generation.id]
        brief = self._task.brief(params["brief"], placed)
        if (painted := made.get("painted")) is not None:
            file = self._paintings.painted(generation.id).get(image.position)
            if file is None:
                raise Refusal(410, "NOT_EXPORTED", "What the engine has painted is gone.")
            path = str(self._files.stored_path(file.sha256, "image", result_id))
            brief |= {"engine": painted["engine"], "painted": {**painted, "path": path}}
        try:
            with task_refusals("The thumbnail", self._limits):
                exported: bytes = self._executor.run(
                    export_result,
                    self._limits,
                    trusted=True,
                    brief=brief,
                    seed=made["seed"],
                    variation=made["variation"],
                    size=(image.width, image.height),
                    title=title,
                    file_format=file_format,
                    max_bytes=MAX_BYTES if file_format == "jpg" else _MAX_PNG,
                )
        except errors.InvalidInput as error:
            raise Refusal(422, "NOT_EXPORTED", str(error)) from error
        return exported
