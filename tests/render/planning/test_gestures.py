"""People drawn hold what the prompt gives them, and everybody feels what the title says."""

from __future__ import annotations

import pytest

from thumbnb import render
from thumbnb.render.planning.planner import plan_with_report


def scene_of(prompt: str, title: str = "LOOK AT THIS", preset: str = "free"):
    brief = render.Brief(prompt=prompt, title=title, preset=preset)
    return plan_with_report(brief, 0, 0)[0]


def layers(scene, kind: str):
    return [layer for layer in scene.layers if layer.kind == kind]


@pytest.mark.parametrize(
    ("prompt", "thing"),
    [
        ("A man holding a fish on a lake", "fish"),
        ("A judge with a gavel in a courtroom", "gavel"),
        ("A woman holding an electric guitar", "electric-guitar"),
        ("A girl reading a book in a library", "book"),
        ("Eine Frau mit einer Gitarre", "guitar"),
    ],
)
def test_what_somebody_holds_touches_their_hand(prompt, thing):
    scene = scene_of(prompt)
    (held,) = [layer for layer in layers(scene, "object") if layer.name == thing]
    (hand,) = layers(scene, "fingers")
    (person,) = layers(scene, "cutout")
    assert person.figure.gesture == "hold"
    x, y = hand.at
    assert held.at[1] - held.height <= y <= held.at[1]
    assert abs(held.at[0] - x) < held.height * 1.6
    order = list(scene.layers)
    assert order.index(person) < order.index(held) < order.index(hand)
    assert held.height >= 200
    assert held.at[1] <= 720


def test_what_cannot_be_held_is_pointed_at():
    scene = scene_of("A happy man with a tractor on a farm")
    assert layers(scene, "cutout")[0].figure.gesture == "point"
    assert not layers(scene, "fingers")


def test_hands_are_on_the_cheeks_of_who_is_frightened():
    scene = scene_of("A scared woman in a hospital")
    figure = layers(scene, "cutout")[0].figure
    assert (figure.expression, figure.gesture) == ("scared", "cheeks")


@pytest.mark.parametrize(
    ("title", "expression"),
    [
        ("I ALMOST DIED", "scared"),
        ("THE TRUTH ABOUT VACCINES", "serious"),
        ("I lost everything", "sad"),
        ("THEY LIED TO ME", "angry"),
        ("My first recipe", "happy"),
    ],
)
def test_a_title_decides_what_a_face_shows(title, expression):
    assert layers(scene_of("A man in an office", title), "cutout")[0].figure.expression == (
        expression
    )


def test_the_prompts_own_expression_comes_first():
    scene = scene_of("A laughing man in an office", "I ALMOST DIED")
    assert layers(scene, "cutout")[0].figure.expression == "happy"


@pytest.mark.parametrize(
    ("prompt", "title", "mood"),
    [
        ("A bear in the forest", "ATTACKED AT 3 AM", "angry"),
        ("A crying cat in the rain", "Nobody wanted her", "sad"),
        ("A lion on the savanna", "The last king", "serious"),
        ("A puppy in a garden", "10 puppy tips", ""),
    ],
)
def test_animals_do_not_smile_under_a_grave_title(prompt, title, mood):
    assert layers(scene_of(prompt, title), "object")[0].mood == mood


def test_before_and_after_show_one_person_twice():
    scene = scene_of("A man's gym transformation, before and after", preset="before-after")
    before, after = (layer.figure for layer in layers(scene, "cutout"))
    assert (before.skin, before.hair, before.style) == (after.skin, after.hair, after.style)
    assert before.expression == "sad"
    assert before.build < after.build


def test_rich_and_poor_are_told_apart():
    rich, poor = (layer.figure for layer in layers(scene_of("Rich man vs poor man"), "cutout"))
    assert (rich.clothes, poor.clothes) == ("professional", "casual")
    assert (rich.expression, poor.expression) == ("confident", "sad")


def test_one_half_of_a_room_is_untidy():
    scene = scene_of("Kitchen makeover, before and after", preset="before-after")
    clutter = [layer for layer in layers(scene, "object") if layer.at[0] < 600]
    assert len(clutter) > 3


def test_rain_falls_outdoors():
    scene = scene_of("A cat in the rain")
    assert layers(scene, "painting")[0].subject == "street"
    assert layers(scene, "rain")
