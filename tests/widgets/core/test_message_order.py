"""A change is taken once, however it comes; a press waits for what was told before it."""

from __future__ import annotations

import asyncio
import threading
from itertools import count

import pytest

from tests.widgets.core.test_widget import Answers, until
from thumbnb import errors
from thumbnb.widgets.controls.buttons.button import Button
from thumbnb.widgets.controls.text_field import TextField
from thumbnb.widgets.core.message_order import MessageOrder

names = (f"view-{n}" for n in count())


@pytest.fixture
def sender():
    return next(names)


def send(field, **traits):
    """Tell by message, as kit.js does."""
    field._handle_custom_msg({"kind": "set", "traits": traits}, [])


def test_change_by_message_precedes_the_notebooks_sync(sender):
    field, changes = TextField(), []
    field.observe(lambda change: changes.append(change.new), "value")
    send(field, value="ab", sent=[sender, 1])
    send(field, value="abc", sent=[sender, 2])
    field.set_state({"value": "abc", "sent": [sender, 2]})
    assert changes == ["ab", "abc"]


def test_what_comes_late_undoes_nothing_that_python_did_since(sender):
    field = TextField(max_length=5)
    send(field, value="abc", sent=[sender, 1])
    field.value = "improved"
    field.set_state({"value": "abc", "max_length": 7, "sent": [sender, 1]})
    assert field.value == "improved"
    assert field.max_length == 7, "what the message did not tell is taken all the same"
    field.set_state({"value": "by hand", "sent": [sender, 2]})
    send(field, value="by hand", sent=[sender, 2])
    assert field.value == "by hand"


def test_what_is_no_value_of_a_trait_is_reported(sender):
    field = TextField()
    send(field, value=3, sent=[sender, 1])
    assert "value" in field.error
    assert field.value == ""


def test_a_press_waits_for_the_changes_sent_before_it(sender):
    field, seen = TextField(value="a"), threading.Event()
    pressed: list[str] = []

    def act(_):
        pressed.append(field.value)
        seen.set()

    button = Button("Go", act)
    answers = Answers(button)
    button._handle_custom_msg({"kind": "press", "number": "1", "after": {sender: 2}}, [])
    send(field, value="ab", sent=[sender, 1])
    assert not pressed
    field.set_state({"value": "abc", "sent": [sender, 2]})
    assert answers.next()[0]["number"] == "1"
    assert seen.wait(180)
    assert pressed == ["abc"]


def test_a_press_that_came_too_late_does_nothing():
    pressed: list[object] = []
    button = Button("Go", pressed.append, disabled=True)
    answers = Answers(button)
    button._handle_custom_msg({"kind": "press", "number": "1", "after": {}}, [])
    assert "error" not in answers.next()[0]
    other = Button("On", lambda _: setattr(button, "tooltip", "done"))
    other._handle_custom_msg({"kind": "press", "number": "1", "after": {}}, [])
    until(button, "tooltip", lambda words: words == "done")
    assert not pressed


def test_what_never_comes_is_not_waited_for_for_ever():
    async def wait():
        with pytest.raises(errors.InvalidInput, match="press again"):
            await MessageOrder().wait_for({"gone": 1}, timeout=0.05)

    asyncio.run(wait())
