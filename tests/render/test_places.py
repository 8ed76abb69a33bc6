"""Places: drawn as data, in the light of the hour, found by words of five languages."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PIL import Image

from thumbnb import render
from thumbnb.render.objects import raster
from thumbnb.render.place_files import place_files, words_of_places
from thumbnb.render.planning import limitations
from thumbnb.render.planning.cast import roles
from thumbnb.render.planning.planner import plan_with_report
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.prompt.places.painted_places import PLACES
from thumbnb.render.prompt.places.place_names import join_place_names
from thumbnb.render.prompt.words.folded_words import folded_words
from thumbnb.render.prompt.words.lexicon import matches
from thumbnb.render.subjects import SUBJECTS, Place, place
from thumbnb.render.subjects.lighting import HOURS
from thumbnb.render.subjects.place_svg import fill_in
from thumbnb.render.subjects.placement import PAINTINGS, RecentPaintings

DRAWN = sorted(name for name, kind in SUBJECTS.items() if issubclass(kind, Place))
SMALL = (320, 180)


def pixels(name: str, hour: str | None = None, size=SMALL, seed: int = 1) -> np.ndarray:
    picture = SUBJECTS[name](size, palette=HOURS[hour] if hour else None, seed=seed).frame(0)
    return np.asarray(picture, dtype=float)


def planned(prompt: str, preset: str = "free"):
    scene, report = plan_with_report(
        render.Brief(prompt=prompt, title="LOOK AT THIS", preset=preset), 0, 0
    )
    layers = {layer.kind: layer for layer in scene.layers}
    return layers, " ".join(t.reason for t in report.treatments if t.option == "prompt")


def test_there_are_places_enough_and_things_can_stand_in_each():
    assert len(DRAWN) >= 18
    assert set(DRAWN) <= PLACES <= set(SUBJECTS)


@pytest.mark.parametrize("name", DRAWN)
def test_nothing_in_a_file_is_left_out_in_silence(name):
    """What resvg doesn't know it draws black or not at all, and says nothing."""
    kind = SUBJECTS[name]
    svg = fill_in(kind.svg, kind.light, HOURS["night"], indoors=kind.indoors)
    assert "$" not in svg
    assert "metadata" not in svg
    made = re.findall(r'\bid="([^"]+)"', svg)
    assert len(made) == len(set(made))
    assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(made)
    paints = re.findall(r'\b(?:fill|stroke|stop-color)="([^"]+)"', svg)
    assert all(re.fullmatch(r"none|#[0-9a-f]{3}([0-9a-f]{3})?|url\(#[^)]+\)", p) for p in paints)
    assert len(kind.svg) < 40_000


@pytest.mark.parametrize("name", DRAWN)
def test_a_place_fills_its_frame_and_is_calm(name):
    image = pixels(name)
    assert image.std() > 15, "something is drawn"
    assert (image.max(axis=2) < 8).mean() < 0.02, "no black holes"
    steps = np.abs(np.diff(image.mean(axis=2), axis=1))
    assert (steps > 90).mean() < 0.02, "a thing in front of it has the sharp edges"


@pytest.mark.parametrize("name", ["garden", "street", "kitchen", "beach"])
def test_places_are_seen_in_the_light_of_the_hour(name):
    day, night, dusk = pixels(name), pixels(name, "night"), pixels(name, "dusk")
    assert night.mean() < day.mean() - 15
    warmth = [(image[..., 0] - image[..., 2]).mean() for image in (day, dusk)]
    assert warmth[1] > warmth[0]


def test_rooms_stay_lighter_at_night_than_what_is_outdoors():
    lost = {n: pixels(n, "night").mean() / pixels(n).mean() for n in ("kitchen", "garden")}
    assert lost["kitchen"] > lost["garden"] + 0.1


def test_an_hour_that_a_place_is_right_for_changes_nothing():
    prompt = parse_prompt("a dog in a kitchen in winter")
    assert render.subjects.lighting.lighting_for(prompt, SUBJECTS["kitchen"]) is None


