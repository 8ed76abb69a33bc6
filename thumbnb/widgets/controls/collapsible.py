"""A line that opens and closes what is below it."""

from __future__ import annotations

from typing import Any

import ipywidgets

from thumbnb.widgets.core.layout import Layout, column
from thumbnb.widgets.core.synced_traits import Bool, Text
from thumbnb.widgets.core.widget import Widget


class FoldHead(Widget, front_file="controls/collapsible"):
    """The line itself. Traits: ``label``; ``summary``, what is inside; ``unfolded``."""

    told = ("label",)

    label = Text()
    summary = Text()
    unfolded = Bool(False)


class Fold(ipywidgets.VBox):  # type: ignore[misc]
    """Controls under a line, its ``head``, that opens and closes them."""

    def __init__(self, label: str, *controls: Any, unfolded: bool = False) -> None:
        self.head = FoldHead(label=label, unfolded=unfolded)
        self._body = column(*controls, look="thumbnb-fold-body")
        super().__init__((self.head, self._body), layout=Layout())
        self.add_class("thumbnb-fold")
        self.head.observe(lambda _: self._show(), "unfolded")
        self._show()

    def _show(self) -> None:
        self._body.layout.display = None if self.head.unfolded else "none"
