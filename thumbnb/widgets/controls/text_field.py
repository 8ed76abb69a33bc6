"""A line of text with its label."""

from __future__ import annotations

import ipywidgets

from thumbnb.widgets.core.synced_traits import Bool, Int, Text
from thumbnb.widgets.core.widget import Widget


class TextField(Widget, ipywidgets.ValueWidget, front_end="text_field.js"):  # type: ignore[misc]
    """A line of text with its label, its room, a hint, and what is wrong with it.

    Traits: ``value``; ``label``; ``max_length``, characters it has room for (0: not counted),
    more are shown as a fault and not cut off; ``hint``; ``fault``; ``placeholder``.

    >>> TextField(label="Title", max_length=200)
    <TextField label='Title'>
    """

    repr_traits = ("label",)

    value = Text()
    label = Text()
    hint = Text()
    fault = Text(help="What is wrong with it, in words; shown once something is in it.")
    placeholder = Text()
    max_length = Int(0, help="Characters it has room for; 0: not counted.")
    spellcheck = Bool(True, help="Whether the browser minds the spelling.")
