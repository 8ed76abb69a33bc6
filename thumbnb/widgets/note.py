"""A line of words, and the style of panels: the two smallest widgets."""

from __future__ import annotations

from thumbnb.widgets.base import Widget
from thumbnb.widgets.traits import Choice, Text


class Note(Widget, front_file="note"):
    """A line of words: an ``error`` (announced at once), a ``hint``, or a ``status``.

    Traits: ``text``, shown as text and never as HTML, hidden while empty; ``kind``.

    >>> Note(text="Two credits are left.", kind="hint")
    <Note text='Two credits are left.'>
    """

    told = ("text",)

    text = Text(help="What it says; hidden while empty.")
    kind = Choice(("status", "hint", "error"), "status", help="How it is said.")


class Skin(Widget, front_file="skin"):
    """The style of a panel of ipywidgets controls, and its keys kept from the notebook."""
