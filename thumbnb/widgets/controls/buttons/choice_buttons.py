"""One of a few, by buttons side by side."""

from __future__ import annotations

from thumbnb.widgets.core.synced_traits import List, Text
from thumbnb.widgets.core.widget import Widget


class ChoiceButtons(Widget, front_end="choice_buttons.js"):
    """Buttons of which one is pressed.

    Traits: ``choices``, their words; ``value``, the words of the one that is pressed;
    ``label``, what is chosen.

    >>> ChoiceButtons(label="Variations", choices=["1", "2"], value="1")
    <ChoiceButtons label='Variations', value='1'>
    """

    repr_traits = ("label", "value")

    choices = List(help="The words of the buttons.")
    value = Text(help="The words of the one that is pressed.")
    label = Text()