def test_seeds_look_at_other_parts_and_the_same_seed_at_the_same():
    assert np.array_equal(pixels("garden", seed=3), pixels("garden", seed=3))
    assert len({pixels("garden", seed=s).tobytes() for s in range(8)}) >= 4


def test_a_place_is_kept_in_memory_and_nobody_can_spoil_it():
    place._raster.cache_clear()
    first = SUBJECTS["farm"](SMALL, seed=1).frame(0)
    first.paste((0, 0, 0), (0, 0, *SMALL))
    again = np.asarray(SUBJECTS["farm"](SMALL, seed=1).frame(0))
    assert again.mean() > 60
    assert place._raster.cache_info().misses == 1
    assert place._raster.cache_info().hits == 1


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("a puppy in a garden", "garden"), ("un perro en el jardín", "garden"),
        ("un chien dans la cuisine", "kitchen"), ("ein Hund in der Küche", "kitchen"),
        ("um gato na cozinha", "kitchen"), ("a lion in the gym", "gym"),
        ("a bicycle on the street", "street"), ("ein Roboter im Labor", "laboratory"),
        ("a robot in a laboratory", "laboratory"), ("um robô no laboratório", "laboratory"),
        ("a robot in a classroom", "classroom"), ("un robot en la escuela", "classroom"),
        ("a horse on the beach", "beach"), ("un cheval sur la plage", "beach"),
        ("ein Pferd am Strand", "beach"), ("um cavalo na praia", "beach"),
        ("a cat in the living room", "living-room"), ("eine Katze im Wohnzimmer", "living-room"),
        ("a teddy bear in a bedroom", "bedroom"), ("a red car on a race track", "racetrack"),
        ("a camper van on the road", "road"), ("a laptop in a home office", "office"),
        ("a cow on a farm", "farm"), ("ein Traktor auf dem Bauernhof", "farm"),
        ("a treasure chest underwater", "underwater"), ("a wolf in the snow", "snow"),
        ("un loup dans la neige", "snow"), ("a dragon in a dungeon", "dungeon"),
        ("a bear in a cave", "cave"),
        ("a microphone on a theatre stage", "theatre"), ("a guitar on a stage", "music"),
        ("a robot in a newsroom", "newsroom"),
        ("a heart in a hospital", "hospital"), ("an owl in a library", "library"),
        ("a suitcase at the airport", "airport"), ("an eagle in the sky", "sky"),
        ("a lion on the savanna", "savanna"), ("un león en la sabana", "savanna"),
        ("a shopping cart in a supermarket", "supermarket"), ("a gavel in court", "courtroom"),
        ("ein Motor in der Werkstatt", "garage"), ("a bicycle on a street in London", "london"),
        ("sushi in Tokyo", "tokyo"), ("a pizza in a restaurant", "restaurant"),
        ("a mouse in a prison", "prison"), ("a skateboard in a skate park", "skatepark"),
    ],
)  # fmt: skip
def test_things_stand_in_the_place_that_a_prompt_names(prompt, name):
    layers, treatments = planned(prompt)
    assert layers["painting"].subject == name
    assert "object" in layers
    if name in DRAWN:
        assert f"Drawn as a place, not a photograph: {name}." in treatments


def test_snow_and_sky_say_how_another_place_looks():
    assert parse_prompt("snow in the city").subjects[0] == "city"
    assert parse_prompt("a castle, the sky over a forest").places[0] == "forest"
    assert parse_prompt("a wolf in the snow").places == ("snow",)


@pytest.mark.parametrize("preset", ["free", "cinematic-film", "tutorial-educational"])
def test_a_thing_in_a_place_is_composed(preset):
    brief = render.Brief(prompt="a puppy in a garden", title="BEST DOG", preset=preset)
    image = np.asarray(render.compose(brief, size=(640, 360)).image.convert("RGB"), dtype=float)
    green = (image[..., 1] > image[..., 0] * 1.05) & (image[..., 1] > image[..., 2] * 1.05)
    assert green.mean() > 0.08, "the lawn is there"


