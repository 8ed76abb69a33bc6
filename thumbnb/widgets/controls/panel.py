"""The base of the larger widgets, which are made of controls."""

from __future__ import annotations

from typing import Any

from thumbnb.widgets.controls.container import Container


class Panel(Container):
    """A widget made of controls, one below the other; its ``error`` is shown below them."""

    def __init__(self, *, css_class: str = "", **traits: Any) -> None:
        super().__init__(css_class=f"thumbnb-column thumbnb-panel {css_class}".strip(), **traits)
