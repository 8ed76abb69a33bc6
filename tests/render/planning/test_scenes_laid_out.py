"""What a plan lays out: the rules of the trade, on scenes as data."""

from __future__ import annotations

import json

import numpy as np
import pytest
from PIL import Image

from tests.render.pictures import person, photo
from thumbnb import errors, render
from thumbnb.render.layout import BADGE
from thumbnb.render.presets import PRESETS
from thumbnb.render.type import fonts, typesetting
from thumbnb.render.type.typesetting import MIN_CAP


def plan(
    prompt="A city at night", title="Who is there?", preset="free", seed=0, variation=0, **rest
):
    options = render.Options(**rest.pop("options", {}))
    brief = render.Brief(prompt=prompt, title=title, preset=preset, options=options, **rest)
    return render.plan(brief, seed, variation)


def report(prompt="A city", title="Hello", preset="free", **rest):
    options = render.Options(**rest.pop("options", {}))
    brief = render.Brief(prompt=prompt, title=title, preset=preset, options=options, **rest)
    done = render.compose(brief, size=(640, 360))
    return {(t.option, t.outcome): t.reason for t in done.report}


def kinds(scene):
    return [layer.kind for layer in scene.layers]


def face_of(words):
    return fonts.Face(words.face.family, words.face.weight, words.face.file)


EVERY = [(p, s, v) for p in PRESETS for s, v in ((0, 0), (0, 1), (3, 2))]


@pytest.mark.parametrize(("preset", "seed", "variation"), EVERY)
@pytest.mark.parametrize("with_person", [False, True])
def test_the_rules_of_the_trade_hold(preset, seed, variation, with_person):
    portraits = (person(),) if with_person else ()
    scene = plan("A forest", "Nobody was there", preset, seed, variation, portraits=portraits)
    words = scene.first("words")
    cap = typesetting.cap_height(face_of(words))
    for line in words.lines:
        assert line.size * cap >= MIN_CAP, "read at 168 pixels"
        assert line.x >= 20
        assert line.x + line.width <= 1260
        assert line.y - line.size * cap >= 20
        assert line.y <= 700
        beside_badge = line.x + line.width <= BADGE[0] or line.y <= BADGE[1]
        assert beside_badge, "nothing under the duration"
    families = {x.face.family for x in scene.layers if x.kind in {"words", "chip"}}
    assert len(families) <= 2
    if cutout := scene.first("cutout"):
        x, y = cutout.at
        half = cutout.face_width / 2
        for line in words.lines:
            overlap_x = min(line.x + line.width, x + half) - max(line.x, x - half)
            overlap_y = min(line.y, y + half) - max(line.y - line.size * cap, y - half)
            assert min(overlap_x, overlap_y) <= 0, "no face is covered"


@pytest.mark.slow
def test_a_scene_is_plain_data_and_comes_back():
    scene = plan(portraits=(person(),), content_images=(photo(),))
    data = json.loads(json.dumps(scene.plain()))
    assert render.Scene.model_validate(data) == scene
    done = render.compose(render.Brief(prompt="a city", title="Hi"), size=(640, 360))
    again = render.paint(render.Scene.model_validate(done.scene), (640, 360))
    assert again.tobytes() == done.image.tobytes(), "what was adapted is in the scene"


def test_scene_depends_on_brief_and_seed():
    assert plan(seed=4, variation=2) == plan(seed=4, variation=2)
    assert plan(seed=4) != plan(seed=5)


@pytest.mark.parametrize("position", ["top", "center", "bottom"])
@pytest.mark.parametrize("preset", ["mrbeast-viral", "cinematic-film", "tutorial-educational"])
def test_words_stand_where_they_are_wanted(position, preset):
    for variation in range(3):
        words = plan(preset=preset, variation=variation, options={"text_position": position}).first(
            "words"
        )
        cap = typesetting.cap_height(face_of(words))
        top = min(line.y - line.size * cap for line in words.lines)
        middle = (top + max(line.y for line in words.lines)) / 2
        assert {"top": middle < 330, "center": 250 < middle < 470, "bottom": middle > 380}[position]


