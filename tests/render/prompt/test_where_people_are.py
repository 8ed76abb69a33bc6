"""Where people of travel, music and sport are, and what only sounds like a thing there."""

from __future__ import annotations

import pytest

from thumbnb.render.prompt.parser import parse_prompt


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("A man standing on the edge of a cliff above the sea", "cliff-edge"),
        ("Two hosts laughing at a podcast with coffee mugs", "podcast-studio"),
        ("A producer asleep in his home music studio", "music-studio"),
        ("A stand-up comedian in front of a brick wall", "comedy-club"),
        ("Two MMA fighters in the octagon", "octagon"),
        ("A hiker on a narrow trail towards a peak", "mountain-trail"),
        ("A tourist at a street food stall in Bangkok at night", "street-market"),
        ("An empty cinema seat", "cinema"),
        ("A movie critic between a golden star and a trash can", "cinema"),
        ("A camper cooking noodles in front of his tent in the rain", "campsite"),
        ("A cliff diver jumping from a high rock", "cliff-edge"),
        ("A girl playing violin on a cliff above the sea", "cliff-edge"),
        ("A stand-up comic facepalming on stage", "comedy-club"),
        ("A couple at a crowded market in Marrakech", "street-market"),
        ("Friends around a campfire, guitar and tents", "campsite"),
        ("A traveller stuck at the airport", "airport-terminal"),
        ("A skier racing down a steep snowy slope", "ski-slope"),
        ("A climber on a huge rock wall", "rock-face"),
        ("A basketball player dunking over two defenders", "basketball-court"),
        ("Two hockey players fighting on the ice", "ice-rink"),
        ("A boxer on the floor of the ring", "boxing-ring"),
    ],
)
def test_a_place_is_found_by_what_is_done_there(prompt, place):
    parsed = parse_prompt(prompt)
    assert (parsed.places or parsed.subjects)[0] == place


def test_what_is_seen_through_a_window_is_not_where_one_is():
    parsed = parse_prompt(
        "A family by the Christmas tree, fireplace burning, snow outside the window"
    )
    assert "snow" not in parsed.places
    assert not {"winter", "fire"} & {*parsed.hours}
    assert not any(thing.state for thing in parsed.named)


@pytest.mark.parametrize(
    ("prompt", "missing"),
    [
        ("A rapper on stage, purple lasers behind him", "laser"),
        ("A goalkeeper in a stadium under floodlights", "spotlight"),
        ("A dancer on a theatre stage", "theater-masks"),
        ("A woman doing squats with a barbell in a gym", "muscle"),
        ("A man locked inside a box", "lock"),
        ("Drone view of an island", "drone"),
        ("A boxer knocked out in the ring", "ring"),
    ],
)
def test_light_signs_and_views_are_no_things(prompt, missing):
    assert missing not in {thing.name for thing in parse_prompt(prompt).things}


def test_a_couple_in_a_camper_van_is_two():
    assert len(parse_prompt("A couple waving from their camper van").people.kinds) == 2


def test_two_of_a_kind_have_the_colours_that_are_said():
    parsed = parse_prompt("A cheap red electric guitar and an expensive gold one")
    assert [thing.colour for thing in parsed.things] == ["red", "gold"]


def test_a_box_full_of_spiders_shows_them():
    things = {thing.name for thing in parse_prompt("A man in a glass box full of spiders").things}
    assert things == {"glass-box", "spider"}


def test_what_a_crowd_does_is_not_what_somebody_before_it_does():
    parsed = parse_prompt("A woman behind turntables, crowd with hands up")
    assert parsed.pose != "surrender"


def test_a_fire_that_is_made_is_a_fire_to_sit_at():
    parsed = parse_prompt("A man making a fire in a dark forest")
    assert [thing.name for thing in parsed.things] == ["fire"]
    assert "fire" not in parsed.hours


@pytest.mark.parametrize(
    ("prompt", "drawing"),
    [
        ("A drummer whose drumsticks break", "drums"),
        ("Grandpa carving a turkey", "roast-turkey"),
        ("A plate of broccoli and chicken", "chicken-leg"),
    ],
)
def test_a_word_means_what_is_spoken_of(prompt, drawing):
    assert drawing in {thing.name for thing in parse_prompt(prompt).things}


def test_deep_water_and_the_milky_way_are_no_things():
    assert [t.name for t in parse_prompt("A shark in deep blue water").things] == ["shark"]
    parsed = parse_prompt("A tent on a ridge under the Milky Way")
    assert [thing.name for thing in parsed.named] == ["tent"]
    assert "night" in parsed.hours


def test_fireworks_are_seen_at_night():
    assert parse_prompt("Fireworks over the Eiffel Tower").hours == ("night",)


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        ("A girl unpacking boxes in her new apartment", "woman"),
        ("Two girls riding a scooter through Hanoi", "woman"),
        ("A little girl in a coffee shop with her mom", "girl"),
        ("A girl with a balloon", "girl"),
    ],
)
def test_a_girl_who_lives_alone_is_a_woman(prompt, kind):
    assert parse_prompt(prompt).people.kinds[0] == kind


def test_a_laptop_in_a_hammock_is_in_no_office():
    parsed = parse_prompt("A nomad working on her laptop in a hammock between palm trees")
    assert parsed.vessel
    assert parsed.vessel.name == "hammock"
