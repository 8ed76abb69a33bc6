"""A line that opens and closes what is below it."""

from __future__ import annotations

from typing import Any

import ipywidgets

from thumbnb.widgets.core.layout import Layout, column
from thumbnb.widgets.core.synced_traits import Bool, Text
from thumbnb.widgets.core.widget import Widget


class CollapsibleHeader(Widget, front_end="collapsible.js"):
    """The line itself. Traits: ``label``; ``summary``, what is inside; ``expanded``."""

    repr_traits = ("label",)

    label = Text()
    summary = Text()
    expanded = Bool(False)


class Collapsible(ipywidgets.VBox):  # type: ignore[misc]
    """Controls under a line, its ``header``, that opens and closes them."""

    def __init__(self, label: str, *controls: Any, expanded: bool = False) -> None:
        self.header = CollapsibleHeader(label=label, expanded=expanded)
        self._body = column(*controls, css_class="thumbnb-collapsible-body")
        super().__init__((self.header, self._body), layout=Layout())
        self.add_class("thumbnb-collapsible")
        self.header.observe(lambda _: self._show(), "expanded")
        self._show()

    def _show(self) -> None:
        self._body.layout.display = None if self.header.expanded else "none"
