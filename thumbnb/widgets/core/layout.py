"""How widgets are arranged within another one, and the layout of every widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ipywidgets

if TYPE_CHECKING:
    from collections.abc import Collection


class Layout(ipywidgets.Layout):  # type: ignore[misc]
    """A layout whose state has only the traits that are set.

    Every widget has one, of some forty traits that are nearly all unset: in a studio
    they were more than the state of the widgets themselves, each time it is shown and
    in each notebook it is stored in.
    """

    def get_state(
        self, key: str | Collection[str] | None = None, drop_defaults: bool = False
    ) -> dict[str, Any]:
        """Return the state for the browser, where a trait that is missing is unset."""
        state: dict[str, Any] = super().get_state(key=key, drop_defaults=drop_defaults)
        if key is not None:
            return state
        return {name: value for name, value in state.items() if value is not None}


@dataclass(frozen=True)
class Box:
    """Widgets and boxes side by side, or one below the other: no widget of its own."""

    children: tuple[Any, ...]
    css_class: str


def column(*controls: Any, css_class: str = "") -> Box:
    """Return controls one below the other, with a class of the style sheet."""
    return Box(controls, f"thumbnb-column {css_class}".strip())


def row(*controls: Any, css_class: str = "") -> Box:
    """Return controls side by side, with a class of the style sheet."""
    return Box(controls, f"thumbnb-row {css_class}".strip())
