"""Storyboards: evenly spread, honest about their times, exact on request."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.frames.numbered import read
from thumbnb import frames
from thumbnb.errors import InvalidInput
from thumbnb.frames.storyboard import Storyboard


@pytest.fixture(scope="module")
def clip(numbered):
    with frames.open(numbered("h264").path) as clip:
        yield clip


@pytest.mark.parametrize("n", [1, 7, 40])
def test_each_tile_shows_the_frame_of_the_time_it_states(clip, n):
    board = clip.storyboard(n, 160, columns=8)
    assert len(board.times) == n
    assert board.tile_size == (160, 90)
    assert board.columns == min(8, n)
    assert board.interval == pytest.approx(12 / n)
    assert board.image.size == (160 * min(8, n), 90 * -(-n // 8))
    for i, time in enumerate(board.times):
        assert read(board.tile(i)) == round(time * 25)
        assert time <= (i + 0.5) * board.interval + 1e-9  # the keyframe before it
        assert (i + 0.5) * board.interval - time < 2.4 + 1e-9
    assert list(board.times) == sorted(board.times)


def test_exact_tiles_show_their_own_time(clip):
    board = clip.storyboard(40, 160, exact=True)
    for i, time in enumerate(board.times):
        wanted = (i + 0.5) * board.interval
        assert time <= wanted + 1e-6
        assert wanted - time < 0.04
        assert read(board.tile(i)) == round(time * 25)


def test_more_tiles_than_frames(clip, numbered):
    board = clip.storyboard(500, 96, columns=25, exact=True)
    assert sorted({round(t * 25) for t in board.times}) == list(range(300))


def test_the_shape_of_the_video_is_kept(numbered):
    with frames.open(numbered("h264-turned").path) as clip:
        assert clip.storyboard(4, 96).tile_size == (96, 54)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"count": 0}, "from 1 to"),
        ({"count": 10**6}, "from 1 to"),
        ({"count": 2.5}, "whole number"),
        ({"columns": 0}, "from 1 to"),
        ({"tile_width": 0}, "pixels"),
        ({"count": 2000, "tile_width": 640, "columns": 1}, "too large"),
    ],
)
def test_what_makes_no_storyboard_is_refused(clip, options, says):
    with pytest.raises(InvalidInput, match=says):
        clip.storyboard(**options)


@given(st.integers(1, 60), st.integers(1, 12), st.integers(1, 30), st.integers(1, 30))
def test_tiles_lie_side_by_side_and_none_on_another(n, columns, width, height):
    columns = min(n, columns)
    sheet = Image.new("RGB", (columns * width, -(-n // columns) * height))
    board = Storyboard(sheet, (0.0,) * n, (width, height), columns, 1.0)
    boxes = [board.box(i) for i in range(n)]
    assert len({box[:2] for box in boxes}) == n
    for left, top, right, bottom in boxes:
        assert (right - left, bottom - top) == (width, height)
        assert left % width == top % height == 0
        assert right <= sheet.width
        assert bottom <= sheet.height


@pytest.mark.slow
def test_the_very_frames_are_shown_where_that_is_quick(numbered, tmp_path):
    from tests.frames.numbered import encode, steady

    options = {"g": "9999", "bf": "2", "x264-params": "scenecut=0"}
    path = encode(tmp_path / "one-keyframe.mp4", steady(250), options=options).path
    with frames.open(path) as clip:
        board = clip.storyboard(20, 96)
        assert board.exact
        assert len(set(board.times)) == 20
        for i, time in enumerate(board.times):
            assert read(board.tile(i)) == round(time * 25) == int((i + 0.5) * 12.5 + 1e-6)
        plain = clip.storyboard(20, 96, exact=False)
        assert not plain.exact
        assert set(plain.times) == {0.0}


def test_a_long_film_has_keyframes_on_its_storyboard(clip, monkeypatch):
    from thumbnb.frames import storyboard

    monkeypatch.setattr(storyboard, "_PIXELS_A_SECOND", 1e5)
    board = clip.storyboard(20, 96)
    assert not board.exact
    assert len(set(board.times)) <= 6


@pytest.mark.parametrize("exact", [True, False])
def test_no_tile_is_black_where_there_is_light_nearby(tmp_path, exact):
    from tests.frames import labelled

    black = Image.new("RGB", (160, 90))
    light = labelled.shot_image(1).crop((0, 0, 160, 90))
    pictures = []
    for second in range(10):
        dark = range(3, 8) if second in (2, 5) else range(0)
        pictures += [black if i in dark else light for i in range(12)]
    path = labelled.encode(tmp_path / "v.mp4", pictures, gop=4)
    with frames.open(path) as clip:
        board = clip.storyboard(10, 96, exact=exact)
        assert list(board.times) == sorted(board.times)
        for i in range(10):
            assert max(board.tile(i).convert("L").getextrema()) > 60
    with frames.open(labelled.encode(tmp_path / "b.mp4", [black] * 48)) as clip:
        assert clip.storyboard(6, 96, exact=exact).image.convert("L").getextrema()[1] < 40
