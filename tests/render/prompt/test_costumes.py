"""Who wears what: the clothes of work and of times past, and those that a prompt names."""

from __future__ import annotations

from typing import get_args

import pytest

from thumbnb.render.brief import Brief
from thumbnb.render.colour.names import named_colour
from thumbnb.render.figures import COSTUMES, draw_figure, hair_top
from thumbnb.render.planning.cast.roles import cast_roles
from thumbnb.render.planning.understand import understand
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.scene import Figure


def figures(prompt: str) -> tuple[Figure, ...]:
    return cast_roles(understand(Brief(prompt=prompt), 1, 0)).figures


@pytest.mark.parametrize(
    ("prompt", "clothes"),
    [
        ("A chef tastes a soup", ["chef"]),
        ("a firefighter with a dog", ["firefighter"]),
        ("Two astronauts on the moon", ["astronaut", "astronaut"]),
        ("Roman soldier versus Viking warrior", ["legionary", "viking"]),
        ("a soldier and a nurse", ["soldier", "nurse"]),
        ("Napoleon in front of his army", ["general", "soldier", "soldier", "soldier"]),
        ("the Roman legion", ["legionary", "legionary", "legionary"]),
        ("A worried banker", ["professional"]),
        ("a chef in a hoodie", ["casual"]),
        ("A beekeeper in a white suit and veil", ["beekeeper"]),
        ("A scuba diver in a black suit", ["diver"]),
        ("A surgeon in green scrubs and mask", ["surgeon"]),
        ("A referee and a football player", ["referee", "footballer"]),
        ("A makeup artist at work", ["barista"]),
        ("a sad construction worker", ["builder"]),
        ("a woman at home", ["casual"]),
    ],
)
def test_people_wear_what_they_are_known_by(prompt, clothes):
    assert [figure.clothes for figure in figures(prompt)] == clothes


@pytest.mark.parametrize(
    "prompt", ["a pirate ship in a storm", "a chef knife on a table", "the best cowboy hat"]
)
def test_a_role_that_says_the_kind_of_a_thing_is_nobody(prompt):
    assert figures(prompt) == ()


def test_clothes_have_the_colour_said_of_them_and_the_image_has_not():
    prompt = "Businesswoman in a navy suit in an office"
    (figure,) = figures(prompt)
    assert (figure.clothes, figure.cloth) == ("professional", named_colour("navy"))
    parsed = parse_prompt(prompt)
    assert (parsed.colours, parsed.unknown) == ((), ())


def test_two_against_each_other_never_look_the_same():
    first, last = figures("a soldier versus a Zorblax")
    assert (first.skin, first.hair) != (last.skin, last.hair)


@pytest.mark.parametrize("name", COSTUMES)
def test_a_costume_can_be_drawn_and_its_hat_reaches_as_far_as_is_said(name):
    assert name in get_args(Figure.model_fields["clothes"].annotation)
    figure = Figure(clothes=name, cloth=COSTUMES[name].cloth)
    image, (_, y, width, height) = draw_figure(figure, 160)
    box = image.getchannel("A").point(lambda value: 255 if value > 40 else 0).getbbox()
    assert box is not None
    above = (y + height / 2 - box[1]) / width
    assert above <= hair_top(figure) + 0.06
