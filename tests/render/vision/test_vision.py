"""Seeing: faces, cut-outs, and what is done where nothing is sure."""

from __future__ import annotations

import itertools
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.render.pictures import busy_portrait, person, photo, portrait
from thumbnb import errors, render
from thumbnb.render.figures import EXPRESSIONS, HAIRS, draw_figure
from thumbnb.render.scene import Figure
from thumbnb.render.vision import cutout, face_detectors, faces, focus_matte

CLOTHES = ("casual", "professional", "sporty", "elegant", "streetwear")


def truth(size=(640, 640)):
    return np.asarray(person().getchannel("A").resize(size), dtype=float) / 255


@pytest.mark.parametrize("ground", [(40, 150, 190), (20, 90, 40), (230, 230, 235)])
def test_somebody_before_a_plain_wall_is_cut_out(ground):
    alpha = cutout.plain_background_matte(portrait(ground))
    assert alpha is not None
    off = np.abs(alpha - truth())
    assert off.mean() < 0.02


def test_a_room_is_no_plain_wall():
    assert cutout.plain_background_matte(busy_portrait()) is None
    assert cutout.plain_background_matte(photo()) is None


@pytest.mark.skipif(not face_detectors.HAS_OPENCV, reason="thumbnb[vision] is not installed")
def test_somebody_in_focus_is_cut_out_of_what_the_lens_blurs():
    rng = np.random.default_rng(3)
    crowd = Image.fromarray(
        rng.integers((150, 60, 150), (255, 130, 255), (12, 12, 3), dtype=np.uint8)
    )
    image = crowd.resize((640, 640), Image.Resampling.BICUBIC)
    somebody = person().resize((640, 640))
    woven = rng.integers(0, 90, (320, 320, 3), dtype=np.uint8)
    cloth = Image.fromarray(woven).resize((640, 640), Image.Resampling.NEAREST)
    cloth = Image.blend(somebody.convert("RGB"), cloth, 0.5)
    image.paste(cloth, mask=somebody.getchannel("A"))
    matte = focus_matte.focus_matte(image, (230.0, 170.0, 180.0, 180.0))
    assert matte is not None
    assert np.abs(matte - truth()).mean() < 0.02
    assert focus_matte.focus_matte(photo(), (230.0, 100.0, 90.0, 90.0)) is None


def test_the_face_of_a_profile_is_moved_onto_its_head():
    matte = np.zeros((100, 200), np.float32)
    matte[:, 40:90] = 1
    x, y, w, h = focus_matte.moved_onto(matte, (70.0, 20.0, 40.0, 40.0))
    assert (y, w, h) == (20, 40, 40)
    assert 55 <= x + w / 2 <= 80


@pytest.mark.slow
@pytest.mark.skipif(not face_detectors.HAS_OPENCV, reason="thumbnb[vision] is not installed")
def test_somebody_in_a_busy_room_is_cut_out_with_opencv():
    x, y, w, h = (v / 2 for v in draw_figure(Figure(skin=1, hair=2))[1])
    alpha = cutout.person_matte(busy_portrait(), (x, y, w, h))
    assert alpha is not None
    assert np.abs(alpha - truth()).mean() < 0.08


def _on_busy_ground(number):
    """Somebody before a photograph, and the true mask."""
    shots = ("coffee.png", "rocket.jpg", "motorcycle_left.png", "chelsea.png", "astronaut.png")
    folder = Path(find_spec("skimage").origin).parent / "data"
    ground = Image.open(folder / shots[number % len(shots)]).convert("RGB")
    if number % len(shots) == 4:
        ground = ground.crop((300, 0, 512, 200))  # the shuttle behind the astronaut
    image = draw_figure(FIGURES[number], 480)[0]
    ground = ground.resize((640, 480))
    ground.paste(image, (80 + 20 * (number % 3), 0), image)
    mask = Image.new("L", ground.size)
    mask.paste(image.getchannel("A"), (80 + 20 * (number % 3), 0))
    return ground, np.asarray(mask, dtype=float) / 255


FIGURES = [
    Figure(skin=i % 4, hair=i % 6, style=i % 5, expression="happy", clothes=CLOTHES[i % 4])
    for i in range(8)
]


