"""What prompts tell that name nobody, a price in words, or something that falls."""

from __future__ import annotations

import pytest

from thumbnb import render
from thumbnb.render.objects import find as find_things_in
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.prompt.words.compounds import blank_compounds


def layers(prompt, title="LAST WORDS", preset="free"):
    scene = render.plan(render.Brief(prompt=prompt, title=title, preset=preset), 0, 0)
    return [layer for layer in scene.layers if layer.kind in {"cutout", "object"}]


def people(prompt, **rest):
    return [layer.figure for layer in layers(prompt, **rest) if layer.kind != "object"]


def things(prompt, **rest):
    return {layer.name: layer for layer in layers(prompt, **rest) if layer.kind == "object"}


@pytest.mark.parametrize(
    "prompt",
    [
        "How I made a fortune in one week",
        "my first marathon",
        "Ich habe 24 Stunden im Wald überlebt",
        "Sobreviví 7 días en la selva",
        "comment j'ai perdu 20 kilos",
        "como eu ganhei tudo",
        "quixotic zeitgeist explained",  # nothing of it can be drawn
    ],
)
def test_who_tells_a_story_is_shown(prompt):
    assert len(people(prompt)) == 1
    assert "robot" not in things(prompt)


def test_several_tell_it_and_nobody_where_words_alone_are_wanted():
    assert len(people("We bought a boat")) == 2
    assert not people("text only, zeitgeist")
    assert not people("a documentary about World War I battles")


def test_what_was_survived_is_shown_with_the_money_there_was():
    prompt = "I survived 7 days alone in a shipping container with only $100"
    assert {"shipping-container", "banknotes"} <= {*things(prompt)}
    (teller,) = people(prompt, title="SEVEN DAYS")
    assert teller.expression == "worried"


@pytest.mark.parametrize(
    ("compound", "drawn"), [("cafe racer", "motorcycle"), ("shipping container", None)]
)
def test_a_compound_is_one_thing(compound, drawn):
    parsed = parse_prompt(f"a shiny red {compound}")
    assert not parsed.person
    assert [thing.name for thing in parsed.things] == [drawn or "shipping-container"]


@pytest.mark.parametrize("compound", ["space heater", "bike trainer", "rice cookers"])
def test_a_machine_is_neither_a_person_nor_a_place(compound):
    parsed = parse_prompt(f"a {compound}")
    assert not parsed.person
    assert not parsed.places
    assert not blank_compounds(compound).strip()
    assert parse_prompt("a personal trainer").person


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("five dollar", "$5"),
        ("one-dollar", "$1"),
        ("hundred dollar", "$100"),
        ("two thousand dollar", "$2,000"),
        ("million dollar", "$1M"),
        ("twenty euro", "€20"),
    ],
)
def test_a_price_in_words_is_a_tag_on_its_thing(said, tag):
    (burger,) = parse_prompt(f"a {said} burger").things
    assert (burger.name, burger.price) == ("burger", tag)


@pytest.mark.parametrize(
    ("prompt", "falls", "ground"),
    [
        ("Man dropping a watermelon from a crane onto a trampoline", "watermelon", "trampoline"),
        ("a bowling ball falling onto a trampoline", "bowling", "trampoline"),
    ],
)
def test_what_is_dropped_is_in_the_air_above_what_it_falls_on(prompt, falls, ground):
    drawn = things(prompt)
    above, below = drawn[falls], drawn[ground]
    assert above.at[1] < below.at[1] - below.height
    assert abs(above.at[0] - below.at[0]) < below.height


def test_a_fight_in_a_game_is_where_it_is_fought_without_a_gamepad():
    parsed = parse_prompt("Minecraft style knight fighting a giant dragon")
    assert [thing.name for thing in parsed.things] == ["dragon"]
    assert "gaming-room" not in parsed.places
    assert "gaming-room" in parse_prompt("a gamer in his gaming room").places
    asked = parse_prompt("a gamer with a game controller and a dragon")
    assert "game-controller" in {thing.name for thing in asked.things}


def test_two_of_a_kind_have_two_colours_but_no_burger_is_blue():
    def colours(prompt):
        return [one.colours for one in layers(prompt) if one.kind == "object"]

    first, second = colours("Comparing two foldable phones side by side")
    assert "screen" in second
    assert first != second
    first, second = colours("one dollar burger vs hundred dollar burger")
    assert first == second


def test_the_words_of_a_container_find_it():
    assert {match.name for match in find_things_in("ein Container")} == {"shipping-container"}


@pytest.mark.parametrize(
    ("prompt", "preset", "shown"),
    [
        ("a full fridge next to an empty fridge, a stressed woman in the middle", "before-after",
         "fridge-full fridge-empty"),
        ("$1 burger vs $500 gold burger on two plates, man biting into one", "mrbeast-viral",
         "burger burger"),
        ("a wilted plant on the left, a healthy plant on the right, woman smiling", "before-after",
         "potted-plant potted-plant"),
    ],
)  # fmt: skip
def test_somebody_stands_between_two_things_that_are_compared(prompt, preset, shown):
    there = layers(prompt, preset=preset)
    somebody = [each for each in there if each.kind == "cutout"]
    pair = [each for each in there if each.kind == "object"]
    assert [each.name for each in pair] == shown.split()
    assert len(somebody) == 1
    assert pair[0].at[0] < somebody[0].at[0] < pair[1].at[0]
    assert pair[0] != pair[1].model_copy(update={"at": pair[0].at})


@pytest.mark.parametrize(
    "prompt",
    [
        "a messy bedroom, then tidy, a mom smiling",
        "a dirty bathroom before, a clean bathroom after, a woman holding a bucket",
    ],
)
def test_one_person_stands_between_two_states_of_a_room(prompt):
    there = layers(prompt, preset="before-after")
    assert len([each for each in there if each.kind == "cutout"]) == 1
    clutter = [each for each in there if each.kind == "object" and each.at[0] < 540]
    assert {"package", "banana"} <= {each.name for each in clutter}


def test_what_was_sad_before_is_not_sad_after():
    there = layers("a sad puppy before, the same puppy after", preset="before-after")
    moods = [each.mood for each in there if each.kind == "object"]
    assert moods == ["sad", ""]


def test_what_made_the_difference_is_held_afterwards():
    there = layers("a woman before and after, holding a serum bottle", preset="before-after")
    bottle = next(each for each in there if each.kind == "object")
    before, after = (each for each in there if each.kind == "cutout")
    assert bottle.name == "serum-bottle"
    assert before.at[0] < bottle.at[0] < after.at[0]
    assert bottle.at[1] - bottle.height > after.at[1] + 0.4 * after.face_width  # below the mouth


def test_what_is_tiny_is_small_beside_the_giant_it_is_compared_with():
    there = layers("a giant pizza vs a tiny pizza, an excited boy", preset="mrbeast-viral")
    giant, tiny = (each.height for each in there if each.kind == "object")
    assert tiny < 0.6 * giant
