"""The container: a widget that shows other widgets, arranged in boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets

from thumbnb.widgets.core.layout import Box
from thumbnb.widgets.core.synced_traits import Text
from thumbnb.widgets.core.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Container(Widget, front_end="container.js"):
    """A widget that shows other widgets: ``children``, each a widget or a box of them.

    The browser is given their ids and shows them by anywidget's composition, which Jupyter
    and marimo have in common; boxes are mere elements there. So the children are anywidgets:
    a control of ipywidgets has no place in it. A child whose trait ``visible`` is false is hidden.
    """

    children: Any = traitlets.Tuple(help="Widgets, and boxes of them.").tag(
        sync=True, to_json=lambda children, _: [_reference(child) for child in children]
    )
    css_class = Text("thumbnb-column", help="Classes of the style sheet.")

    def fill(self, *controls: Any) -> None:
        """Show these controls."""
        # They change each other: a gesture at one is a gesture at all of them.
        for widget in _widgets_in(controls):
            widget.event_lock = self.event_lock
            widget.reopen()
        self.children = controls


def _reference(child: Any) -> Any:
    """Return what stands for a child in the browser."""
    if isinstance(child, Box):
        return {"css_class": child.css_class, "children": [_reference(x) for x in child.children]}
    return f"anywidget:{child.model_id}"


def _widgets_in(controls: Iterable[Any]) -> Iterator[Widget]:
    for control in controls:
        if isinstance(control, Widget):
            yield control
        yield from _widgets_in(getattr(control, "children", ()))
