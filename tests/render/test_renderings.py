"""Renderings: any legal brief gives a legal picture; the same again; files with their story."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.render.pictures import person, photo, portrait
from thumbnb import errors, render
from thumbnb.render.painters.paint_scene import Stopped
from thumbnb.render.presets import PRESETS
from thumbnb.render.vision import faces

SMALL = (640, 360)


def moving():
    out = io.BytesIO()
    frames = [Image.new("P", (40, 30), i) for i in range(3)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return Image.open(out)


IMAGES = {
    "dot": Image.new("RGB", (1, 1), "red"),
    "strip": Image.new("RGB", (12000, 20), "blue"),
    "tower": Image.new("L", (3, 2000), 90),
    "press": photo().convert("CMYK"),
    "moving": moving(),
    "deep": Image.fromarray(np.arange(6400, dtype=np.uint16).reshape(80, 80)),
    "empty": Image.new("RGBA", (64, 64)),
    "frame": photo(),
    "person": person(),
    "portrait": portrait(),
}
images = st.sampled_from(sorted(IMAGES)).map(IMAGES.get)

titles = st.one_of(
    st.none(),
    st.text(max_size=60),
    st.sampled_from(
        [
            "", " ", "*", "**", "!!!", "😂🔥😱", "I 😂 this", "W" * 200, "word " * 40, "a" * 60,
            "שלום עולם 100", "مرحبا بالعالم", "日本語のタイトル", "नमस्ते", "\u0301\u0301",
            "a\u202eb", "10,000,000 $", "i\u0307", "ﷺ", "|", ":", "A: B",
            "\x00\x01", "ß", "*x", "x* *y*",
        ]
    ),
)  # fmt: skip

options = st.fixed_dictionaries(
    {},
    optional={
        "face_expression": st.sampled_from(["neutral", "surprised", "excited", "keep-original"]),
        "text_position": st.sampled_from(["top", "center", "bottom", "none", "keep-original"]),
        "negative_prompt": st.sampled_from(
            ["no glow", "people, text", "dark; tilt and grain", "", "?"]
        ),
        "clothing_style": st.sampled_from(["sporty", "keep-original"]),
        "face_enhancement": st.sampled_from(["subtle", "enhanced"]),
        "background_blur": st.integers(0, 100),
    },
)

briefs: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    prompt=st.one_of(
        st.text(min_size=3, max_size=60).filter(lambda t: len(t.strip()) >= 3),
        st.sampled_from(
            [
                "Excited creator @image1 in the city",
                "before @image1 after @image2",
                "logo @image1, robot",
                "background @image2, a woman",
                "red blue neon forest at night",
                "@image9 @image1",
            ]
        ),
    ),
    title=titles,
    preset=st.sampled_from(sorted(PRESETS)),
    options=options,
    content_images=st.lists(images, max_size=4).map(tuple),
    portraits=st.lists(images, max_size=2).map(tuple),
    style_reference=st.one_of(st.none(), images),
)


@pytest.mark.slow
@given(briefs, st.integers(0, 2**40), st.integers(0, 9))
@settings(max_examples=20, deadline=None)
def test_any_legal_brief_gives_a_legal_image(fields, seed, variation):
    fields = dict(fields)
    brief = render.Brief(**{**fields, "options": render.Options(**fields["options"])})
    done = render.compose(brief, seed, variation, SMALL)
    assert done.image.size == SMALL
    assert done.image.mode == "RGB"
    json.dumps(done.scene)
    assert all(np.isfinite(v) for v in done.scores.values())
    assert {t.outcome for t in done.report} <= {"applied", "approximated", "ignored"}
    assert all(t.reason for t in done.report)


@pytest.fixture(scope="module")
def done():
    brief = render.Brief(
        prompt="A rocket über der Stadt",
        title="LIFT OFF “now”",
        preset="gaming-esports",
        options=render.Options(background_blur=10),
    )
    return render.compose(brief, seed=7, variation=1, size=SMALL)


@pytest.mark.slow
def test_the_same_brief_and_seed_give_the_same_pixels(done):
    brief = render.Brief(
        prompt=done.prompt,
        title=done.title,
        preset=done.preset,
        options=render.Options(**done.options),
    )
    again = render.compose(brief, seed=done.seed, variation=done.variation, size=SMALL)
    assert again.image.tobytes() == done.image.tobytes()
    assert again.scores == done.scores
    other = render.compose(brief, seed=8, size=SMALL)
    assert other.image.tobytes() != done.image.tobytes()


@pytest.mark.parametrize("format_", ["PNG", "JPEG"])
def test_a_file_has_its_provenance(done, format_, tmp_path):
    path = tmp_path / f"x.{format_.lower()}"
    path.write_bytes(render.encode(done, format_))
    image, made_of = render.open_result(path)
    assert image.size == SMALL
    expected = {
        "prompt": done.prompt,
        "title": done.title,
        "options": {"background_blur": 10},
        "preset": "gaming-esports",
        "preset_version": 1,
        "seed": 7,
        "variation": 1,
        "engine": done.engine,
        "size": [640, 360],
    }
    assert {k: made_of[k] for k in expected} == expected
    assert made_of["report"]
    assert render.open_result(path.read_bytes())[1] == made_of
    if format_ == "PNG":
        assert image.tobytes() == done.image.tobytes()


@pytest.mark.slow
def test_files_keep_to_their_limit(done):
    for format_ in ("JPEG", "PNG"):
        whole = render.encode(done, format_)
        less = render.encode(done, format_, max_bytes=len(whole) * 2 // 3)
        assert len(less) <= len(whole) * 2 // 3
        assert render.open_result(less)[1]["seed"] == 7
        with pytest.raises(errors.InvalidInput, match="does not fit"):
            render.encode(done, format_, max_bytes=500)
    with pytest.raises(errors.InvalidInput, match="GIF"):
        render.encode(done, "GIF")


def test_an_image_from_elsewhere_has_no_story(tmp_path):
    path = tmp_path / "x.png"
    photo().save(path)
    assert render.open_result(path)[1] == {}
    with pytest.raises(errors.InvalidInput, match="not an image"):
        render.open_result(b"not an image")
    with pytest.raises(errors.InvalidInput, match="no image"):
        render.open_result(tmp_path / "gone.png")


@pytest.mark.slow
@pytest.mark.parametrize("size", [(640, 360), (854, 480), (1280, 720), (1920, 1080)])
def test_layout_is_in_units_so_that_size_only_adds_detail(size):
    brief = render.Brief(prompt="A burger", title="So good", preset="tutorial-educational")
    big = render.compose(brief, size=size).image
    assert big.size == size
    a, b = (np.asarray(i.resize((160, 90), Image.Resampling.BOX), dtype=float)
            for i in (big, render.compose(brief, size=(1280, 720)).image))  # fmt: skip
    assert np.abs(a - b).mean() < 3


@pytest.mark.slow
def test_four_k():
    brief = render.Brief(prompt="Abstract waves", title="In 4K", preset="free")
    done = render.compose(brief, size=(3840, 2160))
    assert done.image.size == (3840, 2160)
    assert len(render.encode(done)) < 2_000_000


def test_words_are_set_on_what_an_engine_painted():
    green = Image.new("RGB", (768, 432), (10, 200, 10))
    painted = render.PaintedImage(image=green, engine="painter-1")
    brief = render.Brief(prompt="A forest", title="Green", preset="free", painted=painted)
    done = render.compose(brief, size=SMALL)
    assert done.engine == "painter-1"
    right = np.asarray(done.image, dtype=float)[150:250, 500:].mean(axis=(0, 1))
    assert right[1] > right[0] + 60
    assert done.scores["cap_height"] > 8
    assert not {"object", "painting", "figure"} & {layer["kind"] for layer in done.scene["layers"]}


def test_painting_stops_between_layers_once_nobody_waits():
    brief = render.Brief(prompt="A city", title="Hello", preset="mrbeast-viral")
    asked = iter([False, False, True])
    with pytest.raises(Stopped):
        render.compose(brief, size=SMALL, stop=lambda: next(asked))
    assert next(asked, None) is None, "it was asked before each layer until it said so"


def test_a_face_kept_sharp_before_its_blurred_ground_counts_once(monkeypatch):
    frame = portrait()
    monkeypatch.setattr(faces, "find_face", lambda _: (240.0, 190.0, 160.0, 160.0))

    def share(blur):
        options = render.Options(background_blur=blur)
        brief = render.Brief(prompt="See @image1", content_images=(frame,), options=options)
        return render.compose(brief, size=SMALL)

    sharp, blurred = share(0), share(60)
    assert any(layer.get("cut") for layer in blurred.scene["layers"])
    assert blurred.scores["face_share"] == sharp.scores["face_share"]
