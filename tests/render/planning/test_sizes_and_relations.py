"""Things as a prompt relates them: their sizes, what is on or in what, how many lie about."""

from __future__ import annotations

import pytest

from thumbnb import render
from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.gallery import drawings
from thumbnb.render.objects.vocabulary import seats
from thumbnb.render.planning.planner import plan_with_report
from thumbnb.render.planning.prompt_preview import preview_prompt
from thumbnb.render.planning.thing_sizes import _heights
from thumbnb.render.prompt.parser import parse_prompt


def layers_of(prompt: str, preset: str = "free", variation: int = 0):
    brief = render.Brief(prompt=prompt, title="LOOK AT THIS", preset=preset)
    scene, _ = plan_with_report(brief, 0, variation)
    return scene.layers


def drawn(prompt: str, **more):
    return [layer for layer in layers_of(prompt, **more) if layer.kind == "object"]


def kinds_of(prompt: str, **more) -> list[str]:
    return [getattr(layer, "name", layer.kind) for layer in layers_of(prompt, **more)]


@pytest.mark.parametrize("variation", range(4))
def test_what_is_giant_looms_behind_somebody(variation):
    prompt = "a shocked man in front of a giant dragon"
    [dragon] = drawn(prompt, variation=variation)
    assert dragon.height > 0.55 * 720
    kinds = kinds_of(prompt, variation=variation)
    assert kinds.index("dragon") < kinds.index("cutout")


@pytest.mark.parametrize(
    ("prompt", "larger", "smaller"),
    [
        ("a phone next to a laptop", "laptop", "phone"),
        ("a coin next to a car", "car", "coin"),
        ("a tiny elephant next to a giant mouse", "mouse", "elephant"),
        ("a mouse and an elephant", "elephant", "mouse"),
        ("a tiny house next to a giant tree", "tree", "house"),
    ],
)
def test_things_are_as_large_beside_each_other_as_they_are(prompt, larger, smaller):
    sizes = {layer.name: layer.height * object_aspect(layer.name) for layer in drawn(prompt)}
    assert sizes[larger] > sizes[smaller] > 0.2 * sizes[larger]


@pytest.mark.parametrize(
    ("prompt", "thing", "base"),
    [
        ("a steak in a pan", "steak", "cast-iron-pan"),
        ("a penguin riding a surfboard", "penguin", "flat-surfboard"),
        ("a cat jumping over a fence", "cat", "fence"),
        ("a house on the edge of a cliff", "house", "cliff"),
        ("a cat wearing a crown", "crown", "cat"),
    ],
)
def test_what_is_on_something_is_drawn_over_it_and_touches_it(prompt, thing, base):
    found = {layer.name: layer for layer in drawn(prompt)}
    assert [*found].index(base) < [*found].index(thing)
    below, above = found[base], found[thing]
    assert below.at[1] - below.height - 40 < above.at[1] < below.at[1]
    assert abs(above.at[0] - below.at[0]) < below.height


def test_what_is_in_something_is_behind_its_rim():
    layers = drawn("a puppy in a bucket in the garden")
    assert [layer.name for layer in layers] == ["bucket", "puppy", "bucket"]
    assert [bool(layer.below) for layer in layers] == [False, False, True]


def test_an_animal_wears_all_it_is_said_to_wear():
    names = [layer.name for layer in drawn("a cat with a crown and sunglasses")]
    assert names == ["cat", "crown", "sunglasses"]


def test_a_horde_is_many_of_them_with_the_near_ones_larger():
    horde = drawn("a man in front of a zombie horde")
    assert {layer.name for layer in horde} == {"zombie"}
    assert len(horde) > 8
    by_foot = sorted(horde, key=lambda layer: layer.at[1])
    assert by_foot[-1].height > 1.3 * by_foot[0].height


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("money falling from the sky around a happy woman", "banknote"),
        ("a man with coins scattered on the table", "coin"),
    ],
)
def test_what_lies_about_covers_no_face(prompt, name):
    copies = [layer for layer in drawn(prompt) if layer.name == name]
    assert len(copies) >= 5
    [person] = [layer for layer in layers_of(prompt) if layer.kind == "cutout"]
    x, y = person.at
    half = person.face_width / 2
    for one in copies:
        across, down = one.at[0], one.at[1] - one.height / 2
        assert not (abs(across - x) < half and abs(down - y) < half)


def test_on_a_table_things_lie_on_one():
    kinds = kinds_of("a man with coins scattered on a wooden table")
    assert kinds.index("cutout") < kinds.index("table-top") < kinds.index("coin")
    assert "table" not in str(preview_prompt("coins scattered on the table").missing)


