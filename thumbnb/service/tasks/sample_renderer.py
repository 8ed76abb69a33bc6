"""The images that show presets and templates, rendered in worker processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.service.jobs.executor import task_refusals
from thumbnb.service.jobs.task_control import Limits
from thumbnb.service.tasks.generation_task import MEMORY
from thumbnb.service.tasks.render_image import render_preset_sample, render_template_sample

if TYPE_CHECKING:
    from thumbnb.service.jobs.executor import Executor
    from thumbnb.service.records.presets import Sample

_FUNCTIONS = {"preset": render_preset_sample, "template": render_template_sample}


class SampleRenderer:
    """Renders samples; blocks the calling thread."""

    def __init__(self, executor: Executor, seconds: float) -> None:
        self._executor = executor
        self._limits = Limits(seconds=seconds, memory=MEMORY)

    def render(self, sample: Sample) -> bytes:
        """Return the image of a sample, encoded as a JPEG."""
        with task_refusals("The sample", self._limits):
            encoded: bytes = self._executor.run(
                _FUNCTIONS[sample.kind],
                self._limits,
                trusted=True,
                key=sample.key,
                size=sample.size,
            )
        return encoded