def test_without_words_there_are_none():
    assert not plan(title=None).first("words")
    assert not plan(options={"text_position": "none"}).first("words")
    assert not plan(options={"negative_prompt": "no text"}).first("words")
    assert plan('A sign that says "OPEN LATE"', title=None).first("words").lines[0].words


def test_images_take_their_roles():
    two = (photo(seed=1), photo(seed=2))
    scene = plan("Before @image1, after @image2", content_images=two)
    halves = [(x.image, x.half) for x in scene.layers if x.kind == "image"]
    assert halves == [("image1", "left"), ("image2", "right")]
    assert scene.first("split")
    scene = plan(
        "A talk, background @image2, with @image1", preset="tech-review", content_images=two
    )
    assert scene.first("image").image == "image2"
    assert scene.first("card").image == "image1"
    scene = plan("A laptop, logo @image1", content_images=two[:1])
    assert scene.first("card").box[0] > 1000
    scene = plan(
        "Me next to @image1", preset="mrbeast-viral", content_images=two[:1], portraits=(person(),)
    )
    assert scene.first("card").image == "image1"
    assert scene.first("cutout").image == "portrait1"
    assert scene.layout.startswith("trio")


def test_blur_is_as_strong_as_asked():
    def level(value):
        layer = plan(content_images=(photo(),), options={"background_blur": value}).first("blur")
        return layer.amount if layer else 0

    assert [level(v) for v in (0, 25, 100)] == [0, 25, 100]


def test_a_blurred_image_does_not_lose_its_subject():
    scene = plan("Look at @image1", content_images=(photo(),), options={"background_blur": 60})
    assert scene.first("blur")
    assert scene.first("card").image == "image1", "sharp, on its own blurred ground"
    assert not plan("Look at @image1", content_images=(photo(),)).first("card")


@pytest.mark.parametrize("position", ["top", "center", "bottom"])
def test_the_text_position_is_reported(position):
    reasons = report(options={"text_position": position})
    assert ("text_position", "applied") in reasons
    assert ("text_position", "ignored") in report(title=None, options={"text_position": position})


def test_the_negative_prompt_switches_devices_off():
    both = {"portraits": (person(),), "preset": "gaming-esports"}
    assert plan(**both).first("cutout").finish.glow
    scene = plan(**both, options={"negative_prompt": "no glow, no tilt, halftone"})
    assert not scene.first("cutout").finish.glow
    assert not scene.first("cutout").finish.rims
    assert scene.first("words").effects.slant == 0
    assert "halftone" not in kinds(scene)
    assert not plan(**both, options={"negative_prompt": "people"}).first("cutout")


def test_a_person_named_is_drawn_as_asked():
    scene = plan("A shocked woman in the city", preset="mrbeast-viral")
    figure = scene.first("cutout").figure
    assert figure.expression == "surprised"
    scene = plan("A man", options={"face_expression": "serious", "clothing_style": "elegant"})
    assert scene.first("cutout").figure.expression == "serious"
    assert scene.first("cutout").figure.clothes == "elegant"
    as_laid_out = {"cloth", "turn", "gaze", "tilt", "lean", "reach"}
    faces = {
        json.dumps(
            plan("A man", variation=v).first("cutout").figure.model_dump(exclude=as_laid_out)
        )
        for v in range(3)
    }
    assert len(faces) == 1, "the same person in every variation"


@pytest.mark.parametrize(
    ("prompt", "subject"),
    [
        ("Hiking in the mountains", "mountains"), ("A city skyline", "city"),
        ("The ocean", "ocean"),
        ("Planets in space", "space"), ("A forest", "forest"), ("The desert", "desert"),
        ("A juicy burger", "burger"), ("A new phone", "phone"), ("Python code", "code"),
        ("The stock market", "trading-floor"), ("Gaming all night", "gaming"),
        ("A football match", "sports"),
        ("A music concert", "music"), ("Home office desk", "office"),
        ("Abstract shapes", "abstract"),
        ("La montagne", "mountains"), ("Die Wüste", "desert"),
    ],
)  # fmt: skip
def test_subjects_of_prompts_are_painted(prompt, subject):
    scene = plan(prompt, title=None)
    assert scene.first("painting").subject == subject