@pytest.mark.parametrize(
    ("prompt", "state"),
    [
        ("an abandoned lighthouse", "abandoned"),
        ("a sizzling steak", "hot"),
        ("smoke coming out of an old laptop", "smoking"),
        ("a vintage camera", "aged"),
        ("an old rusty bicycle", "rusty"),
        ("a half eaten burger", "bitten"),
        ("a phone that is exploding", "exploding"),
        ("a wooden boat", "wooden"),
        ("an old cat", ""),
        ("a steak made of gold", ""),
    ],
)
def test_qualifiers_are_seen_where_they_can_be(prompt, state):
    assert parse_prompt(prompt).things[0].state == state


def test_a_qualifier_that_is_not_seen_is_reported_with_its_thing():
    assert "open (laptop)" in preview_prompt("an open laptop and a futuristic car").missing
    assert preview_prompt("a brand new shiny laptop").missing == ()
    assert "futuristic (car)" in preview_prompt("an open laptop and a futuristic car").missing


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("a wooden plank", "plank"),
        ("a bookshelf", "bookshelf"),
        ("a foldable phone", "foldable-phone"),
    ],
)
def test_a_word_is_the_thing_it_names(prompt, name):
    assert [thing.name for thing in parse_prompt(prompt).things] == [name]


def test_sizes_and_seats_are_of_drawings_there_are():
    names = {*drawings()}
    assert {name for name in (*seats.SEATS, *seats.HOLDS) if "twemoji" not in name} <= names
    assert {*_heights()} <= names
    assert len(_heights()) > 350


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("a fox sleeping in a basket", ["basket", "fox", "basket"]),
        ("a lion wearing a crown on top of a rock", ["rock", "lion", "crown"]),
        ("a half eaten burger on a plate", ["plate", "burger"]),
        ("a doll sitting on a chair", ["twemoji-1fa91", "doll"]),
    ],
)
def test_what_somebody_does_there_hides_no_relation(prompt, names):
    assert [layer.name for layer in drawn(prompt)] == names


def test_what_is_behind_somebody_is_drawn_behind_them_and_a_laptop_is_not():
    assert kinds_of("a scared man, ghost behind him").index("ghost") < kinds_of(
        "a scared man, ghost behind him"
    ).index("cutout")
    kinds = kinds_of("a man in front of his laptop")
    assert kinds.index("laptop") > kinds.index("cutout")


def test_many_of_a_thing_surround_what_they_are_said_to_surround():
    names = [layer.name for layer in drawn("a yellow submarine surrounded by jellyfish")]
    assert names.count("jellyfish") >= 4
    assert "submarine" in names
    sunflowers = [x.name for x in drawn("a truck in a field of sunflowers")].count("sunflower")
    assert sunflowers > 8


def test_what_is_of_wood_already_stays_as_it_is_drawn():
    chest = parse_prompt("a wooden treasure chest")
    assert chest.things[0].state == ""
    assert not chest.unknown


def test_who_is_old_makes_no_pigeons_old_and_hundreds_are_no_thing():
    pigeons = parse_prompt("an old man feeding pigeons")
    assert all(thing.state == "" for thing in pigeons.things)
    assert preview_prompt("a man surrounded by hundreds of cats").missing == ()


def test_what_several_stand_before_is_behind_all_of_them():
    names = [layer.name for layer in drawn("a bull and a bear in front of a rising chart")]
    assert names[0] == "chart-rising"
    assert len(names) == 3


@pytest.mark.parametrize(
    ("prompt", "container"),
    [
        ("a suitcase full of cash in a motel room", "open-suitcase"),
        ("a briefcase stuffed with hundred dollar bills", "open-suitcase"),
        ("a bathtub filled with money", "bathtub"),
        ("a laptop showing a falling stock chart", "laptop"),
        ("a billboard of a luxury watch", "billboard"),
        ("an old treasure chest overflowing with gold coins", "treasure-chest"),
    ],
)
def test_what_a_thing_is_full_of_is_in_it(prompt, container):
    boxes = {layer.name: layer for layer in drawn(prompt)}
    holder = boxes.pop(container)
    [content] = boxes.values()
    assert abs(content.at[0] - holder.at[0]) < 0.3 * holder.height
    assert content.at[1] <= holder.at[1]


def test_all_that_is_listed_is_in_the_case_and_seen():
    layers = {
        layer.name: layer for layer in drawn("a gold bar, a passport and a gun in a suitcase")
    }
    case = layers.pop("open-suitcase")
    assert len(layers) == 3
    across = sorted(layer.at[0] for layer in layers.values())
    assert across[0] + 30 < across[1] < across[2] - 30
    assert all(abs(x - case.at[0]) < 0.5 * case.height for x in across)
