"""Shots begin where the film does: within two frames, and nowhere else."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from PIL import Image

from tests.frames import labelled, made_film
from thumbnb import frames
from thumbnb.frames.shots import find_shots, is_same_shot

FILMS = range(6)  # more of them: python -m tests.benchmarks shots


@pytest.fixture(scope="module")
def films():
    return [made_film.film(seed) for seed in FILMS]


@pytest.mark.slow
def test_precision_and_recall_of_shot_detection(films):
    right = false = missed = 0
    for film in films:
        sketches = np.stack(list(made_film.sketches(film, made_film.SKETCH)))
        found = find_shots(sketches, made_film.FPS)
        counts = made_film.matched(found, film.begins)
        right, false, missed = (a + b for a, b in zip((right, false, missed), counts, strict=True))
    assert right / (right + false) >= 0.95
    assert right / (right + missed) >= 0.95


@pytest.mark.slow
@pytest.mark.parametrize("gop", [50, 9999])
def test_shot_marks_do_not_depend_on_keyframes(films, tmp_path, gop):
    film = films[0]
    pictures = [Image.fromarray(p) for p in film.pictures]
    path = labelled.encode(tmp_path / "v.mp4", pictures, fps=Fraction(made_film.FPS), gop=gop)
    with frames.open(path) as clip:
        suggestions, shots = clip.survey(4)
    marks = [round(t * made_film.FPS) for t in shots]
    right, false, missed = made_film.matched(marks, film.begins)
    assert (false, missed) == (0, 0)
    assert right == len(film.begins)
    assert suggestions


@pytest.mark.slow
@pytest.mark.parametrize("motion", made_film.MOTIONS)
def test_what_moves_in_one_place_is_one_shot(motion):
    rng = np.random.default_rng(11)
    pictures = [p.clip(0, 255).astype(np.uint8) for p in made_film.shot(rng, motion, 120)]
    film = made_film.MadeFilm(pictures, [], [])
    sketches = np.stack(list(made_film.sketches(film, made_film.SKETCH)))
    assert find_shots(sketches, made_film.FPS) == []


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_the_shortest_films(count):
    assert find_shots(np.zeros((count, 18, 32, 3), np.uint8), 25) == []


@pytest.mark.slow
def test_a_long_film_is_marked_from_what_is_looked_at(films, tmp_path, monkeypatch):
    from thumbnb.frames import suggest

    film = films[1]
    pictures = [Image.fromarray(p) for p in film.pictures]
    path = labelled.encode(tmp_path / "v.mp4", pictures, fps=Fraction(made_film.FPS), gop=25)
    monkeypatch.setattr(suggest, "_SHOT_PIXELS", 8e6)
    with frames.open(path) as clip:
        _, shots = clip.survey(3)
        assert shots == sorted(shots)
        assert all(0 < t < clip.duration for t in shots)
    assert shots


@pytest.mark.parametrize("size", [(18, 32), (32, 18), (24, 32)])
def test_an_image_that_is_moved_is_of_the_same_shot(size):
    rng = np.random.default_rng(4)
    height, width = size
    scene = rng.integers(0, 255, (2 * height, 2 * width, 3)).astype(np.uint8)
    here = scene[4 : 4 + height, 8 : 8 + width]
    for y, x in ((0, 0), (2, -5), (-3, 7), (height // 3, width // 2), (-4, -8)):
        there = scene[4 + y : 4 + y + height, 8 + x : 8 + x + width]
        assert is_same_shot(here, there), (y, x)
    assert not is_same_shot(here, scene[height:, width:])
    assert not is_same_shot(here, here[::-1, ::-1])
    dark, light = np.zeros((2, height, width, 3), np.uint8) + np.uint8([[[[0]]], [[[90]]]])
    assert not is_same_shot(dark, light)
