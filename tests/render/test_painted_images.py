"""What an engine is asked for, and the words on what it has painted."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest
from PIL import Image

from tests.render.pictures import portrait
from thumbnb import render
from thumbnb.render.engines.paint_request import paint_request, words_box
from thumbnb.render.engines.prices import Prices
from thumbnb.render.engines.sizes import FixedSizes, FreeSizes
from thumbnb.render.painted_image import PaintedImage
from thumbnb.render.planning.planner import plan
from thumbnb.render.vision import letters

SMALL = (640, 360)


def painting(kind: str) -> Image.Image:
    rng = np.random.default_rng(5)
    ys, xs = np.mgrid[0:432, 0:768]
    pixels = {
        "white": np.full((432, 768, 3), 255),
        "black": np.zeros((432, 768, 3)),
        "noise": rng.integers(0, 255, (432, 768, 3)),
        "stripes": np.dstack([((xs // 24) % 2) * 255] * 3),
        "sunset": np.dstack([255 - ys // 4, 140 - ys // 5, 40 + ys // 3]),
    }[kind]
    return Image.fromarray(pixels.astype(np.uint8))


@pytest.mark.parametrize("kind", ["white", "black", "noise", "stripes", "sunset"])
@pytest.mark.parametrize("preset", ["free", "cinematic-film"])
def test_a_title_is_as_legible_on_any_painting_as_on_our_own(preset, kind):
    brief = render.Brief(prompt="A fox in the snow", title="WILD", preset=preset)
    request = paint_request(brief)
    painted = PaintedImage(image=painting(kind), engine="painter", layout=request.layout)
    done = render.compose(replace(brief, painted=painted), size=SMALL)
    own = render.compose(brief, size=SMALL)
    assert done.scores["legibility"] >= min(0.85, own.scores["legibility"] - 0.1)
    assert done.scores["badge_overlap"] == 0


@pytest.mark.parametrize("variation", range(4))
def test_words_stand_where_the_engine_was_asked_to_leave_room(variation):
    brief = render.Brief(prompt="A fox in the snow", title="WILD THINGS")
    request = paint_request(brief, 3, variation)
    painted = PaintedImage(image=painting("sunset"), engine="painter", layout=request.layout)
    left, top, right, bottom = words_box(plan(replace(brief, painted=painted), 3, variation))
    calm = request.calm
    assert calm is not None
    assert calm[0] - 0.01 <= left
    assert calm[1] - 0.01 <= top
    assert right <= calm[2] + 0.01
    assert bottom <= calm[3] + 0.01


def test_headline_avoids_a_face_painted_in_its_area(monkeypatch):
    from thumbnb.render.vision import faces

    brief = render.Brief(prompt="A man", title="WHO?", preset="free")
    request = paint_request(brief)
    assert request.calm is not None
    x, y = (request.calm[0] + request.calm[2]) / 2 * 768, (request.calm[1] + request.calm[3]) / 2
    face = (x - 60, y * 432 - 60, 120.0, 120.0)
    monkeypatch.setattr(faces, "find_face", lambda _: face)
    painted = PaintedImage(image=painting("sunset"), engine="painter", layout=request.layout)
    left, top, right, bottom = words_box(plan(replace(brief, painted=painted)))
    across = max(0.0, min(right * 768, face[0] + 120) - max(left * 768, face[0]))
    down = max(0.0, min(bottom * 432, face[1] + 120) - max(top * 432, face[1]))
    assert across * down < 0.3 * 120 * 120


@pytest.mark.parametrize(
    "prompt",
    [
        'A fox in the snow with the words "BUY NOW"',
        "A fox in the snow, text saying “BUY NOW”",
        "Un zorro en la nieve «BUY NOW»",
    ],
)
def test_the_words_to_be_set_are_not_asked_of_the_engine(prompt):
    asked = paint_request(render.Brief(prompt=prompt, title="WILD")).prompt
    assert "BUY NOW" not in asked
    assert "WILD" not in asked
    assert "No text" in asked
    assert "words," not in asked
    assert "saying" not in asked


def test_every_preset_is_reported_in_words():
    styles = files("thumbnb.render.engines").joinpath("styles.toml").read_text("utf-8")
    assert set(tomllib.loads(styles)) == set(render.PRESETS)


def test_options_and_what_to_avoid_are_reported():
    options = render.Options(face_expression="surprised", negative_prompt="rain, umbrellas")
    brief = render.Brief(prompt="A woman in a city", options=options)
    whole = paint_request(brief)
    assert "surprised" in whole.prompt
    assert "Avoid: rain, umbrellas" in whole.prompt
    apart = paint_request(brief, negative_prompt=True)
    assert "umbrellas" not in apart.prompt
    assert apart.negative_prompt.startswith("rain, umbrellas, text")


@pytest.mark.slow
def test_images_go_to_engines_that_accept_them_else_to_the_scene():
    brief = render.Brief(
        prompt="@image1 on a table, @image2 as a logo",
        content_images=(portrait(), portrait()),
        portraits=(portrait(),),
    )
    request = paint_request(brief, references=4)
    assert [item.name for item in request.references] == ["image1", "portrait1"]
    assert "what reference image 1 shows" in request.prompt
    assert "The person is the one in reference image 2." in request.prompt
    painted = PaintedImage(image=painting("sunset"), engine="painter", used=("image1", "portrait1"))
    done = render.compose(replace(brief, painted=painted), size=SMALL)
    images = [layer.get("image") for layer in done.scene["layers"]]
    assert "image1" not in images
    assert "image2" in images, "a logo is the compositor's"
    none = render.compose(
        replace(brief, painted=PaintedImage(image=painting("sunset"), engine="painter")), size=SMALL
    )
    assert {"image1", "image2"} <= {layer.get("image") for layer in none.scene["layers"]}


def test_a_brief_of_an_engine_needs_what_that_painted():
    brief = render.Brief(prompt="A shop", engine="painter")
    with pytest.raises(ValueError, match="has nothing that it painted"):
        render.compose(brief, size=SMALL)


def test_letters_that_were_painted_are_reported():
    painted = PaintedImage(image=painting("sunset"), engine="painter", letters=("SAEL",))
    done = render.compose(render.Brief(prompt="A shop", painted=painted), size=SMALL)
    assert any("SAEL" in each.reason for each in done.report)


@pytest.mark.slow
def test_letters_are_read_where_a_program_is_installed():
    image = render.compose(render.Brief(prompt="A shop", title="SALE NOW")).image
    if not letters.can_read():
        assert letters.read_letters(image) == ()
        pytest.skip("rapidocr is not installed")
    assert "SALE" in " ".join(letters.read_letters(image)).upper()


@pytest.mark.parametrize(
    ("sizes", "found"),
    [
        (FreeSizes(), (1536, 864)),
        (FreeSizes(step=64), (1536, 896)),
        (FreeSizes(largest=(1024, 1024)), (1024, 864)),
        (FixedSizes(((1024, 1024), (1536, 1024))), (1536, 1024)),
        (FixedSizes(((1280, 720), (1920, 1080), (3840, 2160))), (1920, 1080)),
    ],
)
def test_the_size_to_ask_for(sizes, found):
    assert sizes.nearest((1536, 864)) == found


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"imgae": 1}, "Did you mean 'image'"),
        ({"image": "four cents"}, "four cents"),
        ({"image": -1}, "-1"),
        ({"image": float("nan")}, "nan"),
        ({"image": True}, "True"),
        ({"image": 1, "currency": "dollars"}, "dollars"),
        ({}, "no price"),
        ({"image": 1, "text_input": 1}, "or two"),
    ],
)
def test_a_price_table_with_a_mistake_is_refused(table, message):
    with pytest.raises(ValueError, match=message):
        Prices.of(table)
