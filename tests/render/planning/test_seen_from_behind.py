"""People seen from behind: who walks towards something looks into the image."""

from __future__ import annotations

import numpy as np
import pytest

from thumbnb import render
from thumbnb.render.figures import draw_figure, is_whole
from thumbnb.render.scene import Figure


def figures(prompt):
    scene = render.plan(render.Brief(prompt=prompt, title="ALONE", preset="vlog-travel"), 1, 0)
    return [layer.figure for layer in scene.layers if layer.kind == "cutout"]


@pytest.mark.parametrize(
    ("prompt", "pose"),
    [
        ("A hiker walking towards a snowy mountain peak on a narrow trail", "walk"),
        ("A man on the edge of a cliff, arms spread, seen from behind", "spread"),
        ("A woman in a dress walking away through a field at dusk", "walk"),
        ("A boy staring at the northern lights in Lapland", "stand"),
    ],
)
def test_who_looks_into_the_image_is_seen_from_behind(prompt, pose):
    (figure,) = figures(prompt)
    assert figure.from_behind
    assert figure.gesture == pose
    assert is_whole(figure)


def test_a_couple_watches_the_sunset_from_behind():
    assert [each.from_behind for each in figures("A couple watching the sunset on a beach")] == [
        True, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "prompt",
    [
        "A scared man walking into a dark forest",
        "A woman walking towards the camera in a city",
        "A chef looking at the ocean in his kitchen",
        "A man looking at a phone on the beach",
    ],
)
def test_a_face_that_is_to_be_seen_is(prompt):
    assert not any(each.from_behind for each in figures(prompt))


@pytest.mark.parametrize("style", [0, 1, 2, 3, 6, 7, 8])
def test_a_back_is_drawn_without_a_face(style):
    front = Figure(style=style, gesture="stand", expression="excited")
    back = front.model_copy(update={"from_behind": True})
    images = [np.asarray(draw_figure(each, 320)[0].convert("RGB")) for each in (front, back)]
    x, y, w, h = (round(v) for v in draw_figure(front, 320)[1])
    eyes = [each[y : y + h // 2, x : x + w].reshape(-1, 3) for each in images]
    whites = [(each.min(axis=1) > 232).sum() for each in eyes]
    assert whites[0] > 0
    assert whites[1] < whites[0] / 2


def test_a_bride_who_runs_away_wears_her_white_dress():
    (figure,) = figures("A bride running away from the church in her wedding dress")
    assert figure.from_behind
    assert figure.clothes == "bride"
