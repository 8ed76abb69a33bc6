"""What can paint: the compositor now; later models that paint, with the same words on top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PIL import Image

    from thumbnb.render.scene import Scene


class Engine(Protocol):
    """Something that paints what lies behind the words.

    ``name`` is kept with every result. ``ground`` may give the picture (RGB, of
    ``size``) that replaces a scene's painting, from the ``prompt``; ``None``
    leaves it to the compositor, which always sets the words itself.
    """

    name: str

    def ground(self, prompt: str, scene: Scene, size: tuple[int, int]) -> Image.Image | None:
        """Paint what lies behind."""
        ...


class Compositor:
    """Paints everything by rules, on this machine."""

    name = "compositor/1"

    def ground(self, prompt: str, scene: Scene, size: tuple[int, int]) -> Image.Image | None:  # noqa: ARG002 - the protocol's
        """Leave the scene as it is."""
        return None


COMPOSITOR = Compositor()
