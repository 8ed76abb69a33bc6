"""Words keep off what matters in an image; weather and places that a prompt names are seen."""

from __future__ import annotations

import math

import pytest
from PIL import Image, ImageDraw

from tests.render.pictures import person
from thumbnb import render
from thumbnb.render.figures import STYLES, draw_figure, hair_top
from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.planning.headline import extent
from thumbnb.render.planning.planner import plan_with_report
from thumbnb.render.presets import PRESETS
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.scene import Figure, ImageLayer
from thumbnb.render.vision.faces import view_image
from thumbnb.render.vision.framing import salient_share


def plan(prompt, preset="free", title="THIS CHANGES IT", **more):
    return plan_with_report(render.Brief(prompt=prompt, title=title, preset=preset, **more), 0, 0)


def kinds(scene):
    return [layer.kind for layer in scene.layers]


def test_the_weather_named_with_a_thing_is_seen():
    scene, report = plan("A castle with a dragon in a storm", "gaming-esports")
    painting = scene.first("painting")
    assert painting.subject == "meadow"
    assert painting.light != plan("A castle at dusk")[0].first("painting").light
    assert any("meadow, storm" in each.reason for each in report.treatments)
    layers = kinds(scene)
    assert layers.index("clouds") < layers.index("lightning") < layers.index("object")
    assert layers.index("object") < layers.index("rain") < layers.index("words")
    assert not {"clouds", "lightning", "rain"} & {*kinds(plan("A castle with a dragon")[0])}


@pytest.mark.parametrize(
    ("prompt", "weather"),
    [
        ("A cat in a kitchen on a stormy night", set()),
        ("A rainy street with a taxi", {"clouds", "rain"}),
        ("Ein Haus im Gewitter", {"clouds", "lightning"}),
        ("A wolf in the snow", {"snowfall"}),
        ("A house on a sunny day", set()),
    ],
)
def test_weather_falls_outdoors_only(prompt, weather):
    assert {*kinds(plan(prompt)[0])} & {"clouds", "lightning", "rain", "snowfall"} == weather


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("A castle with a dragon", "meadow"),
        ("A haunted house and the moon", "haunted-house"),
        ("A shark", "underwater"),
        ("A bowl of ramen", "kitchen"),
        ("A guitar and a microphone", "music"),
        ("A laptop", None),
        ("A castle, yellow background", None),
    ],
)
def test_things_stand_where_they_are_found(prompt, place):
    painting = plan(prompt)[0].first("painting")
    assert (painting.subject if painting else None) in {place, "laptop" if place is None else place}


def test_somebody_before_a_landmark_stands_outdoors_and_it_is_large():
    scene, _ = plan("Woman in front of Mount Fuji with cherry blossoms", "vlog-travel")
    assert scene.first("painting").subject == "meadow"
    layers = kinds(scene)
    assert layers.index("painting") < layers.index("object") < layers.index("cutout")
    assert scene.first("object").height > 440, "as large as a place"
    assert scene.first("object").ambient > 0, "in the light of the place"
    assert scene.first("object").finish.outline is None, "a part of it, no sticker"


def test_a_colour_named_for_the_background_is_no_place():
    scene, _ = plan("Woman in front of Mount Fuji, yellow background", "vlog-travel")
    assert scene.first("painting") is None


def test_a_label_lies_over_the_shade_of_the_words():
    scene, _ = plan("A phone", "tech-review", "Long-term review: Worth it?")
    layers = kinds(scene)
    assert layers.index("chip") > layers.index("words")


@pytest.mark.parametrize("preset", ["free", "cinematic-film", "vlog-travel"])
@pytest.mark.parametrize("eyes", [((0.3, 0.5), (0.7, 0.5)), ((0.5, 0.2), (0.5, 0.5))])
def test_words_keep_off_what_draws_the_eye_in_a_photo(preset, eyes):
    photo = Image.new("RGB", (960, 540), "#8c7b6a")
    for across, down in eyes:
        x, y = 960 * across, 540 * down
        ImageDraw.Draw(photo).ellipse((x - 40, y - 40, x + 40, y + 40), "#e8d23a", "#101010", 12)
    scene, _ = plan("The eyes of @image1", preset, content_images=(photo,))
    layer = next(each for each in scene.layers if isinstance(each, ImageLayer))
    share = salient_share(layer, extent(scene.first("words")), view_image(photo))
    assert share < 0.1


@pytest.mark.parametrize("layout", ["split", "split-top"])
def test_the_labels_of_two_halves_are_whole(layout):
    photos = (Image.new("RGB", (640, 360), "red"), Image.new("RGB", (640, 360), "blue"))
    for variation in range(4):
        brief = render.Brief(
            prompt="Before @image1 and after @image2",
            title="30 days later",
            preset="before-after",
            content_images=photos,
            layout=layout,
        )
        scene, _ = plan_with_report(brief, 0, variation)
        chips = [layer for layer in scene.layers if layer.kind == "chip"]
        assert len(chips) == 2
        assert all(chip.at[1] > 0 and chip.at[1] + 1.4 * chip.size < 720 for chip in chips)


