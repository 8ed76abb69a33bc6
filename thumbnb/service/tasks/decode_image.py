"""What is decoded of an image, as functions that a worker process runs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thumbnb.service.media.open_image import examine, load
from thumbnb.service.tasks.image_description import describe_image

if TYPE_CHECKING:
    from thumbnb.service.jobs.task_control import TaskControl


def examine_image(_: TaskControl, /, *, path: str) -> dict[str, Any]:
    """Decode an image to its end, and return what it is; refuse what is none, or too large."""
    return asdict(examine(Path(path)))


def describe_image_file(_: TaskControl, /, *, path: str, prompt: str | None) -> str:
    """Return a prompt for an image like this one."""
    return describe_image(load(Path(path)), prompt)
