"""Recipes of presets, filled in: colours by their role, places by who stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from thumbnb.render.scene import AnyLayer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thumbnb.render.layout import Layout
    from thumbnb.render.scene import Layer

_LAYER: TypeAdapter[Any] = TypeAdapter(AnyLayer)

_BY_CHANCE = {"mist", "bokeh", "sparks", "grain", "rays"}


class PresetRecipes:
    """Fills in recipes with a palette, leaving out what is ``off``.

    ``number`` seeds what is left to chance.
    """

    def __init__(self, colours: dict[str, str], excluded: set[str], number: int) -> None:
        self.colours, self.excluded, self.number = colours, excluded, number
        self.places: dict[str, Any] = {}
        self._made = 0

    def set_layout(self, layout: Layout) -> None:
        """Tell recipes where things are in a layout."""
        self.places = {
            "hero": layout.hero,
            "above": (layout.hero[0], -60.0),
            "side": "left" if layout.side == "right" else "right",
            "words": layout.side,
        }

    def resolved(self, recipe: dict[str, Any]) -> dict[str, Any]:
        """Put colours and places for every ``$name`` in a recipe."""
        return {key: self.value(value) for key, value in recipe.items()}

    def value(self, value: Any) -> Any:
        """Put what a ``$name`` stands for; anything else as it is, in depth."""
        if isinstance(value, dict):
            return self.resolved(value)
        if isinstance(value, list | tuple):
            return [self.value(v) for v in value]
        if isinstance(value, str) and value.startswith("$"):
            return self.places.get(value[1:]) or self.colours[value[1:]]
        return value

    def layers(self, recipes: Iterable[dict[str, Any]]) -> list[Layer]:
        """Make the layers of some recipes."""
        out = []
        for step in recipes:
            self._made += 1
            if step["kind"] in self.excluded:
                continue
            data = self.resolved(step)
            if step["kind"] in _BY_CHANCE:
                data.setdefault("seed", (self.number + 101 * self._made) % 10_000)
            if step["kind"] == "vignette" and "dark" in self.excluded:
                data["strength"] *= 0.4
            out.append(_LAYER.validate_python(data))
        return out
