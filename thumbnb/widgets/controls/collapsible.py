"""A line that opens and closes what is below it."""

from __future__ import annotations

from typing import Any

from thumbnb.widgets.controls.container import Container
from thumbnb.widgets.core.synced_traits import Bool, Text


class Collapsible(Container, front_end="collapsible.js"):
    """Controls under a line that opens and closes them.

    Traits: ``label``; ``summary``, what is inside; ``expanded``.
    """

    repr_traits = ("label",)

    label = Text()
    summary = Text()
    expanded = Bool(False)

    def __init__(self, label: str, *controls: Any, expanded: bool = False) -> None:
        super().__init__(label=label, expanded=expanded)
        self.fill(*controls)