@pytest.mark.parametrize("size", [(16, 16), (16, 120), (120, 16), (90, 160), (3840, 216)])
def test_any_shape(size):
    assert pixels("sky", size=size).shape == (size[1], size[0], 3)


def test_without_resvg_the_nearest_subject_is_painted_and_the_report_says_so(monkeypatch):
    for module in (raster, place, roles, limitations):
        monkeypatch.setattr(module, "can_draw", lambda: False)
    near = np.asarray(SUBJECTS["forest"](SMALL, seed=7).frame(0))
    stands_in = SUBJECTS["garden"](SMALL, seed=7).frame(0)
    assert stands_in.size == SMALL
    assert np.abs(np.asarray(stands_in, dtype=float).mean() - near.mean()) < 40
    layers, treatments = planned("a puppy in a garden")
    assert layers["painting"].subject == "garden"
    assert "Without resvg-py no garden can be drawn; painted instead: forest." in treatments


WORDS = words_of_places()


def test_a_word_means_one_place_and_each_is_found():
    said = [(word, file.name) for file in place_files().values() for word in {*file.words}]
    assert len({word for word, _ in said}) == len(said)
    for word, name in said:
        joined = join_place_names(f"Ein Hund, {word}!")
        assert matches("subjects", folded_words(joined))[0] == name, word


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("a man on a train station platform", "train-station"),
        ("ein Mann am Bahnhof", "train-station"),
        ("una mujer en la estación de metro", "train-station"),
        ("a shocked man in a BANK VAULT", "vault"),
        ("woman in a haunted-house at night", "haunted-house"), ("a man in the bar", "bar"),
        ("un homme dans un café", "cafe"), ("a gamer in his gaming room", "gaming-room"),
        ("uma mulher na piscina", "pool"), ("an astronaut on Mars", "mars"),
        ("a man in the cockpit of a plane", "cockpit"),
        ("two women in a podcast studio", "podcast-studio"),
    ],
)  # fmt: skip
def test_the_words_in_the_file_of_a_place_find_it(prompt, name):
    parsed = parse_prompt(prompt)
    assert parsed.places[0] == name
    assert not {thing.name for thing in parsed.things} & {"train", "house", "ring", "airplane"}


@pytest.mark.parametrize(
    "prompt", ["growth in the bar chart", "a chocolate bar", "full moon over a castle", "mint tea"]
)
def test_words_that_only_look_like_a_place_name_none(prompt):
    assert not {*parse_prompt(prompt).subjects} & {*WORDS.values()}


def test_the_paintings_asked_for_last_are_remembered_within_a_limit():
    painted: list[str] = []

    def ask(name: str, size: tuple[int, int] = (100, 50)) -> Image.Image:
        def paint() -> Image.Image:
            painted.append(name)
            return Image.new("RGB", size)

        return recent.get((name, size), paint)

    recent = RecentPaintings(2 * 4 * 100 * 50)
    first = ask("forest")
    assert ask("forest") is first
    ask("city")
    ask("forest")
    ask("ocean")  # the city was asked for longest ago
    ask("forest")
    assert painted == ["forest", "city", "ocean"]
    ask("city")
    ask("wide", (400, 200))
    ask("wide", (400, 200))
    assert painted[3:] == ["city", "wide", "wide"], "too large to be kept"


def test_another_title_shows_the_same_place_and_is_an_image_of_its_own():
    briefs = [render.Brief(prompt="a forest", title=title) for title in ("ONE", "TWO")]
    PAINTINGS.clear()
    alone = render.compose(briefs[1], size=(640, 360)).image
    PAINTINGS.clear()
    render.compose(briefs[0], size=(640, 360))
    after = render.compose(briefs[1], size=(640, 360)).image
    assert after.tobytes() == alone.tobytes()