@pytest.mark.slow
@pytest.mark.skipif(not face_detectors.HAS_OPENCV, reason="thumbnb[vision] is not installed")
def test_people_are_cut_out_of_photographs_or_shown_whole():
    shares = []
    for number in range(len(FIGURES)):
        image, true = _on_busy_ground(number)
        cut = faces.find_person(image).cut
        if cut is not None:
            alpha = np.asarray(cut.getchannel("A"), dtype=float) / 255
            shares.append(np.minimum(alpha, true).sum() / np.maximum(alpha, true).sum())
    assert len(shares) >= 5, "most are cut out"
    assert min(shares) >= 0.8
    assert np.mean(shares) >= 0.93


@pytest.mark.slow
@pytest.mark.skipif(not face_detectors.HAS_OPENCV, reason="thumbnb[vision] is not installed")
def test_a_photographed_portrait_is_cut_out_of_its_studio():
    folder = Path(find_spec("skimage").origin).parent / "data"
    image = Image.open(folder / "astronaut.png").convert("RGB")
    seen = faces.find_person(image)
    assert seen.face == pytest.approx((175, 65, 98, 98), abs=8)
    alpha = np.asarray(seen.cut.getchannel("A"), dtype=float) / 255
    assert alpha[90:150, 200:250].min() > 0.9, "the face"
    assert alpha[300:400, 120:260].min() > 0.9, "the suit"
    assert alpha[20:200, 380:480].max() < 0.1, "no shuttle"
    assert alpha[20:200, 0:90].max() < 0.1, "no flag"


@pytest.mark.slow
@pytest.mark.skipif(not face_detectors.HAS_OPENCV, reason="thumbnb[vision] is not installed")
def test_somebody_photographed_is_cut_out_of_other_photographs():
    folder = Path(find_spec("skimage").origin).parent / "data"
    somebody = faces.find_person(Image.open(folder / "astronaut.png").convert("RGB")).cut
    shares = []
    for name in ("coffee.png", "chelsea.png", "motorcycle_left.png"):
        image = Image.open(folder / name).convert("RGB").resize((640, 512))
        mask = Image.new("L", image.size)
        image.paste(somebody, (64, 0), somebody)
        mask.paste(somebody.getchannel("A"), (64, 0))
        cut = faces.find_person(image).cut
        if cut is not None:
            alpha, true = (np.asarray(m, dtype=float) for m in (cut.getchannel("A"), mask))
            shares.append(np.minimum(alpha, true).sum() / np.maximum(alpha, true).sum())
    assert len(shares) >= 2, "most are cut out"
    assert min(shares) >= 0.85
    assert np.mean(shares) >= 0.93


@pytest.mark.slow
@pytest.mark.skipif(not face_detectors.HAS_OPENCV, reason="thumbnb[vision] is not installed")
def test_a_flag_behind_a_portrait_is_left_out():
    folder = Path(find_spec("matplotlib").origin).parent / "mpl-data" / "sample_data"
    seen = faces.find_person(Image.open(folder / "grace_hopper.jpg").convert("RGB"))
    alpha = np.asarray(seen.cut.getchannel("A"), dtype=float) / 255
    assert alpha[160:300, 200:330].min() > 0.9, "the face"
    assert alpha[100:125, 190:340].min() > 0.9, "the hat"
    assert alpha[450:580, 80:440].min() > 0.9, "the uniform"
    assert alpha[20:300, 60:130].max() < 0.1, "no flag"
    assert alpha[20:200, 400:500].max() < 0.1, "no wall"


@pytest.mark.skipif(not face_detectors.HAS_OPENCV, reason="thumbnb[vision] is not installed")
def test_a_thing_is_cut_out_where_its_outline_is_sure():
    folder = Path(find_spec("skimage").origin).parent / "data"
    cup, cat = (Image.open(folder / name).convert("RGB") for name in ("coffee.png", "chelsea.png"))
    alpha = np.asarray(faces.find_subject(cup).getchannel("A"), dtype=float) / 255
    assert alpha[60:150, 230:350].min() > 0.9, "the cup"
    assert alpha[:, 500:].max() < 0.1, "no table"
    assert faces.find_subject(cat) is None, "fur on all sides"


