"""Scenes: paintings that move, by name. Films and backdrops are made of them."""

from thumbnb.render.scenes.mountains import Mountains
from thumbnb.render.scenes.scene import Scene

SCENES: dict[str, type[Scene]] = {"mountains": Mountains}

__all__ = ["SCENES", "Scene"]
