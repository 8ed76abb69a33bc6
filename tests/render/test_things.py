"""Things that a prompt names: found, counted, coloured, placed, and reported noun by noun."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import thumbnb as tb
from tests.render.pictures import person, photo
from thumbnb import render
from thumbnb.render.objects.painting import describe
from thumbnb.render.planning.planner import plan_with_report
from thumbnb.render.presets import PRESETS
from thumbnb.render.prompt.parser import parse_prompt

PROMPTS = tomllib.loads((Path(__file__).parent / "data" / "prompts.toml").read_text("utf-8"))
SMALL = (640, 360)


def shown(scene) -> set[str]:
    """What a scene shows: drawings by name, painted subjects, a person."""
    objects = [layer for layer in scene.layers if layer.kind == "object"]
    names = {layer.name for layer in objects}
    names |= {"fire" for layer in objects if layer.state == "burning"}
    for layer in scene.layers:
        painting = layer if layer.kind == "painting" else getattr(layer, "painting", None)
        names |= {painting.subject} if painting else set()
        names |= {"person"} if layer.kind == "cutout" else set()
    return names


def plan(prompt: str, preset: str = "free", variation: int = 0, **more):
    brief = render.Brief(prompt=prompt, title="THIS CHANGES IT", preset=preset, **more)
    return plan_with_report(brief, 0, variation)


@pytest.mark.slow
@pytest.mark.parametrize("kind", PROMPTS)
def test_the_nouns_of_prompts_are_shown(kind):
    """Nine of ten main nouns, and six of ten second ones, in whatever preset."""
    main, second, seconds = 0, 0, 0
    missing = []
    for i, (prompt, first, other) in enumerate(PROMPTS[kind]["prompts"]):
        seen = shown(plan(prompt, list(PRESETS)[i % len(PRESETS)])[0])
        main += bool(seen & set(first.split()))
        seconds += bool(other)
        second += bool(other) and bool(seen & set(other.split()))
        missing += [] if seen & set(first.split()) else [(prompt, seen)]
    assert main >= 9, missing
    assert second >= 0.6 * seconds


@pytest.mark.parametrize("variation", range(4))
@pytest.mark.parametrize("preset", ["free", "cinematic-film", "tech-review", "mrbeast-viral"])
def test_variations_never_drop_or_swap_what_is_named(preset, variation):
    for prompt, names in (
        ("a castle with a dragon", {"castle", "dragon"}),
        ("dinosaur in the forest", {"dinosaur", "forest"}),
        ("a robot in the city", {"robot", "city"}),
    ):
        assert names <= shown(plan(prompt, preset, variation)[0])


def test_opposites_are_kept():
    assert shown(plan("stocks crash")[0]) == {"chart-falling", "trading-floor"}
    assert shown(plan("stocks rising")[0]) <= {"chart", "chart-rising", "trading-floor"}


def test_a_number_is_shown_as_so_many():
    scene, _ = plan("three phones on a desk")
    assert [x.name for x in scene.layers if x.kind == "object"] == ["phone"] * 3


def test_a_colour_before_a_thing_is_the_things():
    parsed = parse_prompt("a green balloon over the city")
    assert [(thing.name, thing.colour) for thing in parsed.things] == [("balloon", "green")]
    assert parsed.colours == ()
    scene, _ = plan("a green balloon over the city")
    [balloon] = [x for x in scene.layers if x.kind == "object"]
    assert balloon.colours == {next(iter(describe("balloon").slots)): "#2ba84a"}


def test_what_cannot_be_drawn_is_reported_by_its_word():
    _, report = plan("a unicycle beside a castle")
    reasons = {(item.outcome, item.reason) for item in report.treatments if item.option == "prompt"}
    assert ("ignored", "Nothing can be drawn for: unicycle.") in reasons
    assert ("applied", "Drawn, not photographed: castle.") in reasons
    assert report.shown_share == 0.5


def test_no_people_means_nobody():
    assert "person" not in shown(plan("haunted house with ghosts, no people")[0])


def test_a_person_does_not_drive_out_the_place():
    assert {"person", "city"} <= shown(plan("a man in the city at night")[0])


@pytest.mark.parametrize(
    "prompt",
    ["🎸🔥🏀", "東京の猫", "كلب في الحديقة", "כלב בגינה", "xyzzy plugh frobnicate", "word " * 399],
    ids=["emoji", "japanese", "arabic", "hebrew", "nonsense", "long"],
)
def test_any_prompt_gives_an_image(prompt):
    brief = render.Brief(prompt=prompt, title="HELLO", preset="free")
    assert render.compose(brief, size=SMALL).image.size == SMALL


def test_words_keep_off_the_main_thing():
    for variation in range(4):
        scene, _ = plan("a puppy", "mrbeast-viral", variation)
        [thing] = [x for x in scene.layers if x.kind == "object"]
        words = next(x for x in scene.layers if x.kind == "words")
        left = min(line.x for line in words.lines)
        right = max(line.x + line.width for line in words.lines)
        top = min(line.y - line.size for line in words.lines)
        bottom = max(line.y for line in words.lines)
        beside = thing.at[0] + thing.height * 0.3 < left or thing.at[0] - thing.height * 0.3 > right
        assert beside or thing.at[1] < top + 60 or thing.at[1] - thing.height > bottom - 60


@pytest.mark.slow
def test_the_client_lists_what_can_be_drawn():
    client = tb.connect(embedded=True, quiet=True)
    assert client.subjects("guit").count("guitar") == 1
    assert len(client.subjects()) >= 150


@pytest.mark.parametrize(
    ("prompt", "count"),
    [
        ("two people at microphones", 2),
        ("a couple in Paris", 2),
        ("three friends on the beach", 3),
        ("a family of four in front of a house", 4),
        ("a team of engineers", 5),
        ("a crowd at a concert", 7),
        ("a mother and her daughter at the farm", 2),
        ("zwei Frauen im Garten", 2),
        ("a man", 1),
        ("an empty room without people", 0),
        ("the man who sold the man's car", 1),
    ],
)
def test_so_many_people_are_shown_as_are_named(prompt, count):
    scene, _ = plan(prompt)
    assert sum(layer.kind == "cutout" for layer in scene.layers) == count


@pytest.mark.parametrize("preset", PRESETS)
def test_heads_of_a_group_are_whole_and_words_keep_off_them(preset):
    scene, _ = plan("three friends on the beach", preset)
    words = next(x for x in scene.layers if x.kind == "words")
    left = min(line.x for line in words.lines)
    right = max(line.x + line.width for line in words.lines)
    top = min(line.y - line.size * 0.75 for line in words.lines)
    bottom = max(line.y for line in words.lines)
    for somebody in (x for x in scene.layers if x.kind == "cutout"):
        (x, y), size = somebody.at, somebody.face_width
        assert y - size > 0
        across = min(right, x + size / 2) - max(left, x - size / 2)
        down = min(bottom, y + size / 2) - max(top, y - size / 2)
        assert min(across, down) <= 0.1 * size


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("how to train your puppy in 7 days", {"puppy"}),
        ("my cat won't stop knocking over plants", {"cat", "potted-plant"}),
        ("a bullet train to Mount Fuji", {"train", "mount-fuji"}),
        ("how volcanoes really work", {"volcano"}),
        ("why I park a bus in the garden", {"bus"}),
    ],
)
def test_words_used_as_verbs_name_no_things(prompt, names):
    assert {thing.name for thing in parse_prompt(prompt).things} == names


@pytest.mark.parametrize(
    ("prompt", "name", "colour"),
    [
        ("a red electric guitar on a stage", "electric-guitar", "red"),
        ("a blue shiny car on a road", "car", "blue"),
        ("a boat and a red house", "house", "red"),
        ("a green garden with a dog", "puppy", None),
    ],
)
def test_a_colour_is_of_the_thing_it_stands_before_even_with_adjectives_between(
    prompt, name, colour
):
    found = {thing.name: thing.colour for thing in parse_prompt(prompt).things}
    assert found[name] == colour


def test_two_colours_of_one_thing_are_two_things():
    things = parse_prompt("a blue balloon and a green balloon").things
    assert [(thing.name, thing.colour) for thing in things] == [
        ("balloon", "blue"),
        ("balloon", "green"),
    ]


def test_versus_shows_both_sides_unlike_each_other():
    for prompt in ("ChatGPT vs Gemini", "old car vs new car", "cat vs dog"):
        scene, _ = plan(prompt)
        left, right = [x for x in scene.layers if x.kind == "object"]
        assert left.at[0] < 600
        assert right.at[0] > 680
        assert (left.name, left.colours, left.grade) != (right.name, right.colours, right.grade)
        assert any(x.kind == "chip" and x.text == "VS" for x in scene.layers)


def test_before_and_after_in_words_splits_the_image_in_any_preset():
    scene, _ = plan("minimalist bedroom makeover before and after", "tech-review")
    assert scene.first("split")
    assert scene.first("painting").subject == "bedroom"


def test_unknown_subject_is_not_replaced_by_another():
    for variation in range(3):
        scene, report = plan("a frobnicator unboxed", "tutorial-educational", variation)
        assert shown(scene) <= {"package", "person"}  # somebody beside the title
        scene, report = plan("the frobnicator saga", "tutorial-educational", variation)
        assert shown(scene) <= {"person"}
        assert report.shown_share == 0


@pytest.mark.slow
def test_a_photo_fills_the_image_behind_a_person():
    brief = {"content_images": (photo(),), "portraits": (person(),)}
    for preset in PRESETS:
        for variation in range(2):
            scene, _ = plan("me in front of @image1", preset, variation, **brief)
            kinds = [layer.kind for layer in scene.layers]
            assert "cutout" in kinds
            assert "card" not in kinds
            assert scene.first("image") or scene.first("split")


@pytest.mark.parametrize(
    ("prompt", "reasons"),
    [
        ("a dinosaur in the forest", "Will show: dinosaur, forest."),
        ("a unicycle in the forest", "Will show: forest. Cannot show: unicycle."),
        ("two people at microphones", "Will show: people, microphones."),
        ("frobnicator", "Cannot show: frobnicator."),
        ("", ""),
    ],
)
def test_what_will_be_shown_is_reported_beforehand(prompt, reasons):
    assert str(render.preview_prompt(prompt)) == reasons


def test_places_are_among_the_subjects():
    client = tb.connect(embedded=True, quiet=True)
    assert "kitchen" in client.subjects()
    assert "living room" in client.subjects("liv")
    assert str(client.preview_prompt("a cat")) == "Will show: cat."


def test_two_images_against_each_other_fill_a_half_each():
    scene, _ = plan("@image1 vs @image2", content_images=(photo(seed=1), photo(seed=2)))
    halves = [(x.image, x.half) for x in scene.layers if x.kind == "image"]
    assert halves == [("image1", "left"), ("image2", "right")]
    chips = {x.text for x in scene.layers if x.kind == "chip"}
    assert "VS" in chips
    assert not chips & {"BEFORE", "AFTER", "Before", "After"}


def test_what_an_image_shows_is_not_drawn_over_it():
    for prompt, names in (
        ("my cat @image1", set()),
        ("@image1 with a dragon", {"dragon"}),
        ("review of @image1 with a laptop", {"laptop"}),
        ("a question about @image1", set()),
    ):
        scene, _ = plan(prompt, content_images=(photo(),))
        assert {x.name for x in scene.layers if x.kind == "object"} == names


@pytest.mark.parametrize("preset", PRESETS)
def test_a_colour_named_for_the_background_is_its_colour(preset):
    scene, _ = plan("a dog on a bright yellow background", preset)
    red, green, blue = (int(scene.palette["ground"][i : i + 2], 16) for i in (1, 3, 5))
    assert red > 180
    assert green > 150
    assert blue < 120
