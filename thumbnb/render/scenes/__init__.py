"""Scenes: paintings that move, by name. Films and backdrops are made of them."""

from thumbnb.render.scenes.aurora import Aurora
from thumbnb.render.scenes.card import Card
from thumbnb.render.scenes.city import City
from thumbnb.render.scenes.desert import Desert
from thumbnb.render.scenes.forest import Forest
from thumbnb.render.scenes.mountains import Mountains
from thumbnb.render.scenes.ocean import Ocean
from thumbnb.render.scenes.rocket import Rocket
from thumbnb.render.scenes.scene import Scene
from thumbnb.render.scenes.space import Space
from thumbnb.render.scenes.waves import Waves

SCENES: dict[str, type[Scene]] = {
    "aurora": Aurora,
    "card": Card,
    "city": City,
    "desert": Desert,
    "forest": Forest,
    "mountains": Mountains,
    "ocean": Ocean,
    "rocket": Rocket,
    "space": Space,
    "waves": Waves,
}

__all__ = ["SCENES", "Scene"]
