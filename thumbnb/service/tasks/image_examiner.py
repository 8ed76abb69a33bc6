"""The image examiner: images from outside, decoded in worker processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anyio import CapacityLimiter

from thumbnb.service.jobs.executor import task_refusals
from thumbnb.service.jobs.task_control import Limits
from thumbnb.service.media.open_image import ImageInfo
from thumbnb.service.tasks.decode_image import examine_image, memory_to_decode
from thumbnb.service.tasks.image_description import describe_image_file

if TYPE_CHECKING:
    from pathlib import Path

    from thumbnb.service.jobs.executor import Executor

# To read what a file claims to be takes little, and to describe an image no more than to decode
# the largest there can be; none may take more (bytes).
_PROBE_MEMORY = 64 * 1024 * 1024
MAX_MEMORY = 450 * 1024 * 1024
# Requests beyond wait, and keep no thread from others.
MAX_AT_A_TIME = 2


class ImageExaminer:
    """Decodes images to their end within bounds of time and memory, in worker processes."""

    def __init__(self, executor: Executor, seconds: float) -> None:
        self._executor = executor
        self._seconds = seconds
        self._limiter = CapacityLimiter(MAX_AT_A_TIME)

    async def examine(self, path: Path) -> ImageInfo:
        """Return what a new image is; refuse what is none, or is too large or too slow."""
        needed = await self._run(memory_to_decode, path, _PROBE_MEMORY, trusted=False)
        memory = min(needed, MAX_MEMORY)
        return ImageInfo(**await self._run(examine_image, path, memory, trusted=False))

    async def describe(self, path: Path, prompt: str | None = None) -> str:
        """Return a prompt for an image like the stored one at ``path``."""
        described: str = await self._run(
            describe_image_file, path, MAX_MEMORY, trusted=True, prompt=prompt
        )
        return described

    async def _run(
        self, function: Any, path: Path, memory: int, *, trusted: bool, **params: Any
    ) -> Any:
        limits = Limits(seconds=self._seconds, memory=memory)
        with task_refusals("The image", limits):
            return await self._executor.run_async(
                function,
                limits,
                trusted=trusted,
                limiter=self._limiter,
                path=str(path),
                **params,
            )