@pytest.mark.slow
def test_the_report_is_honest():
    reasons = report(
        "Talk about @image1",
        preset="tech-review",
        content_images=(photo(),),
        options={
            "face_expression": "happy",
            "clothing_style": "casual",
            "background_blur": 40,
            "face_enhancement": "normal",
        },
    )
    assert "cannot change the expression" in reasons["face_expression", "ignored"]
    assert "cannot change the clothes" in reasons["clothing_style", "ignored"]
    assert ("background_blur", "applied") in reasons
    assert ("face_enhancement", "ignored") in reasons
    reasons = report(options={"negative_prompt": "text"})
    assert "rules them out" in reasons["title", "ignored"]
    assert ("title", "applied") not in reasons
    reasons = report("An evening", options={"negative_prompt": "ugly fingers, glow"})
    assert "ugly fingers" in reasons["negative_prompt", "ignored"]
    assert "glow" in reasons["negative_prompt", "applied"]
    assert "names nothing" in reasons["prompt", "approximated"]
    reasons = report(portraits=(person(),), options={"face_enhancement": "enhanced"})
    assert ("person", "applied") in reasons
    assert ("face_enhancement", "applied") in reasons
    reasons = report(
        "Polaroids of @image1 @image2 @image3 @image4 @image5",
        content_images=tuple(photo(seed=i) for i in range(5)),
    )
    assert "@image5" in reasons["content_images", "ignored"]


@pytest.mark.slow
def test_a_style_reference_lends_its_colours():
    green = Image.fromarray(np.full((90, 160, 3), (20, 160, 60), np.uint8))
    brief = {
        "prompt": "A city",
        "title": "Hello",
        "preset": "tech-review",
        "portraits": (person(),),
    }
    plain = render.compose(render.Brief(**brief), size=(640, 360)).image
    styled = render.compose(render.Brief(**brief, style_reference=green), size=(640, 360)).image
    before, after = (np.asarray(i, float).mean(axis=(0, 1)) for i in (plain, styled))
    assert after[1] - after[[0, 2]].mean() > before[1] - before[[0, 2]].mean() + 10
    template = render.compose(render.Brief(**brief, template=green), size=(640, 360))
    assert template.image.tobytes() == styled.tobytes()
    assert ("template", "approximated") in {(t.option, t.outcome) for t in template.report}


@pytest.mark.parametrize("layout", ["left", "right-low", "poster"])
def test_a_layout_that_is_lent_is_kept_by_every_variation(layout):
    brief = render.Brief(prompt="Red ground", title="Hello", template=photo(), layout=layout)
    scenes = [render.plan(brief, 3, v) for v in range(4)]
    assert {scene.layout for scene in scenes} == {layout}
    assert len({json.dumps(scene.palette) for scene in scenes}) > 1
    reasons = render.compose(brief, 3, size=(640, 360)).report
    assert any("layout" in t.reason for t in reasons if t.option == "template")
    with pytest.raises(errors.InvalidInput, match="layout is 'sideways'"):
        render.Brief(prompt="Red ground", layout="sideways")


@pytest.mark.parametrize("colour", ["red", "blue", "green"])
def test_a_colour_of_the_background_is_followed(colour):
    scene = plan(f"Creator, {colour} background", preset="mrbeast-viral", portraits=(person(),))
    ground = scene.palette["ground"]
    levels = [int(ground[i : i + 2], 16) for i in (1, 3, 5)]
    assert levels.index(max(levels)) == {"red": 0, "green": 1, "blue": 2}[colour]