def _half(image):
    mask = np.zeros((image.height, image.width), dtype=bool)
    mask[:, : image.width // 2] = True
    return mask


class _Session:
    def predict(self, img):
        return [Image.fromarray(_half(img).astype(np.uint8) * 255)]


@pytest.mark.parametrize(
    "by",
    [
        _half,
        lambda image: _half(image).astype(float),
        lambda image: Image.fromarray(_half(image).astype(np.uint8) * 255),
        _Session(),
    ],
    ids=["booleans", "floats", "image", "session"],
)
def test_a_user_may_bring_what_cuts_people_out(by):
    cut = render.cut_out(busy_portrait(), by=by)
    alpha = np.asarray(cut.getchannel("A"))
    assert alpha[:, :320].min() == 255
    assert alpha[:, 320:].max() == 0
    brief = render.Brief(prompt="A talk", title="Hello", portraits=(cut,))
    assert render.plan(brief).first("cutout").image == "portrait1"


@pytest.mark.parametrize(
    ("mask", "words"),
    [
        (np.zeros((3, 4)), "The mask is 4x3"),
        (np.zeros((640, 640)), "nothing or everything"),
        (None, "cannot be read from NoneType"),
        ([], "No mask"),
    ],
)
def test_a_mask_that_is_none_is_refused(mask, words):
    with pytest.raises(errors.InvalidInput, match=words):
        render.cut_out(busy_portrait(), by=lambda _: mask)


def test_edges_of_a_cut_out_keep_the_persons_colours():
    image = portrait((0, 255, 0))
    sight = faces.find_person(image)
    assert sight.cut is not None
    pixels = np.asarray(sight.cut, dtype=float)
    edge = (pixels[..., 3] > 40) & (pixels[..., 3] < 215)
    greenness = pixels[..., 1] - pixels[..., [0, 2]].max(axis=-1)
    assert np.percentile(greenness[edge], 95) < 60, "no green fringe"


def test_what_comes_cut_out_stays_as_it_is():
    sight = faces.find_person(person())
    assert sight.cut.tobytes() == person().tobytes()
    assert sight.face is not None


@pytest.mark.parametrize(
    "image",
    [
        photo((600, 600), seed=3),
        Image.new("RGB", (300, 300), "white"),
        Image.new("RGB", (1, 1)),
        Image.new("RGB", (4000, 3)),
        Image.new("RGBA", (50, 50)),
    ],
)
def test_where_nobody_is_seen_the_portrait_is_shown_whole(image):
    brief = render.Brief(prompt="A talk", title="Hello", preset="mrbeast-viral", portraits=(image,))
    done = render.compose(brief, size=(640, 360))
    shown = {layer["kind"]: layer for layer in done.scene["layers"]}
    assert "cutout" not in shown
    assert shown["image"]["image"] == "portrait1"
    assert shown["image"]["area"][0] > 400, "on the side that the words leave"
    two = render.Brief(
        prompt="A talk in the city", title="Hello", preset="mrbeast-viral", portraits=(image,)
    )
    assert render.plan(two).first("card").shape == "disc", "before a place it stands in a disc"
    assert ("person", "approximated") in {(t.option, t.outcome) for t in done.report}


@pytest.mark.skipif(not face_detectors.HAS_OPENCV, reason="thumbnb[vision] is not installed")
def test_beside_an_opencv_without_cascades_the_same_face_is_found(monkeypatch):
    cv2 = pytest.importorskip("cv2")
    data = pytest.importorskip("skimage.data")
    astronaut = Image.fromarray(data.astronaut())
    coffee = Image.fromarray(data.coffee())
    usual = face_detectors.main_face(astronaut)
    monkeypatch.delattr(cv2, "CascadeClassifier", raising=False)  # as of OpenCV 5
    found = face_detectors.main_face(astronaut)
    assert np.allclose(found, usual, atol=0.15 * usual[2])
    assert face_detectors.main_face(coffee) is None


def test_without_opencv_it_still_works_one_step_plainer(monkeypatch):
    monkeypatch.setattr(faces, "HAS_OPENCV", False)
    monkeypatch.setattr(face_detectors, "HAS_OPENCV", False)
    monkeypatch.setattr(face_detectors, "_HAS_SCIKIT_IMAGE", False)
    monkeypatch.setattr(faces, "_MEMORY", faces._Memory(8))
    plain = render.Brief(prompt="A talk", title="Hello", portraits=(portrait((60, 60, 200)),))
    assert render.plan(plain).first("cutout"), "a plain wall is enough"
    busy = render.Brief(prompt="A talk", title="Hello", portraits=(busy_portrait(),))
    done = render.compose(busy, size=(640, 360))
    reasons = {t.option: t.reason for t in done.report}
    assert "OpenCV" in reasons["person"] or "face" in reasons["person"]


def test_a_portrait_is_looked_at_once(monkeypatch):
    looks = []
    monkeypatch.setattr(faces, "_MEMORY", faces._Memory(8))
    monkeypatch.setattr(
        faces, "_find_person", lambda image: looks.append(image) or faces.PersonView(None, None, "")
    )
    for _ in range(3):
        faces.find_person(photo())
        faces.find_person(photo().copy())
    assert len(looks) == 1


def test_the_cut_edge_of_a_portrait_never_shows():
    low = person().crop((0, 0, 1280, 900))
    for preset in ("mrbeast-viral", "vlog-travel", "cinematic-film"):
        brief = render.Brief(prompt="A talk", title="Hello", preset=preset, portraits=(low,))
        layer = render.plan(brief).first("cutout")
        below = (low.height - layer.face[1] - layer.face[3] / 2) / layer.face[2]
        reaches = layer.at[1] + below * layer.face_width >= 720
        assert reaches or layer.fade > 0


@pytest.mark.slow
@pytest.mark.parametrize("style", range(6))
def test_figures_of_every_kind_can_be_drawn(style):
    seen = []
    for i, feeling in enumerate(EXPRESSIONS):
        figure = Figure(
            skin=i % 5, hair=i % len(HAIRS), style=style, expression=feeling, clothes=CLOTHES[i % 5]
        )
        image, (x, y, w, h) = draw_figure(figure, 480)
        alpha = np.asarray(image.getchannel("A"))
        assert 0.1 < (alpha > 128).mean() < 0.7
        assert alpha[int(y) : int(y + h), int(x) : int(x + w)].mean() > 240, "the face is in it"
        assert alpha[-2].max() == 255, "the body runs off the lower edge"
        seen.append(np.asarray(image.convert("RGB"), dtype=float))
        if style:
            break
    for a, b in itertools.pairwise(seen):
        assert np.abs(a - b).mean() > 1


@pytest.mark.slow
@pytest.mark.parametrize("feeling", EXPRESSIONS)
def test_a_sample_portrait_is_somebody_whose_face_is_found(feeling):
    portrait = render.sample_portrait(feeling)
    assert portrait.size == (1280, 1280)
    assert portrait.mode == "RGB"
    sight = faces.find_person(portrait)
    assert sight.cut is not None
    x, y, w, h = sight.face
    assert 280 < w < 520, "a face, not an eye of it"
    assert abs(x + w / 2 - 640) < 60
    assert 320 < y + h / 2 < 640


@pytest.mark.slow
def test_sample_portraits_differ_by_seed_and_refuse_what_cannot_be_drawn():
    assert render.sample_portrait().tobytes() == render.sample_portrait("happy", seed=0).tobytes()
    assert render.sample_portrait(seed=1).tobytes() != render.sample_portrait(seed=2).tobytes()
    with pytest.raises(errors.InvalidInput, match="no expression 'bored'"):
        render.sample_portrait("bored")


def test_enhancing_smooths_skin_and_leaves_what_is_elsewhere():
    rng = np.random.default_rng(2)
    noisy = np.asarray(person().resize((640, 640)).convert("RGB"), dtype=float) + rng.normal(
        0, 5, (640, 640, 3)
    )
    image = Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))
    x, y, w, h = (v / 2 for v in draw_figure(Figure(skin=1, hair=2))[1])
    from thumbnb.render.painters.images import enhanced

    levels = [np.asarray(enhanced(image, (x, y, w, h), k), dtype=float) for k in (0.3, 0.9)]
    cheek = np.s_[int(y + h * 0.55) : int(y + h * 0.7), int(x + w * 0.1) : int(x + w * 0.25)]
    rough = [np.diff(p[cheek], axis=1).std() for p in (noisy, *levels)]
    assert rough[0] > rough[1] > rough[2]
    assert np.abs(levels[1][500:] - np.asarray(image, dtype=float)[500:]).max() == 0


def test_an_image_that_was_changed_is_seen_anew():
    image = Image.new("RGB", (160, 90), "#204060")
    with faces.unchanged_images():
        before = faces.image_saliency(image)
    image.paste("white", (110, 30, 140, 60))
    with faces.unchanged_images():
        assert np.abs(faces.image_saliency(image) - before).max() > 1e-3