def test_what_shines_is_above_what_stands():
    scene, _ = plan("A cat under a rainbow")
    bow, cat = (
        next(each for each in scene.layers if getattr(each, "name", "") == name)
        for name in ("rainbow", "cat")
    )
    assert scene.layers.index(bow) < scene.layers.index(cat), "behind it"
    assert bow.at[1] - bow.height / 2 < cat.at[1] - cat.height / 2
    scene, _ = plan("A house with a ghost and the moon")
    moon, house = (
        next(each for each in scene.layers if getattr(each, "name", "") == name)
        for name in ("moon", "house")
    )
    assert moon.at[1] < house.at[1] - house.height / 3


@pytest.mark.parametrize(
    ("prompt", "hours"),
    [
        ("A golden retriever in a garden", ()),
        ("A retriever in golden light", ("dusk",)),
        ("A puppy in warm morning light", ("day",)),
    ],
)
def test_golden_is_an_hour_only_beside_light(prompt, hours):
    assert parse_prompt(prompt).hours == hours


def test_a_photo_behind_somebody_is_known_again():
    photo = Image.effect_noise((640, 360), 90).convert("RGB")
    scene, _ = plan("Me in front of @image1", content_images=(photo,), portraits=(person(),))
    assert 0 < scene.first("blur").amount <= 10


@pytest.mark.parametrize(
    ("prompt", "things", "people"),
    [
        ("A steaming bowl of ramen", ["ramen"], 0),
        ("A coffee cup", ["coffee"], 0),
        ("An electric car vs a gas car", ["car", "car"], 0),
        ("A robot teacher in a classroom", ["robot"], 0),
        ("A robot and a teacher in a classroom", ["robot"], 1),
        ("My dad's old car", ["car"], 0),
        ("My dad and his car", ["car"], 1),
        ("A witch's hat and a pumpkin", ["witch-hat", "pumpkin"], 0),
        ("A wizard's old potion", ["potion"], 0),
        ("A child's bike", ["bicycle"], 0),
        ("The car\u2019s engine", ["engine"], 0),
        ("The rocket's on fire", ["rocket", "fire"], 0),
        ("A penguin family", ["penguin"], 0),
        ("A volcano erupting at night", ["volcano"], 0),
        ("A diamond ring", ["ring"], 0),
        ("A shark under a small boat", ["shark", "rowing-boat"], 0),
    ],
)
def test_possessives_and_descriptions_show_no_other_object(prompt, things, people):
    parsed = parse_prompt(prompt)
    assert [thing.name for thing in parsed.named] == things
    assert len(parsed.people.kinds) == people


def test_beside_somebody_the_main_thing_of_a_photo_is_seen():
    photo = Image.new("RGB", (960, 540), "#8c7b6a")
    ImageDraw.Draw(photo).ellipse((400, 190, 560, 350), "#e8d23a", "#101010", 12)
    scene, _ = plan("Me in front of @image1", content_images=(photo,), portraits=(person(),))
    layer = scene.first("image")
    left = scene.first("cutout").at[0] - scene.first("cutout").face_width * 1.5
    assert 1280 * layer.aim[0] < left
    assert extent(scene.first("words"))[1] < 1280 * layer.aim[1]


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_panel_of_words_stands_beside_an_image_not_on_it(side):
    photo = Image.effect_noise((640, 360), 90).convert("RGB")
    scene, _ = plan("@image1", "tutorial-educational", content_images=(photo,), layout=side)
    x, _, width, _ = scene.first("image").area
    assert scene.first("wedge").side == side
    assert (x > 0) == (side == "left")
    assert width > 640, "the image has the larger part"


@pytest.mark.parametrize("preset", ["tutorial-educational", "luxury-premium"])
@pytest.mark.parametrize("side", ["left", "right", "left-low", "right-top"])
@pytest.mark.parametrize("prompt", ["Pancakes in a kitchen", "A dog, blue background", "@image1"])
def test_words_stay_on_their_side_of_a_line(preset, side, prompt):
    photos = (Image.effect_noise((640, 360), 90).convert("RGB"),) if "@" in prompt else ()
    for title in ("Brew it right", "Fluffy pancakes at home in ten minutes"):
        for variation in range(2):
            brief = render.Brief(
                prompt=prompt, title=title, preset=preset, layout=side, content_images=photos
            )
            scene, _ = plan_with_report(brief, 0, variation)
            line = scene.first("wedge")
            words = scene.first("words").lines
            if line is None:
                continue
            left = side.startswith("left")
            inner = 2 * line.edge_width if line.side == ("left" if left else "right") else 0
            for each in words:
                edge = line.top + (line.bottom - line.top) * each.y / 720
                edge = 1280 - edge if line.side == "left" else edge
                if left:
                    assert each.x + each.width < edge - inner
                else:
                    assert each.x > edge + inner


def test_a_dark_photo_is_lifted():
    night, day = (Image.new("RGB", (640, 360), colour) for colour in ("#1c2430", "#9aa4b0"))
    lifts = [
        math.prod(layer.gamma for layer in scene.layers if layer.kind == "grade")
        for scene in (plan("@image1", content_images=(photo,))[0] for photo in (night, day))
    ]
    assert lifts[0] < 0.9
    assert lifts[1] == 1.0


