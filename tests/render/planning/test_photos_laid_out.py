"""Photos and people photographed: what lies behind them, and how halves and sides are used."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from tests.render.pictures import person, photo
from thumbnb import render
from thumbnb.render.planning.headline import extent
from thumbnb.render.prompt.parser import parse_prompt

SOMEBODY = person().resize((320, 320))


def plan(prompt, preset="free", title="THIS CHANGES IT", **more):
    options = render.Options(**more.pop("options", {}))
    brief = render.Brief(prompt=prompt, title=title, preset=preset, options=options, **more)
    return render.plan(brief)


def thing(down):
    """A red disc in a blue photo, so far down."""
    image = Image.new("RGB", (960, 540), "#5f7f9f")
    ImageDraw.Draw(image).ellipse((420, 540 * down - 70, 540, 540 * down + 70), "#e03020")
    return image


@pytest.mark.parametrize("prompt", ["Me on the beach", "Me in the kitchen", "Me in a forest"])
def test_a_painted_place_is_out_of_focus_behind_a_photo_only(prompt):
    before = plan(prompt, portraits=(SOMEBODY,))
    kinds = [layer.kind for layer in before.layers]
    assert before.first("blur").amount > 20
    assert kinds.index("blur") < kinds.index("grain") < kinds.index("cutout")
    drawn = plan(prompt.replace("Me", "A happy woman"))
    assert drawn.first("blur").amount < 12, "somebody drawn belongs to what is drawn"
    asked = plan(prompt, portraits=(SOMEBODY,), options={"background_blur": 10})
    assert asked.first("blur").amount == 10


def test_what_stands_beside_a_photo_has_the_same_finish():
    scene = plan("Me and a guitar in the forest", "mrbeast-viral", portraits=(SOMEBODY,))
    assert scene.first("object").finish.outline == scene.first("cutout").finish.outline


def test_a_thing_named_with_somebody_photographed_stands_beside_them():
    scene = plan("Me with a laptop", "gaming-esports", portraits=(SOMEBODY,))
    assert scene.first("object").name == "laptop"
    words = extent(scene.first("words"))
    assert scene.first("object").at[1] - scene.first("object").height > words[1] + words[3] - 40


@pytest.mark.slow
@pytest.mark.parametrize("preset", ["before-after", "free", "challenge-experiment"])
def test_two_photos_compared_are_two_halves_even_where_both_are_full_of_detail(preset):
    photos = (photo(seed=5), Image.effect_noise((640, 360), 90).convert("RGB"))
    scene = plan("Before @image1, after @image2", preset, content_images=photos)
    assert [layer.half for layer in scene.layers if layer.kind == "image"] == ["left", "right"]
    assert [layer.text.upper() for layer in scene.layers if layer.kind == "chip"] == [
        "BEFORE",
        "AFTER",
    ]


@pytest.mark.parametrize("down", [0.3, 0.5, 0.7])
def test_the_main_thing_of_a_photo_behind_somebody_is_beside_them_and_below_the_words(down):
    scene = plan("Me in front of @image1", content_images=(thing(down),), portraits=(SOMEBODY,))
    layer = scene.first("image")
    left, top, wide, high = layer.area
    assert layer.fade > 0
    # Of a photo as wide as this one the whole height is seen in the area.
    middle = top + down * high
    words = extent(scene.first("words"))
    assert middle > words[1] + words[3] or down < 0.4
    across = left + layer.aim[0] * wide
    person_at = scene.first("cutout")
    assert abs(across - person_at.at[0]) > 1.5 * person_at.face_width


def test_a_photo_beside_cards_or_alone_still_fills_the_sheet():
    two = (thing(0.5), photo(seed=3))
    assert (
        plan("Me, @image1, @image2", content_images=two, portraits=(SOMEBODY,)).first("image").area
        is None
    )
    assert plan("@image1", content_images=two[:1]).first("image").area is None


def test_what_lies_around_a_photo_beside_somebody_is_its_blurred_self():
    brief = render.Brief(
        prompt="Me in front of @image1", title="HI", content_images=(thing(0.5),),
        portraits=(SOMEBODY,),
    )  # fmt: skip
    scene = render.plan(brief)
    only = scene.model_copy(update={"layers": (scene.first("image"),)})
    image = render.paint(only, (640, 360), brief.images())
    red, green, blue = image.getpixel((630, 20))
    assert blue > red, "the blue of the photo, not black"
    assert abs(green - 127) < 30


def test_one_photo_or_the_other_is_a_comparison():
    two = (thing(0.5), photo(seed=3))
    scene = plan("@image1 or @image2", content_images=two)
    assert [layer.half for layer in scene.layers if layer.kind == "image"] == ["left", "right"]
    assert [layer.text for layer in scene.layers if layer.kind == "chip"] == ["VS"]


@pytest.mark.parametrize("mirrored", [False, True])
def test_the_edge_where_a_photo_cuts_somebody_off_is_out_of_the_frame(mirrored):
    wide = person().resize((320, 320))
    whole = Image.new("RGBA", (400, 320))
    whole.paste(wide, (40, 0))
    box = whole.getbbox()
    cut = (
        whole.crop((0, 0, box[2] - 24, 320))
        if not mirrored
        else whole.crop((box[0] + 24, 0, 400, 320))
    )
    for preset in ("mystery-dark", "vlog-travel", "luxury-premium"):
        brief = render.Brief(
            prompt="A portrait", title="HI", preset=preset, portraits=(cut,),
            layout="right" if mirrored else "left",
        )  # fmt: skip
        somebody = render.plan(brief).first("cutout")
        zoom = somebody.face_width / somebody.face[2]
        middle = somebody.face[0] + somebody.face[2] / 2
        edge = somebody.at[0] + ((0 if mirrored else cut.width) - middle) * zoom
        head = 0.6 * somebody.face_width
        assert edge <= 0 if mirrored else edge >= 1280
        assert head <= somebody.at[0] <= 1280 - head, "the head stays in it"


@pytest.mark.parametrize("seed", range(4))
def test_words_across_two_photos_lie_where_neither_shows_its_main_thing(seed):
    brief = render.Brief(
        prompt="@image1 on the left, @image2 on the right", title="WHO WINS",
        preset="free", content_images=(thing(0.2), thing(0.3)),
    )  # fmt: skip
    scene = render.plan(brief, seed)
    assert scene.layout == "split"
    veil = next(each for each in scene.layers if each.kind == "scrim")
    assert (veil.side, veil.strength < 0.3) == ("bottom", True)


@pytest.mark.parametrize(
    ("words", "jagged"),
    [
        ("split with a jagged diagonal", True),
        ("a zigzag line between them", True),
        ("with a diagonal split", False),
        ("with torn jeans", False),
    ],
)
def test_two_photos_are_split_by_a_jagged_line_where_that_is_said(words, jagged):
    prompt = f"@image1 on the left against @image2 on the right, {words}"
    scene = plan(prompt, content_images=(thing(0.4), thing(0.5)))
    assert scene.first("split").jagged == jagged
    assert "diagonal" not in parse_prompt(prompt).unknown
