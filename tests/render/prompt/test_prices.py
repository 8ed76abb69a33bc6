"""Prices and sizes that a prompt says of things, and who is named together."""

from __future__ import annotations

import pytest

from thumbnb.render.brief import Brief
from thumbnb.render.planning.planner import plan
from thumbnb.render.prompt.parser import parse_prompt


@pytest.mark.parametrize(
    ("prompt", "prices"),
    [
        ("a $20 keyboard versus a $500 keyboard", ["$20", "$500"]),
        ("electric car with a 50% off tag", ["50% OFF"]),
        ("a burger for 100 dollars", ["$100"]),
        ("sneakers with a $90 price tag", ["$90"]),
        ("a 2,000 \u20ac laptop and a cat", ["2,000 \u20ac", ""]),
        ("a phone and 30 cats", ["", ""]),
        ("$20 challenge with a knife", [""]),
    ],
)
def test_a_price_is_that_of_the_thing_it_is_said_of(prompt, prices):
    assert [thing.price for thing in parse_prompt(prompt).named] == prices


@pytest.mark.parametrize(
    ("prompt", "kinds"),
    [
        ("an old grandfather teaching his grandson to fish", ("grandpa", "boy")),
        ("a cop chasing a thief at night", ("", "")),
        ("a boxer with a bruised face", ("",)),
        ("a teacher yelled at by a parent", ("", "")),
        ("an elderly couple dancing in a kitchen", ("grandma", "grandpa")),
        ("an old woman with a cat", ("grandma",)),
        ("an old fisherman", ("grandpa",)),
        ("my old friend", ("",)),
        ("a policeman arresting a robber", ("", "")),
        ("a woman on a bench, a man far away", ("woman", "man")),
        ("a man dressed as a king", ("man",)),
    ],
)
def test_two_people_of_one_action_are_both_there(prompt, kinds):
    assert parse_prompt(prompt).people.kinds == kinds


def test_what_is_tiny_beside_the_huge_is_small():
    dragon, robot = parse_prompt("a giant dragon facing a tiny robot").named
    assert (dragon.size, robot.size) == ("huge", "tiny")


def test_somebody_tiny_is_small():
    def face_width(prompt: str) -> float:
        scene = plan(Brief(prompt=prompt, title="The end", preset="cinematic-film"))
        return next(layer.face_width for layer in scene.layers if layer.kind == "cutout")

    usual = face_width("a giant dragon facing a knight")
    assert face_width("a giant dragon facing a tiny knight") < 0.8 * usual


def test_a_price_hangs_on_its_thing_off_the_words():
    scene = plan(Brief(prompt="a $20 keyboard and a cat", title="Worth it?", preset="tech-review"))
    tags = [layer for layer in scene.layers if layer.kind == "chip" and layer.text == "$20"]
    assert len(tags) == 1


def test_a_stadium_that_somebody_stands_in_has_no_ball_of_its_own():
    def painting(prompt):
        return next(
            layer for layer in plan(Brief(prompt=prompt)).layers if layer.kind == "painting"
        )

    assert painting("a marathon runner in a stadium").bare
    assert not painting("a stadium").bare


@pytest.mark.parametrize(
    ("prompt", "prices"),
    [
        ("a rusty car and a sports car, price tags $500 and $90,000", {"$500", "$90,000"}),
        ("two watches with price tags $10 and $10,000", {"$10", "$10,000"}),
        ("a giant pizza and a tiny pizza with price tags $1 and $1000", {"$1", "$1000"}),
    ],
)
def test_several_price_tags_have_a_price_each(prompt, prices):
    things = parse_prompt(prompt).named
    assert {thing.price for thing in things} == prices
    cheapest = next((thing for thing in things if thing.size == "tiny"), None)
    assert cheapest is None or cheapest.price == "$1"
