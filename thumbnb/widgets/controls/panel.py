"""The base of widgets made of ipywidgets controls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets
import traitlets

from thumbnb.widgets.controls.note import Note
from thumbnb.widgets.controls.panel_style import PanelStyle
from thumbnb.widgets.core.widget import WidgetBase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


Fittings = tuple[PanelStyle, Note]


def new_fittings() -> Fittings:
    """Return what every panel has: its style, and the area for its error."""
    return PanelStyle(), Note(kind="error")


class Panel(WidgetBase, ipywidgets.VBox):  # type: ignore[misc]
    """A widget made of ipywidgets controls, one below the other.

    Traits: ``error``. It carries the style, shows its error below its controls, and
    keeps the notebook's own keys away from them.
    """

    error = traitlets.Unicode(help="What went wrong, in words a user can act on.")

    def __init__(self, *, fittings: Fittings | None = None, **traits: Any) -> None:
        super().__init__(**traits)
        self.add_class("thumbnb-panel")
        self._skin, self._alert = fittings or new_fittings()
        self.observe(lambda change: setattr(self._alert, "text", change.new), "error")

    def fill(self, *controls: Any) -> None:
        """Show these controls, and the error area after them."""
        self.children = (self._skin, *controls, self._alert)
        # They change each other: a gesture at one is a gesture at all of them.
        for face in _widgets_in(self.children):
            face.event_lock = self.event_lock


def _widgets_in(controls: Iterable[Any]) -> Iterator[WidgetBase]:
    for control in controls:
        if isinstance(control, WidgetBase):
            yield control
        yield from _widgets_in(getattr(control, "children", ()))
