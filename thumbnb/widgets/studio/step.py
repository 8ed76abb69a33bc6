"""The head of a step: what it is for, how it stands, and the Python that does the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb.widgets.core.synced_traits import Bool, Choice, Int, Text
from thumbnb.widgets.core.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Callable


class Step(Widget, front_end="step.js"):
    """The head of one step of a walk: its number, its title, and how it stands.

    Traits: ``number``; ``title``; ``summary``, how it stands in a few words; ``state``
    (``waiting``, ``ready`` or ``done``); ``has_code``, whether there is Python that does the
    same; ``expanded``, whether that is shown; ``code``, that Python, while it is shown.
    ``script`` returns it.
    """

    repr_traits = ("number", "title", "state")

    number = Int(1)
    title = Text()
    summary = Text(help="How it stands, in a few words.")
    state = Choice(("waiting", "ready", "done"), "ready")
    has_code = Bool(default_value=False, help="Whether there is Python that does the same.")
    expanded = Bool(default_value=False, help="Whether that is shown.")
    code = Text(help="The Python that does the same, while it is shown.")

    def __init__(self, *, script: Callable[[], str] | None = None, **traits: Any) -> None:
        self.script: Callable[[], str] = script or (lambda: "")
        super().__init__(**traits)
        self.observe(self.catch_errors(lambda _: self._show()), ["has_code", "expanded"])
        self._show()

    def update(self, state: str, summary: str = "", *, has_code: bool = False) -> None:
        """Set how the step stands; its code is updated where it is shown."""
        with self.hold_sync():
            self.state, self.summary, self.has_code = state, summary, has_code
            self._show()

    def _show(self) -> None:
        self.code = self.script() if self.has_code and self.expanded else ""
