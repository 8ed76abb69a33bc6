"""The weather a prompt names: behind what stands outdoors, and before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.scene import Grade, Lightning, Mist, Rain, Snowfall, StormClouds

if TYPE_CHECKING:
    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.scene import Layer


def weather_behind(context: PlanContext) -> list[Layer]:
    """Lay out clouds and lightning; a bolt strikes beside what stands there."""
    weather, number = context.cast.weather, context.recipes.number
    layers: list[Layer] = []
    if "fog" in weather and "mist" not in context.excluded:
        layers += [
            Grade(saturation=0.42, contrast=0.72, lift=0.05),
            Mist(colour="#d3dbe2", seed=number % 9_967, top=120, cell=430, strength=0.9),
        ]
    if "clouds" in weather:
        layers.append(StormClouds(seed=number % 10_000))
    if "lightning" in weather:
        words_left = context.layout.side in {"left", "none"} or context.layout.name.startswith(
            "trio"
        )
        x = 720.0 if words_left else 560.0
        layers.append(Lightning(start=(x - 40, -20), end=(x + 30, 520), seed=number % 9_973))
    return layers


def weather_in_front(context: PlanContext) -> list[Layer]:
    """Lay out what falls before everything but the words."""
    weather, number = context.cast.weather, context.recipes.number
    layers: list[Layer] = []
    if "rain" in weather:
        layers.append(Rain(seed=number % 9_967))
    if "snow" in weather:
        layers.append(Snowfall(seed=number % 9_967))
    return layers
