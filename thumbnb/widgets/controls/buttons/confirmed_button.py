"""A button that asks before it acts."""

from __future__ import annotations

from thumbnb.widgets.controls.buttons.button import Button
from thumbnb.widgets.core.synced_traits import Text


class ConfirmedButton(Button, front_end="confirmed_button.js"):
    """A button for what cannot be undone: it asks, in its place, before it acts.

    Traits: those of ``Button``, and ``question``, what is asked; ``confirm``, the words of
    the button that says yes.

    >>> ConfirmedButton("Delete", lambda _: None, question="Delete it for good?")
    <ConfirmedButton description='Delete'>
    """

    question = Text(help="What is asked before it acts.")
    confirm = Text("Delete", help="The words of the button that says yes.")