def test_versus_of_one_kind_differs_and_faces_each_other():
    scene, _ = plan("Electric car vs gas car", "tech-review")
    cars = [layer for layer in scene.layers if layer.kind == "object"]
    assert cars[0].colours != cars[1].colours
    assert cars[0].mirrored != cars[1].mirrored
    assert scene.first("wedge").side == "right", "each has a ground of its own"


def test_what_flies_and_is_named_first_stays_above_what_stands():
    scene, _ = plan("An airplane over the sea, a suitcase")
    airplane, suitcase = (layer for layer in scene.layers if layer.kind == "object")
    assert airplane.name == "airplane"
    assert airplane.at[1] < suitcase.at[1]
    assert airplane.height > suitcase.height / 2


def test_a_family_is_several():
    scene, _ = plan("A penguin family on the ice")
    assert [layer.name for layer in scene.layers if layer.kind == "object"] == ["penguin"] * 3


@pytest.mark.parametrize("prompt", ["Electric guitar vs violin", "Cat vs dog in a studio"])
def test_nothing_but_the_label_stands_between_two_sides(prompt):
    scene, _ = plan(prompt, "gaming-esports")
    assert scene.first("painting") is None
    assert scene.first("wedge").side == "right", "each has a ground of its own"
    assert plan("Cat vs dog in the kitchen")[0].first("painting").subject == "kitchen"


def boxes(scene):
    found = {}
    for layer in scene.layers:
        if layer.kind == "object":
            wide = layer.height * object_aspect(layer.name)
            x, foot = layer.at
            found[layer.name] = (x - wide / 2, foot - layer.height, wide, layer.height)
    return found


@pytest.mark.parametrize(
    ("prompt", "main", "extra"),
    [
        ("A stack of pancakes with strawberries in a kitchen", "pancakes", "strawberry"),
        ("Strawberries on a cupcake", "cupcake", "strawberry"),
        ("A burger with some crispy fries", "burger", "fries"),
    ],
)
@pytest.mark.parametrize("preset", ["free", "tutorial-educational", "mrbeast-viral"])
def test_what_goes_with_food_is_small_and_covers_none_of_it(prompt, main, extra, preset):
    found = boxes(plan(prompt, preset)[0])
    (x, _, wide, high), (left, top, width, height) = found[main], found[extra]
    assert height < 0.5 * high
    assert left + width <= x + 2 or left >= x + wide - 2
    assert top + height > 0.8 * (found[main][1] + high)


def test_a_moon_takes_no_room_from_what_stands_below():
    scene, report = plan("A witch hat, a pumpkin and a cat in a graveyard, full moon")
    found = boxes(scene)
    assert {"witch-hat", "pumpkin", "cat", "moon"} <= set(found)
    assert found["moon"][1] < min(box[1] for name, box in found.items() if name != "moon")
    assert not any("no room" in each.reason for each in report.treatments)


@pytest.mark.parametrize("preset", PRESETS)
def test_what_flies_is_whole(preset):
    for prompt in ("A drone over the mountains", "An airplane"):
        for x, _, wide, _ in boxes(plan(prompt, preset)[0]).values():
            assert x >= 0
            assert x + wide <= 1280


@pytest.mark.parametrize("style", range(len(STYLES)))
def test_hair_is_no_higher_than_is_reckoned_with(style):
    figure = Figure(style=style)
    image, (_, y, size, _) = draw_figure(figure, 320)
    top = image.getchannel("A").getbbox()[1]
    assert (y + size / 2 - top) / size <= hair_top(figure)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("position", ["top", "center", "bottom"])
def test_the_hair_of_somebody_drawn_is_in_the_frame(preset, position):
    options = render.Options(text_position=position)
    for seed in range(4):
        brief = render.Brief(
            prompt="A surprised woman", title="NO WAY", preset=preset, options=options
        )
        people = [layer for layer in render.plan(brief, seed).layers if layer.kind == "cutout"]
        assert people
        for somebody in people:
            assert somebody.at[1] - hair_top(somebody.figure) * somebody.face_width >= 0


@pytest.mark.parametrize(
    ("prompt", "clothes"),
    [
        ("A doctor with a syringe", "medical"),
        ("A nurse in a hospital", "nurse"),
        ("Surgeons at work", "surgeon"),
        ("A scientist in a laboratory", "laboratory"),
        ("A doctor in a suit", "professional"),
        ("Eine Krankenschwester", "nurse"),
    ],
)
def test_somebody_wears_what_belongs_to_the_work(prompt, clothes):
    assert plan(prompt)[0].first("cutout").figure.clothes == clothes


@pytest.mark.parametrize("clothes", ["medical", "laboratory"])
def test_a_coat_is_white_whatever_the_colour_below(clothes):
    image, _ = draw_figure(Figure(clothes=clothes, cloth="#2b3350"), 320)
    shoulder = image.convert("RGB").crop((85, 255, 105, 300)).resize((1, 1)).getpixel((0, 0))
    assert min(shoulder) > 190
