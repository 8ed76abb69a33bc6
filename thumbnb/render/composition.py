"""Composition: a brief in, an image with its scene, report and scores out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thumbnb.briefs import COMPOSITOR
from thumbnb.errors import InvalidInput
from thumbnb.render.brief import check_size
from thumbnb.render.painters.paint_scene import paint_layers
from thumbnb.render.planning.planner import plan_with_report
from thumbnb.render.score import score
from thumbnb.render.vision.faces import unchanged_images

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image

    from thumbnb.render.brief import Brief
    from thumbnb.render.report import Treatment


COMPOSITOR_VERSION = f"{COMPOSITOR}/1"
"""The compositor as provenance names it: with the version of its rules."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """A thumbnail, and all it takes to judge it and to make it again.

    The RGB ``image``, its ``scene`` as plain data, what became of each option (``report``),
    how it scores (see ``score.score``).
    """

    image: Image.Image
    scene: dict[str, Any]
    report: tuple[Treatment, ...]
    scores: dict[str, float]
    prompt: str
    title: str | None
    options: dict[str, Any]
    seed: int
    variation: int
    preset: str
    preset_version: int
    engine: str


def compose(
    brief: Brief,
    seed: int = 0,
    variation: int = 0,
    size: tuple[int, int] = (1280, 720),
    *,
    other_title: str | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Rendering:
    """Make one thumbnail. The same brief, seed, variation and size give the same pixels.

    Where the brief has an image that an engine ``painted``, it fills the frame.
    ``other_title`` sets other words in the same scene, such as the title in another language.
    ``size`` is 16:9, from 640x360 to 3840x2160. Raises ``InvalidInput`` for another, and for a
    brief of an engine that has not painted yet. ``stop`` is asked between layers whether to
    give up: ``paint_scene.Stopped`` is raised once it says so.
    """
    check_size(size)
    if brief.engine != COMPOSITOR and brief.painted is None:
        raise InvalidInput(
            f"The brief is for {brief.engine}, and has nothing that it painted.",
            hint="Have the engine paint it, and give its image as painted=.",
        )
    with unchanged_images():
        scene, report = plan_with_report(brief, seed, variation, other_title=other_title)
        canvas, context, scene = paint_layers(scene, size, brief.images(), stop)
    image = canvas.image()
    del canvas  # four times as large as the image
    return Rendering(
        image=image,
        scene=scene.plain(),
        report=tuple(report.treatments),
        scores=score(image, context, shown_share=report.shown_share),
        prompt=brief.prompt,
        title=brief.title if other_title is None else other_title,
        options=brief.options.model_dump(exclude_none=True),
        seed=seed,
        variation=variation,
        preset=scene.preset,
        preset_version=scene.preset_version,
        engine=COMPOSITOR_VERSION if brief.painted is None else brief.painted.engine,
    )
