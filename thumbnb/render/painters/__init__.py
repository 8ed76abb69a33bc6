"""How each kind of layer becomes pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb.render.painters import devices, grounds, letters, lights, people, pictures

if TYPE_CHECKING:
    from collections.abc import Callable

PAINTERS: dict[str, Callable[..., Any]] = {
    **grounds.PAINTERS,
    **lights.PAINTERS,
    **pictures.PAINTERS,
    **people.PAINTERS,
    **letters.PAINTERS,
    **devices.PAINTERS,
}
"""By the kind of the layer; each takes the layer, the canvas and the studio."""
