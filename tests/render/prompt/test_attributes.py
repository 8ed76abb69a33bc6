"""What a prompt says of each of its things and halves stays with it, and signs stay in titles."""

from __future__ import annotations

import pytest

from thumbnb.render.brief import Brief
from thumbnb.render.planning.planner import plan
from thumbnb.render.prompt.half_states import halves_of
from thumbnb.render.prompt.parser import parse_prompt


@pytest.mark.parametrize(
    ("prompt", "field", "expected"),
    [
        (
            "a man holding a tiny 1 dollar burger, a giant golden 1000 dollar burger next to him",
            ("price", "size", "colour"),
            [("$1000", "huge", "gold"), ("$1", "tiny", None)],
        ),
        (
            "a man with a 10 dollar watch in his hand and a 10,000 dollar watch",
            ("price",),
            [("$10",), ("$10,000",)],
        ),
        ("two mugs, one white and one gold", ("colour",), [("white",), ("gold",)]),
        ("a line chart going down and a dog", ("name",), [("chart-falling",), ("puppy",)]),
        ("a bar chart in the red", ("name",), [("chart-falling",)]),
        ("a line chart beside a falling tree", ("name",), [("line-graph",), ("tree",)]),
        ("a thermometer shows -40", ("name", "colour"), [("thermometer", "blue")]),
        ("a thermometer in the desert", ("name", "colour"), [("thermometer", None)]),
        (
            "two phones, one black and one silver, with a red lightning bolt between them",
            ("colour", "between"),
            [("black", False), ("silver", False), ("red", True)],
        ),
    ],
)  # fmt: skip
def test_each_thing_keeps_what_is_said_of_it(prompt, field, expected):
    things = parse_prompt(prompt).things
    assert [tuple(getattr(thing, name) for name in field) for thing in things] == expected


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("on the left a tired man, on the right he is smiling", "tired man", "smiling"),
        ("a tired man on the left and a smiling one on the right", "tired man", "smiling"),
        ("right: a happy boy, left: an angry boy", "angry", "happy"),
        ("before and after: before he is sad, after he is happy", "sad", "happy"),
        ("a tired woman becomes a happy woman", "tired", "happy"),
    ],
)
def test_a_text_is_parted_into_what_it_says_of_each_half(text, first, second):
    halves = halves_of(text)
    assert first in halves[0]
    assert second not in halves[0]
    assert second in halves[1]
    assert first not in halves[1]


def test_a_text_of_one_state_has_no_halves():
    assert halves_of("before and after of a garden") is None


def _people(prompt, title="DONE"):
    scene = plan(Brief(prompt=prompt, title=title, preset="before-after"), 2, 0)
    return [layer.figure for layer in scene.layers if getattr(layer, "figure", None)]


@pytest.mark.parametrize(
    ("prompt", "feelings"),
    [
        ("on the left a woman tired on a couch, on the right fit and smiling", ["tired", "happy"]),
        ("on the right a crying man, on the left a laughing man", ["happy", "crying"]),
        ("a tired man", ["sad", "happy"]),
    ],
)
def test_each_half_has_its_own_feeling(prompt, feelings):
    assert [figure.expression for figure in _people(prompt)] == feelings


def test_each_half_holds_what_it_is_said_to():
    prompt = "left: an angry boy with a broken laptop, right: a happy boy with a new laptop"
    scene = plan(Brief(prompt=prompt, title="FIXED", preset="before-after"), 4, 0)
    held = [layer for layer in scene.layers if getattr(layer, "name", "") == "laptop"]
    assert [(one.state, one.at[0] < 640) for one in held] == [("cracked", True), ("", False)]


@pytest.mark.parametrize("preset", ["mystery-dark", "dramatic-intense", "office", "luxury-premium"])
@pytest.mark.parametrize(
    "title", ["At -40\u00b0C", "50% & 5\u20ac", "A + B \u2192 C", "Br\u00e9sil\u00ae \u2122"]
)
def test_a_sign_stays_in_a_title(preset, title):
    scene = plan(Brief(prompt="a cat", title=title, preset=preset), 1, 0)
    words = "".join(
        word
        for layer in scene.layers
        if layer.kind == "words"
        for line in layer.lines
        for word, _ in line.words
    )
    assert {c for c in title if not c.isalnum() and c != " "} <= {*words}


def test_a_coloured_bolt_is_drawn_and_no_storm():
    prompt = "two phones, one black and one silver, with a red lightning bolt between them"
    scene = plan(Brief(prompt=prompt, title="WHICH?", preset="tech-review"), 3, 0)
    names = [layer.name for layer in scene.layers if layer.kind == "object"]
    assert "lightning" in names


def test_who_sits_on_the_pier_sits_on_no_rod():
    parsed = parse_prompt("a man sitting on the pier fishing")
    assert parsed.act is None
    assert parsed.move == "sit"


def test_who_sleeps_in_a_tent_has_closed_eyes():
    assert parse_prompt("a man sleeping in a tent").move == "sleep"


def test_a_chart_stands_beside_what_is_held():
    prompt = "a stock chart plunging and a crying trader holding a phone"
    scene = plan(Brief(prompt=prompt, title="-20%", preset="dramatic-intense"), 4, 0)
    at = {layer.name: layer.at[0] for layer in scene.layers if layer.kind == "object"}
    assert abs(at["chart-falling"] - at["phone"]) > 150


@pytest.mark.parametrize(
    "prompt", ["A diver at a coral reef", "A cow in a green meadow", "A boat on a blue lake"]
)
def test_a_place_has_its_own_colour_and_the_image_none(prompt):
    assert parse_prompt(prompt).colours == ()


def test_two_words_for_one_animal_are_one():
    cats = parse_prompt("A puppy and a tabby cat on a blanket").things
    assert [thing.name for thing in cats].count("cat") == 1


def test_a_mountain_of_papers_is_no_mountain():
    assert "mountains" not in parse_prompt("Drowning in a mountain of tax papers").subjects
