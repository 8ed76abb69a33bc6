"""The code of all steps, to be copied at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.widgets.core.widget import Widget, handles

if TYPE_CHECKING:
    from collections.abc import Callable


class WholeCode(Widget, front_end="whole_code.js"):
    """A button that copies the Python of all steps, as one script; ``script`` returns it."""

    def __init__(self, script: Callable[[], str]) -> None:
        self._script = script
        super().__init__()

    @handles("code")
    def _code(self) -> str:
        return self._script()
