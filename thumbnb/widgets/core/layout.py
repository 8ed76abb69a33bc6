"""The boxes of panels, and the layout of every widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets

if TYPE_CHECKING:
    from collections.abc import Collection


class Layout(ipywidgets.Layout):  # type: ignore[misc]
    """A layout that says only what is set in it.

    Every widget has one, of some forty traits that are nearly all unset: in a studio
    they were more than all that the widgets themselves have to say, each time it is
    shown and in each notebook it is stored in.
    """

    def get_state(
        self, key: str | Collection[str] | None = None, drop_defaults: bool = False
    ) -> dict[str, Any]:
        """Return what the browser needs to know; what it is not told of is unset."""
        state: dict[str, Any] = super().get_state(key=key, drop_defaults=drop_defaults)
        if key is not None:
            return state
        return {name: value for name, value in state.items() if value is not None}


def column(*controls: Any, look: str = "") -> Any:
    """Return controls one below the other; ``look`` is a class of the style sheet."""
    return _box(ipywidgets.VBox, controls, look)


def row(*controls: Any, look: str = "") -> Any:
    """Return controls side by side; ``look`` is a class of the style sheet."""
    return _box(ipywidgets.HBox, controls, look)


def _box(kind: Any, controls: tuple[Any, ...], look: str) -> Any:
    box = kind(controls, layout=Layout())
    if look:
        box.add_class(look)
    return box
