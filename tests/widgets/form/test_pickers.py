"""Cards: what is chosen is the thing itself, listed or not."""

from __future__ import annotations

import threading

import pytest

from thumbnb.models import PresetRecord
from thumbnb.widgets import CardPicker, RecordPicker

RED = PresetRecord(key="red", label="Red", description="Loud.", sample_url="https://x.test/red")
BLUE = PresetRecord(key="blue", label="Blue", emoji="B")


@pytest.fixture
def picker():
    return RecordPicker(
        None,
        card=lambda item: {
            "label": item.label,
            "description": item.description,
            "emoji": item.emoji,
        },
        image=lambda item: item.sample_url,
        none_label="None",
    )


def test_the_chosen_card_is_its_record(picker):
    picker.offer([RED, BLUE])
    assert [(card["key"], card["has_image"]) for card in picker.cards] == [
        ("red", True),
        ("blue", False),
    ]
    picker.value = "red"
    assert picker.chosen is RED
    assert picker.hint == "Loud."
    picker.value = ""
    assert picker.chosen is None
    assert picker.hint == ""


def test_what_was_chosen_before_the_list_is_there_stays(picker):
    picker.chosen = "blue"
    assert [card["key"] for card in picker.cards] == ["blue"]
    picker.offer([RED, BLUE])
    assert picker.value == "blue"
    assert picker.chosen == "blue"
    picker.chosen = "of old"
    assert [card["key"] for card in picker.cards] == ["red", "blue", "of old"]
    picker.value = "red"
    assert [card["key"] for card in picker.cards] == ["red", "blue"]


def test_the_browser_cannot_choose_what_is_not_there(picker):
    picker.offer([RED, BLUE])
    picker.value = "green"
    assert picker.chosen is None
    assert picker.value == ""
    assert [card["key"] for card in picker.cards] == ["red", "blue"]


def test_words_of_cards_are_bounded():
    picker = CardPicker()
    picker.show([{"key": "k", "label": "x" * 5000, "description": None}])
    assert len(picker.cards[0]["label"]) == 300
    assert picker.cards[0]["description"] == ""


def test_a_choice_made_while_the_list_comes_stays():
    def choose():
        picker.chosen = "blue"

    def card(item):
        if not chooser.is_alive() and picker.chosen is None:
            chooser.start()
            while picker.chosen is None:
                chooser.join(0.01)
        return {"label": item.label}

    chooser = threading.Thread(target=choose)
    picker = RecordPicker(None, card=card, image=lambda _: None)
    picker.offer([RED, BLUE])
    chooser.join()
    assert (picker.chosen, picker.value) == ("blue", "blue")
