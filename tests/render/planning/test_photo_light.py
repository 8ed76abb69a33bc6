"""The light of photos: halves differ as the words say, colours are not driven, hours are seen."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from tests.render.pictures import person, photo
from thumbnb import render
from thumbnb.render.prompt.images.effects import photo_effects
from thumbnb.render.prompt.images.in_grey import grey_images
from thumbnb.render.vision.tones import vividness

PHOTO = photo(seed=2)
SOMEBODY = person().resize((320, 320))


def plan(prompt, *photos, preset="before-after", title="LOOK AT IT", **more):
    brief = render.Brief(
        prompt=prompt, title=title, preset=preset, content_images=photos or (PHOTO,), **more
    )
    return render.plan(brief)


def chips(scene):
    return [layer.text for layer in scene.layers if layer.kind == "chip"]


def test_one_photo_before_and_after_differs_in_what_the_words_say():
    dull = plan("before and after: dull, then colourful, @image1").first("split")
    assert dull.dull.saturation < 0.5
    assert dull.bright.saturation > 1.1
    night = plan("@image1 before and after, from bright day to dark night").first("split")
    assert night.dull.gamma < 1
    assert night.bright.gamma > 1.4
    season = plan("@image1 before and after, from summer to winter").first("split")
    assert season.dull.warmth > 0 > season.bright.warmth
    title = plan("@image1 before and after", title="From dirty to clean").first("split")
    assert title.dull.tint


@pytest.mark.parametrize(
    "prompt",
    [
        "Left half @image1 dull and grey, right half the same photo bright and colourful",
        "Half of @image1 in black and white, other half in colour",
        "Split screen of @image1: left half black and white, right half in full vivid colour",
    ],
)
def test_two_states_of_one_photo_are_halves_in_any_preset(prompt):
    split = plan(prompt, preset="free").first("split")
    assert split.dull.saturation < 0.5 < split.bright.saturation


def test_the_half_without_the_photo_is_painted():
    scene = plan("On the left a dry wilted garden, on the right my dahlia @image1 in full bloom")
    assert (scene.first("painting").subject, scene.first("painting").half) == ("garden", "left")
    assert scene.first("image").half == "right"


def test_a_photo_in_black_and_white_has_no_colour():
    scene = plan("@image1 in black and white with a red glow behind him", preset="free")
    assert any(layer.kind == "grade" and layer.saturation == 0 for layer in scene.layers)
    (glow,) = photo_effects("@image1 in black and white with a red glow behind him")
    assert glow.colour == "red"


def test_a_photo_before_both_halves_are_named_has_the_first():
    scene = plan("@image1 in the left half, the right half a dark empty stadium", preset="free")
    assert (scene.first("painting").subject, scene.first("painting").half) == ("sports", "right")
    assert not chips(scene)


def test_dark_edges_are_a_vignette_and_gold_letters_no_post():
    scene = plan("@image1 with dark edges, thin gold letters", preset="free")
    assert any(layer.kind == "vignette" and layer.strength > 0.5 for layer in scene.layers)
    assert not any(layer.kind == "object" for layer in scene.layers)


def test_two_photos_keep_more_of_their_own_colours():
    one = plan("before and after").first("split").dull
    two = plan("before @image1, after @image2", PHOTO, photo(seed=5)).first("split").dull
    assert two.saturation > 0.75 > one.saturation
    assert two.gamma < one.gamma


@pytest.mark.parametrize("prompt", ["@image1 before and after, dull versus vivid", "dull vs vivid"])
def test_before_and_after_have_their_labels_and_no_versus(prompt):
    assert chips(plan(prompt)) == ["BEFORE", "AFTER"]


def test_versus_is_said_once_and_nothing_of_the_photos_is_drawn_between_them():
    two = (PHOTO, photo(seed=5))
    prompt = "a rocket against a motorcycle"
    said = plan(prompt, *two, preset="free", title="ROCKET vs BIKE")
    assert (chips(said), said.first("object")) == ([], None)
    assert chips(plan(prompt, *two, preset="free", title="WHO WINS")) == ["VS"]


def test_somebody_between_two_photos_has_one_on_each_side():
    two = (PHOTO, photo(seed=5))
    scene = plan("@image1 and @image2, me between them", *two, portraits=(SOMEBODY,), preset="free")
    assert [layer.half for layer in scene.layers if layer.kind == "image"] == ["left", "right"]
    assert scene.first("cutout")
    assert chips(scene) == []


@pytest.mark.parametrize("preset", ["mrbeast-viral", "reaction-shocked", "youtube-studio"])
def test_a_photo_full_of_colour_gets_less_of_it(preset):
    grey = ImageEnhance.Color(PHOTO).enhance(0.2)
    warm = Image.blend(PHOTO.convert("RGB"), Image.new("RGB", PHOTO.size, "#e06010"), 0.75)
    assert vividness(grey) < 0.1
    assert vividness(warm) > 0.9

    def colour(image):
        scene = plan("@image1", image, preset=preset)
        return scene.first("image").saturation * scene.first("grade").saturation

    assert colour(warm) < 1.02
    assert colour(grey) > 1.15


def test_a_photo_gets_the_light_of_the_hour_unless_it_has_it():
    day = Image.fromarray(np.full((360, 640, 3), (150, 170, 190), np.uint8))
    scene = plan("the temple @image1 at sunset", day, preset="free")
    assert any(layer.kind == "grade" and layer.warmth > 0.05 for layer in scene.layers)
    dusk = Image.fromarray(np.full((360, 640, 3), (210, 140, 90), np.uint8))
    scene = plan("the temple @image1 at sunset", dusk, preset="free")
    assert not any(layer.kind == "grade" and layer.shadows for layer in scene.layers)


def test_the_amount_of_a_price_tag_is_written_on_it():
    scene = plan("@image1 with a price tag of $90", preset="free")
    (tag,) = [layer for layer in scene.layers if layer.kind == "object"]
    (text,) = [layer for layer in scene.layers if layer.kind == "chip"]
    assert (tag.name, text.text) == ("price-tag", "$90")
    assert abs(text.at[0] + text.size - tag.at[0]) < tag.height * 1.1
    assert tag.at[1] - tag.height < text.at[1] < tag.at[1]


@pytest.mark.parametrize("preset", ["gaming-esports", "reaction-shocked", "challenge-experiment"])
def test_no_decoration_of_a_preset_lies_over_a_photo(preset):
    scene = plan("My photo @image1 fills the whole frame", preset=preset, title="DON'T GO HERE")
    kinds = {layer.kind for layer in scene.layers}
    assert not kinds & {"halftone", "wash", "tape", "mist"}
    # Rays and stripes lie behind a subject that is cut out.
    assert not kinds & {"sunburst", "slashes"} or "photo subject" in kinds
    assert all(layer.strength <= 0.3 for layer in scene.layers if layer.kind == "scrim")


@pytest.mark.parametrize(
    ("prompt", "grey"),
    [
        ("The officer from @image1 cut out in black and white in front of the space @image2", {1}),
        ("A black and white cut out of the coach from @image1, behind him @image2", {1}),
        ("My cat @image1 on the left, @image2 on the right in black and white", {2}),
        ("The black and white cat @image1 sleeps", set()),
    ],
)
def test_black_and_white_is_said_of_one_photo(prompt, grey):
    assert grey_images(prompt) == grey


def test_who_is_cut_out_in_black_and_white_leaves_the_photo_behind_its_colours():
    prompt = "The officer from @image1 cut out in black and white in front of the photo @image2"
    scene = plan(prompt, SOMEBODY, PHOTO, preset="mystery-dark")
    assert scene.first("cutout").grade.saturation == 0
    assert all(each.saturation for each in scene.layers if each.kind == "grade")


def test_the_black_between_stars_is_not_lifted():
    sky = np.full((360, 640, 3), 8, np.uint8)
    for y in range(20, 360, 60):
        for x in range(20, 640, 60):
            sky[y : y + 12, x : x + 12] = 240
    scene = plan("@image1 fills the frame", Image.fromarray(sky), preset="free")
    assert all(each.gamma >= 1 for each in scene.layers if each.kind == "grade")
