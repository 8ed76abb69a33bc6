"""The planner's context while one scene is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image

    from thumbnb.render.brief import Brief
    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.presets import Preset
    from thumbnb.render.presets.preset_recipe import PresetRecipes
    from thumbnb.render.prompt.parser import ParsedPrompt
    from thumbnb.render.report import Report
    from thumbnb.render.scene import Words
    from thumbnb.render.vision.faces import ImageView


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanContext:
    """A brief, read and cast, in its layout; ``words`` are set, if there are any."""

    brief: Brief
    parsed: ParsedPrompt
    preset: Preset
    cast: Cast
    layout: Layout
    words: Words | None
    recipes: PresetRecipes
    report: Report
    turn: int
    """Seed and variation: what chooses between equals."""

    variation: int

    view_of: Callable[[str], ImageView]
    """What is seen in an image of the brief, by its name."""

    @property
    def excluded(self) -> set[str]:
        """What the negative prompt rules out."""
        return self.recipes.excluded

    @property
    def words_have_plate(self) -> bool:
        """Whether the words bring their own ground."""
        return self.words is not None and self.words.effects.plate in {"line", "block"}

    def image(self, name: str) -> Image.Image:
        """Give an image of the brief by its name."""
        return self.brief.images()[name]
