"""States of things in prompts, and what is only a part of a thing."""

from __future__ import annotations

import pytest

from thumbnb.render.prompt.parser import parse_prompt


def said(prompt: str) -> list[tuple[str, int, str]]:
    """Give each thing of a prompt with its count and state."""
    return [(thing.name, thing.count, thing.state) for thing in parse_prompt(prompt).things]


@pytest.mark.parametrize(
    ("prompt", "things"),
    [
        # What fast things are after a crash; a market or a computer lies in no ground.
        (
            "a crashed spaceship half buried in the desert with a trail of smoke rising behind it",
            [("spaceship", 1, "crashed")],
        ),
        ("a crashed plane in the jungle", [("airplane", 1, "crashed")]),
        ("a chest half buried in the sand", [("treasure-chest", 1, "buried")]),
        ("a stock market that crashed", [("chart-falling", 1, "")]),
        ("a cat with smoke rising behind it", [("cat", 1, "")]),
        # One of several.
        (
            "two identical phones, one with a cracked screen",
            [("phone", 1, ""), ("phone", 1, "cracked")],
        ),
        ("three cars, one of them is on fire", [("car", 2, ""), ("car", 1, "burning")]),
        # Parts.
        ("a laptop with steam rising from its keyboard", [("laptop", 1, "smoking")]),
        ("a gaming PC with RGB fans", [("gaming-pc", 1, "")]),
        ("a plane with lightning hitting its wing", [("airplane", 1, ""), ("lightning", 1, "")]),
        ("an octopus with its tentacles around a ship", [("octopus", 1, ""), ("ship", 1, "")]),
        ("a woman holding a camera to her eye", [("camera", 1, "")]),
        ("a bookshelf falling over", [("bookshelf", 1, "toppling")]),
        ("a motorcycle rider doing a wheelie", [("motorcycle", 1, "wheelie")]),
        ("the sun exploding", [("sun", 1, "exploding")]),
        (
            "a monitor with a big crack and a game controller",
            [("monitor", 1, "cracked"), ("game-controller", 1, "")],
        ),
        ("a boy sees Saturn lose its rings", [("planet", 1, "")]),
        ("a chef and a burger with melting cheese", [("burger", 1, "")]),
        ("a melting pizza with cheese", [("pizza", 1, "melting")]),
        # Two of a kind.
        ("a Tesla and a gas car next to each other", [("car", 1, ""), ("car", 1, "")]),
        ("a cheap phone and an expensive phone", [("phone", 1, ""), ("phone", 1, "")]),
        ("a red car on a road, the car is fast", [("car", 1, "")]),
        ("a laptop and a keyboard", [("laptop", 1, ""), ("keyboard", 1, "")]),
    ],
)
def test_states_and_parts_of_things(prompt, things):
    assert said(prompt) == things


def test_what_crashed_does_not_fly():
    crashed, flying = (
        parse_prompt(prompt).things[0] for prompt in ("a crashed plane", "a plane over the sea")
    )
    assert not crashed.flies
    assert flying.flies


def test_bodies_of_the_sky_are_there_if_that_is_said():
    prompt = "an astronaut and a flag, a rocket standing behind and earth small in the sky"
    parsed = parse_prompt(prompt)
    assert [thing.name for thing in parsed.things if thing.flies] == ["earth"]
    assert parsed.act is None  # nobody hides behind the earth
    (earth,) = parse_prompt("a man holds the earth").things
    assert not earth.flies
