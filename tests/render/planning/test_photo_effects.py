"""What a prompt wants over its photo is painted there, or said to be missing."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.render.planning.test_photo_marks import disc, objects_of, planned
from thumbnb.render import preview_prompt
from thumbnb.render.layout import most_covered
from thumbnb.render.painters.paint_scene import paint
from thumbnb.render.planning.headline import extent
from thumbnb.render.planning.marks.on_face import box_on_face
from thumbnb.render.prompt.images.effects import photo_effects
from thumbnb.render.prompt.images.mark_places import MarkPlace, mark_place
from thumbnb.render.prompt.named_thing import NamedThing
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.scene import Scene
from thumbnb.render.vision.face_detectors import HAS_OPENCV
from thumbnb.render.vision.faces import find_cutout, find_subject, view_image
from thumbnb.render.vision.framing import box_on_sheet


@pytest.mark.parametrize(
    ("prompt", "kinds"),
    [
        ("My coffee @image1 with steam and coffee beans around it", {"beans", "steam"}),
        ("Snow falling on my car @image1", {"snow"}),
        ("@image1 versus @image2 with lightning between them", {"lightning"}),
        ("Blackout in the city @image1", {"dark"}),
        ("My cup @image1, money raining down, green smoke", {"money", "smoke"}),
        ("@image1 in a storm", {"lightning", "rain"}),
        ("The burning city @image1", set()),
        (
            "@image1 screaming in front of a burning city, smoke and sparks",
            {"flames", "smoke", "sparks"},
        ),
        ("A rainbow over @image1", set()),
        ("@image1 with no smoke", set()),
        ("A fire extinguisher next to @image1", set()),
        ("A campfire in the rain", set()),
        ("@image1 lit by a flashlight", {"flashlight"}),
        ("My cat @image1 by candlelight", {"candle"}),
        ("The tower @image1 seen through a window at night", {"window"}),
        ("The lion @image1 behind bars", {"cage"}),
        ("The coach @image1 with a glowing red outline", {"outline"}),
        ("The suspect @image1 on security camera footage", {"camera"}),
        ("@image1 of a window in a church", set()),
        ("The tower @image1 with a big red X over it", {"cross"}),
        ("My bike @image1 crossed out", {"cross"}),
        ("Espresso recipe, @image1 with beans", {"beans"}),
        ("Chili @image1 with beans", set()),
        ("This disc @image1 costs $10,000, money around it", {"money"}),
    ],
)
def test_effects_are_told_from_what_a_photo_shows(prompt, kinds):
    assert {effect.kind for effect in photo_effects(prompt)} == kinds


@pytest.mark.parametrize(
    ("words", "layer"),
    [
        ("steam", "plume"), ("smoke", "plume"), ("flames", "flames"), ("confetti", "flying"),
        ("blood", "splatter"), ("lightning", "lightning"), ("rain", "rain"), ("fog", "mist"),
        ("autumn leaves", "object"),
    ],
)  # fmt: skip
def test_an_effect_is_painted_over_the_photo_and_reported(words, layer):
    scene, report = planned(f"My disc @image1 with {words}")
    kinds = [each.kind for each in scene.layers]
    assert kinds.index("image") < kinds.index(layer) < kinds.index("words")
    assert any("Painted over the photo" in told.reason for told in report.treatments)
    assert not any("Nothing can be drawn" in told.reason for told in report.treatments)


@pytest.mark.parametrize("words", ["steam", "flames", "confetti", "blood", "green smoke"])
def test_an_effect_changes_the_photo(words):
    scene, _ = planned(f"My disc @image1 with {words}", title=None)
    bare = Scene(**{**dict(scene), "layers": scene.layers[:1]})
    kinds = {"plume", "flames", "flying", "splatter"}
    some = [each for each in scene.layers if each.kind in kinds]
    more = Scene(**{**dict(scene), "layers": (scene.layers[0], *some)})
    images = {"image1": disc()}
    assert paint(bare, (640, 360), images).tobytes() != paint(more, (640, 360), images).tobytes()


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("My cat @image1 shocked by a giant robot vacuum", "robot vacuum"),
        ("A cat @image1 chased by a dog", "dog"),
        ("A mouse running away from my cat @image1", "mouse"),
        ("@image1 surrounded by balloons", "balloons"),
        ("My coins @image1, pile of cash", "pile of cash"),
        ("My trip @image1 with a suitcase, passport and a map", "passport"),
    ],
)
def test_what_a_prompt_adds_to_a_photo_is_drawn_large(prompt, word):
    assert word not in parse_prompt(prompt).image_words
    scene, report = planned(prompt)
    assert max(layer.height for layer in objects_of(scene)) >= 0.2 * 720
    assert not any("no room" in told.reason and word in told.reason for told in report.treatments)


@pytest.mark.parametrize(
    ("prompt", "own"),
    [
        ("Blackout in the city @image1, worried reporter with a microphone in front", True),
        ("Rocket launch @image1 with a shocked scientist in front", True),
        ("A scan @image1, doctor pointing at it", True),
        ("Photographer @image1 on the right", False),
        ("A man in a black suit @image1 looking worried", False),
        ("My cat @image1 judging me", False),
        ("This motorcycle @image1 cost me $500", False),
        ("@image1, a woman hiking", False),
    ],
)
def test_somebody_asked_for_beside_a_photo_is_somebody_else(prompt, own):
    assert parse_prompt(prompt).own_people == own


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("@image1, red circle around the left corner", MarkPlace("corner", -1, -1)),
        ("@image1 with a circle around the bottom right corner", MarkPlace("corner", 1, 1)),
        ("Arrow pointing at the face, @image1", None),
        ("@image1, a circle around her eyes", MarkPlace("face")),
        ("@image1 with a circle around the right half", MarkPlace("side", 1, 0)),
        ("@image1, circle the dark spot", MarkPlace("look", look="dark")),
        ("@image1, a circle around the bright lights", MarkPlace("look", look="bright")),
        ("Street @image1, highlight the red car", MarkPlace("look", look="red")),
        ("@image1, a circle around the engine", None),
    ],
)
def test_a_place_said_of_a_circle_is_read(prompt, place):
    assert mark_place(prompt, "circle") == place


def test_a_circle_around_a_corner_is_there():
    scene, _ = planned("@image1 with a red circle around the bottom left corner", title=None)
    x, y, w, h = scene.first("ring").box
    assert x + w < 640
    assert y > 300
    assert h > 100


@pytest.mark.parametrize(
    ("prompt", "photos", "film"),
    [
        ("Film strip of @image1 @image2 @image3", 3, True),
        ("Compare @image1, @image2 and @image3", 3, False),
        ("Grid of @image1 @image2 @image3 @image4 @image5", 5, False),
    ],
)
def test_several_photos_fill_the_frame_side_by_side(prompt, photos, film):
    scene, report = planned(prompt, *(disc(0.3 + 0.1 * i) for i in range(photos)))
    areas = [layer.area for layer in scene.layers if layer.kind == "image"]
    assert len({*areas}) == photos
    assert sum(w * h for _, _, w, h in areas) == pytest.approx(
        1280 * (536 if film else 720), rel=0.01
    )
    assert any(f"@image{photos}" in told.reason for told in report.treatments)


def test_a_place_beside_a_photo_is_reported_and_its_own_is_not():
    _, report = planned("My disc @image1 next to a treasure chest in a cave")
    assert any("no cave" in told.reason for told in report.treatments)
    _, report = planned("My disc @image1 in a cave")
    assert not any("no cave" in told.reason for told in report.treatments)


def test_the_preview_tells_what_is_added_to_an_image():
    shown = preview_prompt("My cat @image1 chased by a dog, steam, next to a chest in a cave")
    assert shown.shown == ("@image1", "dog", "chest", "steam")
    assert "cave" in shown.missing
    assert "cat" not in shown.missing


@pytest.mark.parametrize("across", [0.2, 0.8])
@pytest.mark.parametrize("preset", ["free", "mrbeast-viral", "cinematic-film"])
def test_a_small_subject_comes_nearer_and_stays_whole_and_clear_of_the_words(across, preset):
    small = disc(across, radius=60)
    scene, _ = planned("My disc @image1", small, preset=preset, title="Look at that")
    view = view_image(small)
    x, y, w, h = box_on_sheet(scene.first("image"), view, view.subject)
    assert h > 1.2 * view.subject[3] * 720
    assert min(x, y) >= 0
    assert x + w <= 1280
    words = extent(scene.first("words"))
    assert most_covered(words, [(x + w / 4, y + h / 4, w / 2, h / 2)]) < 0.1


@pytest.mark.parametrize(
    ("prompt", "people"),
    [
        ("Coins @image1, a pirate holding a map", ("pirate",)),
        ("Astronaut @image1 and a chef with a pizza", ("chef",)),
        ("My bike @image1 on fire, firefighter running towards it", ("firefighter",)),
        ("Hot air balloon @image1, shocked man", ("man",)),
    ],
)
def test_people_put_beside_a_photo_are_drawn_and_those_in_it_are_not(prompt, people):
    parsed = parse_prompt(prompt)
    assert parsed.own_people
    assert parsed.people.words == people
    scene, _ = planned(prompt)
    assert [layer.figure is not None for layer in scene.layers if layer.kind == "cutout"] == [True]


def test_what_burns_beside_a_photo_burns_alone():
    scene, _ = planned("My disc @image1, an old computer on fire beside it")
    assert scene.first("flames") is None
    assert objects_of(scene)[0].state == "burning"


@pytest.mark.parametrize(
    ("prompt", "halves"),
    [
        ("Rocket @image1 vs my old motorcycle @image2", ["image1", "image2"]),
        ("My new car @image1 vs the rocket @image2", ["image2", "image1"]),
        ("After @image1, before @image2", ["image2", "image1"]),
    ],
)
def test_both_of_two_photos_are_shown(prompt, halves):
    scene, _ = planned(prompt, disc(0.3), disc(0.7))
    assert [layer.image for layer in scene.layers if layer.kind == "image"] == halves


def test_flames_are_behind_a_subject_that_is_cut_out_and_light_falls_on_it():
    scene, _ = planned(
        "My disc @image1 with fire behind it and a blue outline", preset="mystery-dark"
    )
    kinds = [each.kind for each in scene.layers]
    assert kinds.index("spotlight") < kinds.index("flames") < kinds.index("photo subject")
    subject = scene.first("photo subject")
    assert subject.finish.outline
    assert subject.photo == scene.first("image")


def test_a_lamp_leaves_the_rest_dark_and_is_not_drawn():
    scene, report = planned("My disc @image1 lit by a flashlight")
    lamps = [each for each in scene.layers if each.kind == "spotlight"]
    assert [each.strength > 0.8 for each in lamps] == [True]
    assert not objects_of(scene)
    assert any("Painted over the photo" in told.reason for told in report.treatments)


def test_a_window_is_between_the_eye_and_a_photo():
    scene, _ = planned("My disc @image1 seen through a window")
    kinds = [each.kind for each in scene.layers]
    assert kinds.index("photo subject") < kinds.index("seen through") < kinds.index("words")


def test_a_circle_goes_around_what_looks_as_said():
    image = disc(0.3, 0.4, 90)
    ImageDraw.Draw(image).ellipse((900, 300, 960, 360), "#1f3040")
    scene, report = planned("A scan @image1, circle the dark spot", image, title=None)
    x, y, w, h = scene.first("ring").box
    spot = (930 / 1280, 330 / 720, 0.001, 0.001)
    across, down, _, _ = box_on_sheet(scene.first("image"), view_image(image), spot)
    assert x < across < x + w
    assert y < down < y + h
    assert not any("not known" in told.reason for told in report.treatments)


def test_what_an_arrow_is_for_and_is_not_found_is_a_guess():
    _, report = planned("My game @image1 with a red arrow pointing at the dragon")
    assert any("where its dragon is" in told.reason for told in report.treatments)


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("The flower from @image1 in the desert", "desert"),
        ("Put @image1 on the beach", "beach"),
        ("@image1 lit by a flashlight in a dark forest", "dark-forest"),
        ("My flower @image1, jungle background", "jungle"),
        ("My cat @image1 in the forest", None),
        ("The house in @image1 on the beach", None),
        ("@image1 in front of a wall of falling green computer code", "code-rain"),
        ("@image1 on the left in front of a football stadium at night", "sports"),
        ("@image1 floating in front of a starry black sky with a huge Mars", "space"),
        ("@image1 among the stars, a huge red Mars behind her", "space"),
        ("@image1 standing, the red rocks of Mars behind her", "mars"),
        ("@image1 screaming in front of a galaxy", "space"),
        ("@image1 in front of a blackboard full of formulas", "classroom"),
        ("@image1 angry in the foreground, behind him a courtroom", "courtroom"),
        ("@image1 on the right with an old navy ship at sea behind her", "ocean"),
    ],
)
def test_what_is_taken_out_of_its_photo_is_put_before_a_place(prompt, place):
    assert parse_prompt(prompt).place_behind == place
    if place and "flashlight" not in prompt:
        scene, _ = planned(prompt)
        kinds = [each.kind for each in scene.layers]
        assert kinds.index("painting") < kinds.index("cutout")


@pytest.mark.parametrize(
    ("prompt", "count"),
    [
        ("3 steps to grow dahlias like @image1", 3),
        ("Five mistakes with my coffee @image1", 5),
        ("My disc @image1 with numbers 1, 2 and 3", 3),
        ("3 steps to grow dahlias", 0),
        ("My three dogs @image1", 0),
    ],
)
def test_counted_steps_are_numbers_on_a_photo_and_no_stairs(prompt, count):
    assert parse_prompt(prompt).steps == count
    if count == 3:
        scene, _ = planned(prompt)
        assert [each.text for each in scene.layers if each.kind == "chip"][-3:] == ["1", "2", "3"]
        assert not objects_of(scene)


def test_a_crown_is_on_the_head_of_who_is_in_a_photo_and_glasses_are_on_the_eyes():
    face = (500.0, 300.0, 200.0, 200.0)
    x, y, w, h = box_on_face(NamedThing("crown", "crown"), face)
    assert x + w / 2 == 600
    assert abs(y + h - 300) < 20
    x, y, w, h = box_on_face(NamedThing("sunglasses", "sunglasses"), face)
    assert 340 < y + h / 2 < 420
    assert box_on_face(NamedThing("car", "car"), face) is None


def test_what_an_arrow_points_at_is_not_drawn():
    scene, _ = planned("My game @image1 with an arrow pointing at the tower")
    assert not objects_of(scene)


def test_what_can_be_cut_out_stands_before_a_colour_and_a_glow_is_no_colour():
    scene, _ = planned("My disc @image1 on a bright yellow background")
    assert scene.first("cutout").image == "image1"
    assert scene.first("image") is None
    scene, _ = planned("My disc @image1, red background glow")
    assert scene.first("image").image == "image1"


@pytest.mark.skipif(not HAS_OPENCV, reason="thumbnb[vision] is not installed")
def test_of_a_subject_that_is_only_found_in_part_nothing_is_put_elsewhere():
    folder = Path(find_spec("skimage").origin).parent / "data"
    cup = Image.open(folder / "coffee.png")
    assert view_image(cup).subject
    assert find_subject(cup) is not None
    assert find_cutout(cup).cut is None, "without its saucer"


@pytest.mark.parametrize(
    ("prompt", "drawn"),
    [
        ("AI made this flower @image1, real flower?", False),
        ("My flower @image1 and another flower", True),
    ],
)
def test_what_a_photo_is_called_is_drawn_again_only_if_it_is_another(prompt, drawn):
    assert ("flower" not in parse_prompt(prompt).image_words) == drawn


def test_what_is_around_a_photos_subject_is_no_verb():
    assert "sharks" in [
        thing.word for thing in parse_prompt("My boat @image1 with sharks around").named
    ]
    scene, _ = planned("My disc @image1 with sharks around")
    assert all(each.grade and each.grade.saturation < 1 for each in objects_of(scene))


def test_light_on_a_photo_before_a_colour_is_seen():
    scene, report = planned("My disc @image1 under a single spotlight, black background")
    assert any(each.kind == "spotlight" for each in scene.layers)
    assert not any("on a card" in told.reason for told in report.treatments)
