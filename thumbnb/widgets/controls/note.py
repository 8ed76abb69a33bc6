"""The note: a line of words."""

from __future__ import annotations

from thumbnb.widgets.core.synced_traits import Choice, Text
from thumbnb.widgets.core.widget import Widget


class Note(Widget, front_end="note.js"):
    """A line of words: an ``error`` (announced at once), a ``hint``, or a ``status``.

    Traits: ``text``, shown as text and never as HTML, hidden while empty; ``kind``.

    >>> Note(text="Two credits are left.", kind="hint")
    <Note text='Two credits are left.'>
    """

    repr_traits = ("text",)

    text = Text(help="What it says; hidden while empty.")
    kind = Choice(("status", "hint", "error"), "status", help="How it is shown and announced.")
