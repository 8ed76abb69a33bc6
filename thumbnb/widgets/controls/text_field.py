"""A line of text with its label."""

from __future__ import annotations

from thumbnb.widgets.core.synced_traits import Bool, Int, Text
from thumbnb.widgets.core.widget import Widget


class TextField(Widget, front_file=("controls/field_frame", "controls/text_field")):
    """A line of text with its label, its room, a hint, and what is wrong with it.

    Traits: ``value``; ``label``; ``most``, characters it has room for (0: not counted),
    more are shown as a fault and not cut off; ``hint``; ``fault``; ``placeholder``.

    >>> TextField(label="Title", most=200)
    <TextField label='Title'>
    """

    told = ("label",)

    value = Text()
    label = Text()
    hint = Text()
    fault = Text(help="What is wrong with it, in words; shown once something is in it.")
    placeholder = Text()
    most = Int(0, help="Characters it has room for; 0: not counted.")
    checked_spelling = Bool(True, help="Whether the browser minds the spelling.")
