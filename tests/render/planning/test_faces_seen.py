"""No face is covered: by words, labels, arrows, rules or cards, in any preset and layout."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from tests.render.pictures import person, photo
from thumbnb import render
from thumbnb.render.presets import PRESETS
from thumbnb.render.type import fonts, typesetting
from thumbnb.render.vision import faces
from thumbnb.render.vision.framing import face_in_layer

TITLES = (
    "No way",
    "I left Earth forever",
    "Review: Is it worth it?",
    "The honest story of how we finally survived a hundred days at sea",
)
POSITIONS = (None, "top", "center", "bottom")
FACES = {
    # Frames of videos are told apart by their size: a face on the left, in the middle, ...
    (320, 180): (40.0, 40.0, 56.0, 56.0),
    (322, 180): (132.0, 46.0, 56.0, 56.0),
    (324, 180): (226.0, 40.0, 58.0, 58.0),
    (180, 320): (60.0, 70.0, 60.0, 60.0),
}
LEFT, MIDDLE, RIGHT, TALL = (photo(size, seed=90) for size in FACES)
PLAIN = photo((326, 180), seed=91)
SOMEBODY = person().resize((320, 320))

CASTS = {
    "a portrait": {"prompt": "A talk", "portraits": (SOMEBODY,)},
    "somebody drawn": {"prompt": "A happy woman in the city"},
    "before a frame": {
        "prompt": "Me, background @image1",
        "portraits": (SOMEBODY,),
        "content_images": (PLAIN,),
    },
    "beside a frame": {
        "prompt": "Me next to @image1",
        "portraits": (SOMEBODY,),
        "content_images": (MIDDLE,),
    },
    "beside frames": {
        "prompt": "Me, @image1, @image2",
        "portraits": (SOMEBODY,),
        "content_images": (LEFT, RIGHT),
    },
    "in the middle": {"prompt": "See @image1", "content_images": (MIDDLE,)},
    "on the left": {"prompt": "See @image1", "content_images": (LEFT,)},
    "on the right": {"prompt": "See @image1, logo @image2", "content_images": (RIGHT, PLAIN)},
    "upright": {"prompt": "See @image1", "content_images": (TALL,)},
    "two": {"prompt": "@image1 and @image2", "content_images": (LEFT, RIGHT)},
    "three": {"prompt": "@image1, @image2, @image3", "content_images": (LEFT, RIGHT, MIDDLE)},
    "compared": {"prompt": "Before @image1, after @image2", "content_images": (LEFT, RIGHT)},
}


@pytest.fixture(autouse=True)
def _known_faces(monkeypatch):
    """Tell what a detector would find, with or without one."""
    monkeypatch.setattr(faces, "find_face", lambda image: FACES.get(image.size))


def briefs(cast, preset):
    """Every text position, in two of four variations: titles, seeds and presets take turns."""
    first = 4 * (list(PRESETS).index(preset) % 2)
    for turn in range(first, first + 4):
        position = POSITIONS[turn % 4]
        options = render.Options(text_position=position) if position else render.Options()
        title = TITLES[(list(CASTS).index(cast) + turn + turn // 4) % 4]
        brief = render.Brief(title=title, preset=preset, options=options, **CASTS[cast])
        yield brief, turn % 3, (turn + turn // 4 * 2) % 4


def over(layer):
    """Where a layer lies, in boxes."""
    if layer.kind == "words":
        face = fonts.Face(layer.face.family, layer.face.weight, layer.face.file)
        cap = typesetting.cap_height(face)
        return [(q.x, q.y - q.size * cap, q.width, q.size * cap) for q in layer.lines]
    if layer.kind == "chip":
        face = fonts.Face(layer.face.family, layer.face.weight, layer.face.file)
        wide = typesetting.width(face, layer.text, layer.track) * layer.size + layer.size
        return [(*layer.at, wide, layer.size * 1.4)]
    if layer.kind == "arrow":
        (x0, y0), (x1, y1) = sorted((layer.start, layer.end))
        return [(x0, min(y0, y1), x1 - x0, abs(y1 - y0))]
    return [layer.box] if layer.kind in {"rule", "card"} else []


def hidden(face, box):
    """The share of a face that a box hides."""
    x, y, w, h = face
    wide = min(x + w, box[0] + box[2]) - max(x, box[0])
    tall = min(y + h, box[1] + box[3]) - max(y, box[1])
    return max(0, wide) * max(0, tall) / (w * h)


def shown(scene, images):
    """The faces of a scene, each with what is laid over it."""
    for i, layer in enumerate(scene.layers):
        blurred = layer.kind == "image" and any(
            x.kind == "card" and x.image == layer.image for x in scene.layers
        )
        # Blurred as a ground, it is shown again on a card.
        if not blurred and (
            face := face_in_layer(layer, lambda name: faces.view_image(images[name]))
        ):
            yield face, scene.layers[i + 1 :]


@pytest.mark.slow
@pytest.mark.parametrize("cast", CASTS)
@pytest.mark.parametrize("preset", PRESETS)
def test_a_face_is_seen_whole(cast, preset):
    for brief, seed, variation in briefs(cast, preset):
        scene = render.plan(brief, seed, variation)
        for face, above in shown(scene, brief.images()):
            x, y, w, h = face
            assert -0.1 * w <= x <= 1280 - 0.9 * w, "in the frame"
            assert -0.1 * h <= y <= 720 - 0.9 * h
            for layer in above:
                covered = max((hidden(face, box) for box in over(layer)), default=0)
                where = (layer.kind, scene.layout, brief.title, brief.options.text_position)
                assert covered < 0.1, (*where, seed, variation)


# Photos with a face in each corner and near the middle: labels lie at the corners.
CORNERS = ((10.0, 10.0), (300.0, 10.0), (10.0, 120.0), (300.0, 120.0), (160.0, 70.0))
CORNERED = tuple(photo((400 + 2 * i, 226), seed=92) for i in range(len(CORNERS)))
FACES |= {x.size: (*at, 80.0, 80.0) for x, at in zip(CORNERED, CORNERS, strict=True)}
COMPARED = (
    "A happy woman in the city",
    "A man before and after @image1",
    "Before @image1, after @image2",
    "Rich man vs poor man",
    "Three men vs three women",
)


@pytest.mark.slow
@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize("prompt", COMPARED)
def test_labels_of_a_comparison_cover_no_face(prompt, position):
    options = render.Options(text_position=position) if position else render.Options()
    turns = len(CORNERED) if "@" in prompt else 1
    for title, turn in itertools.product((*TITLES, None), range(turns)):
        photos = (CORNERED[turn], CORNERED[turn - 1])[: prompt.count("@")]
        brief = render.Brief(
            title=title,
            prompt=prompt,
            preset="before-after",
            options=options,
            content_images=photos,
        )
        scene = render.plan(brief, 2, turn % 4)
        for face, above in shown(scene, brief.images()):
            for label in (layer for layer in above if layer.kind == "chip"):
                assert hidden(face, over(label)[0]) < 0.1, (scene.layout, title, turn, label.text)


@pytest.mark.slow
@pytest.mark.parametrize("preset", PRESETS)
def test_a_face_is_painted_last(preset):
    cast = list(CASTS)[list(PRESETS).index(preset) % len(CASTS)]
    brief, seed, variation = next(briefs(cast, preset))
    done = render.compose(brief, seed, variation, (640, 360))
    scene = render.Scene.model_validate(done.scene)
    bare = [x for x in scene.layers if x.kind not in {"words", "chip", "arrow", "rule", "burst"}]
    without = render.paint(
        scene.model_copy(update={"layers": tuple(bare)}), (640, 360), brief.images()
    )
    change = np.abs(np.asarray(done.image, int) - np.asarray(without, int)).max(axis=-1)
    assert change.max() > 60, "there are words"
    for x, y, w, h in (face for face, _ in shown(scene, brief.images())):
        left, top, right, bottom = (round(max(0, v) / 2) for v in (x, y, x + w, y + h))
        assert (change[top:bottom, left:right] > 60).mean() < 0.1
