"""What people wear or hold is drawn on them, never beside them."""

from __future__ import annotations

import pytest

from thumbnb.render.brief import Brief
from thumbnb.render.planning.planner import plan_with_report
from thumbnb.render.scene import Cutout, ObjectLayer


def _layers(prompt, preset="dramatic-intense", title="A title"):
    scene, report = plan_with_report(
        Brief(prompt=prompt, preset=preset, title=title), seed=1, variation=0
    )
    figures = [layer for layer in scene.layers if isinstance(layer, Cutout)]
    things = [layer for layer in scene.layers if isinstance(layer, ObjectLayer)]
    return figures, things, report


@pytest.mark.parametrize(
    ("prompt", "absent", "worn"),
    [
        ("a gamer with a headset in a city at night", "headphones", ("headset",)),
        ("a muscular man lifting a heavy barbell in a gym", "barbell", ("barbell",)),
        ("a girl with a backpack at school", "backpack", ("backpack",)),
    ],
)
def test_a_worn_thing_is_a_part_of_the_figure_and_reported(prompt, absent, worn):
    figures, things, report = _layers(prompt)
    assert figures[0].figure.worn == worn
    assert absent not in [thing.name for thing in things]
    assert any(worn[0] in note.reason and note.outcome == "applied" for note in report.treatments)


def test_each_of_a_group_has_the_shield_before_the_chest():
    figures, things, _ = _layers("Roman soldiers with shields marching past the Colosseum")
    shields = [thing for thing in things if thing.name == "roman-shield"]
    assert len(shields) == len(figures) == 3
    for person, shield in zip(figures, shields, strict=True):
        assert abs(person.at[0] - shield.at[0]) < person.face_width
        assert shield.at[1] > person.at[1]


def test_what_lies_on_a_table_is_in_nobodys_hands():
    figures, _, _ = _layers("a worried man looking at a chart with coins scattered on the table")
    assert figures[0].figure.gesture != "hold"


def test_a_thing_restored_is_the_same_thing_in_both_halves():
    prompt = "an old rusty bicycle restored to a shiny red bicycle in a garage workshop"
    _, things, _ = _layers(prompt, "before-after")
    assert [(one.name, one.state) for one in things] == [("bicycle", "rusty"), ("bicycle", "shiny")]
    assert things[1].colours


@pytest.mark.parametrize(
    ("prompt", "place", "things"),
    [
        ("an abandoned hospital corridor with an empty wheelchair", "corridor", ["wheelchair"]),
        ("a shadow figure in a dark hallway", "corridor", ["shadow-figure"]),
        ("a boat in a Norwegian fjord at sunrise", "fjord", []),
    ],
)
def test_places_of_horror_and_travel_are_those_that_are_named(prompt, place, things):
    scene, _ = plan_with_report(Brief(prompt=prompt, preset="mystery-dark"), seed=1, variation=0)
    assert [layer.subject for layer in scene.layers if layer.kind == "painting"] == [place]
    names = [layer.name for layer in scene.layers if isinstance(layer, ObjectLayer)]
    assert {*things} <= {*names}


def test_men_have_no_long_lashes_whatever_their_hair():
    figures, _, _ = _layers("a worried man in an office")
    assert figures[0].figure.lashes is False


@pytest.mark.parametrize(
    ("prompt", "held", "larger"),
    [
        ("a bookshelf, a man with a drill next to it in his garage", "drill", "bookshelf"),
        ("a man with a paint roller next to a wooden cabinet", "paint-roller", "cabinet"),
    ],
)
def test_what_all_is_about_is_larger_than_the_tool_in_a_hand(prompt, held, larger):
    scene = plan_with_report(Brief(prompt=prompt, title="FIX", preset="free"), 0, 0)[0]
    heights = {layer.name: layer.height for layer in scene.layers if layer.kind == "object"}
    assert heights[larger] > heights[held]


def test_one_of_two_people_holds_what_is_said_of_them():
    prompt = "Referee showing a red card to an angry football player"
    figures, things, _ = _layers(prompt)
    (card,) = [thing for thing in things if thing.name == "penalty-card"]
    referee = next(each for each in figures if each.figure.clothes == "referee")
    assert abs(card.at[0] - referee.at[0]) < referee.face_width


def test_an_apron_is_on_who_wears_it_and_glasses_on_the_teacher():
    figures, _, _ = _layers("Dad in an apron flipping burgers, his two kids behind him")
    assert [each.figure.clothes for each in figures].count("barista") == 1
    figures, _, _ = _layers("A teacher in a classroom and three students")
    assert sum("glasses" in each.figure.worn for each in figures) == 1


def test_a_cat_wears_the_hat_of_a_chef():
    _, things, _ = _layers("A cat wearing a tiny chef hat in a kitchen")
    assert {thing.name for thing in things} == {"cat", "chef-hat"}


def test_a_hundred_are_a_heap_on_the_table_and_no_years_are():
    _, things, _ = _layers("A man at a table piled with 100 burgers", "mrbeast-viral")
    assert [thing.name for thing in things].count("burger") > 5
    _, things, _ = _layers("A man with two 100 year old books", "mrbeast-viral")
    assert len([thing for thing in things if thing.name == "book"]) < 5


def test_a_sad_puppy_is_sad_and_its_vet_is_not():
    figures, things, _ = _layers("A vet and a sad little puppy", "vlog-travel", "Saving Max")
    assert things[0].mood == "sad"
    assert figures[0].figure.expression != "sad"
