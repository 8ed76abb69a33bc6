"""The start bar: the number of images, and the button that starts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb.client.ledger.prices import MAX_VARIATIONS, amount
from thumbnb.widgets.controls.buttons.button import Button
from thumbnb.widgets.controls.buttons.choice_buttons import ChoiceButtons
from thumbnb.widgets.controls.container import Container
from thumbnb.widgets.controls.note import Note

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.widgets.form.advanced_controls import AdvancedControls


class StartBar(Container):
    """The variations, and *Generate* with its price; Ctrl+Enter in the form presses it.

    ``options`` are the controls whose ``variations`` are chosen here, too.
    """

    def __init__(self, options: AdvancedControls, start: Callable[[Any], None]) -> None:
        self._options = options
        self.variations = ChoiceButtons(
            label="Variations", choices=[str(n) for n in range(1, MAX_VARIATIONS + 1)]
        )
        self.button = Button(
            "Generate", start, primary=True, submits=".thumbnb-form, .thumbnb-start"
        )
        self.reason = Note(kind="hint")
        super().__init__(css_class="thumbnb-row thumbnb-start")
        self.fill(self.variations, self.button, self.reason)
        self._show_variations()
        options.observe(lambda _: self._show_variations(), "options")
        self.variations.observe(lambda change: self._set_variations(int(change.new)), "value")

    def show(self, *, price: float, fault: str, busy: bool) -> None:
        """Show what it costs, what is wrong, and whether it is pressed already."""
        words = f"Generate {self._count} \u00b7 {amount(price)}"
        self.reason.text = fault
        self.button.description = "Starting..." if busy else words
        self.button.tooltip = fault or f"{words} (Ctrl+Enter)"
        self.button.disabled = busy or bool(fault)

    @property
    def _count(self) -> int:
        return self._options.options.variations or 1

    def _show_variations(self) -> None:
        self.variations.value = str(self._count)

    def _set_variations(self, count: int) -> None:
        if count != self._count:
            given = self._options.options.model_dump(exclude_none=True)
            self._options.options = type(self._options.options)(**{**given, "variations": count})
