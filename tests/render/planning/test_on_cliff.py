"""A cliff grows out of the frame's edge, and what is on it stands there large."""

from __future__ import annotations

import pytest

from thumbnb import render
from thumbnb.render.planning.planner import plan


def layers_of(prompt, seed=1):
    brief = render.Brief(prompt=prompt, title="WHO IS THERE", preset="mystery-dark")
    return plan(brief, seed).layers


@pytest.mark.parametrize("name", ["lighthouse", "castle"])
def test_a_building_alone_stands_on_a_cliff_that_leaves_the_frame(name):
    layers = layers_of(f"A {name} on a cliff")
    things = {each.name: each for each in layers if each.kind == "object"}
    cliff, building = things["cliff"], things[name]
    assert cliff.at[1] > 720, "its foot is below the frame"
    outer = cliff.at[0] + (0.5 if cliff.at[0] > 640 else -0.5) * cliff.height
    assert not 0 < outer < 1280, "its side is out of it"
    assert building.height > 0.5 * 720
    assert building.at[1] < 620


def test_somebody_on_the_cliff_of_a_lighthouse_stands_on_its_ground():
    layers = layers_of("A lighthouse on a cliff, a figure with a flashlight walking towards it")
    named = [each.name for each in layers if each.kind == "object"]
    assert "cliff" not in named
    assert "lighthouse" in named
    assert any(each.kind == "painting" and each.subject == "cliff-edge" for each in layers)
    (person,) = (each for each in layers if each.kind == "cutout")
    assert person.figure.gesture == "walk"


def test_a_house_has_its_own_door():
    layers = layers_of("A hooded man at the door of an old house on a hill")
    assert not any(each.kind == "painting" and each.subject == "front-porch" for each in layers)


def test_a_car_that_somebody_leans_on_is_as_large_as_it_is():
    layers = layers_of("A man leaning on a sports car in front of a glass villa")
    car = next(each for each in layers if each.kind == "object" and each.name == "car-side")
    villa = next(each for each in layers if each.kind == "object" and each.name == "glass-villa")
    person = next(each for each in layers if each.kind == "cutout")
    assert car.height > 3 * person.face_width
    assert villa.at[1] - villa.height < car.at[1] - car.height, "seen above it"


@pytest.mark.parametrize(
    "prompt", ["A man asleep in a tent on a frozen lake", "A tent in the snow with a girl in it"]
)
def test_who_is_in_a_tent_is_in_its_entrance(prompt):
    layers = layers_of(prompt)
    tent = next(each for each in layers if each.kind == "object" and each.name == "tent")
    person = next(each for each in layers if each.kind == "cutout")
    assert layers.index(tent) < layers.index(person)
    assert abs(person.at[0] - tent.at[0]) < 0.1 * tent.height
    assert 0.4 * tent.height < tent.at[1] - person.at[1] + person.face_width < 0.8 * tent.height


def test_who_sits_on_a_rock_has_the_rock():
    layers = layers_of("A man sitting on a rock beside a campfire")
    assert "rock" in {each.name for each in layers if each.kind == "object"}


def test_something_tiny_before_what_is_huge_is_small():
    layers = layers_of("A tiny sailboat in front of an enormous iceberg")
    high = {each.name: each.height for each in layers if each.kind == "object"}
    assert high["sailboat"] < 0.5 * high["iceberg"]


def test_the_same_truck_is_the_truck_named_before():
    layers = layers_of("A rusty red pickup truck beside the same truck fully restored")
    assert {each.name for each in layers if each.kind == "object"} == {"pickup-truck"}


def test_who_sits_on_a_bench_sits_on_no_pigeon():
    layers = layers_of("A man sitting on a park bench feeding pigeons")
    bench = next(each for each in layers if each.kind == "object" and each.name == "bench")
    person = next(each for each in layers if each.kind == "cutout")
    assert abs(person.at[0] - bench.at[0]) < 0.3 * bench.height
    assert person.figure.gesture == "perch"
