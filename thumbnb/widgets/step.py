"""The head of a step: what it is for, how it stands, and the Python that does the same."""

from __future__ import annotations

from thumbnb.widgets.base import Widget
from thumbnb.widgets.traits import Bool, Choice, Int, Text


class Step(Widget, front_file="step"):
    """The head of one step of a walk: its number, its title, and how it stands.

    Traits: ``number``; ``title``; ``summary``, how it stands in a few words; ``state``
    (``waiting``, ``ready`` or ``done``); ``code``, the Python that does the same, shown
    when the user asks for it and copied by a button; ``unfolded``, whether it is shown.
    """

    told = ("number", "title", "state")

    number = Int(1)
    title = Text()
    summary = Text(help="How it stands, in a few words.")
    state = Choice(("waiting", "ready", "done"), "ready")
    code = Text(help="The Python that does the same; empty where there is none yet.")
    unfolded = Bool(False, help="Whether the code is shown.")
