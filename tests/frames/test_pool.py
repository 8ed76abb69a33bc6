"""A pool: videos stay open between uses, never more than the bound."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from tests.frames.numbered import read
from thumbnb.errors import InvalidInput, NotAVideo
from thumbnb.frames import Pool


@pytest.fixture
def paths(numbered, tmp_path):
    """Five copies of one video."""
    return [shutil.copy(numbered("h264").path, tmp_path / f"{i}.mp4") for i in range(5)]


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_a_video_stays_open_between_uses(paths):
    pool = Pool(max_open=2)
    with pool.borrow(paths[0]) as clip:
        assert read(clip.at(1)) == 25
    with pool.borrow(paths[0]) as again:
        assert again is clip
    assert len(pool) == 1
    pool.close()
    assert len(pool) == 0
    with pytest.raises(InvalidInput, match="closed"):
        clip.at(1)


def test_the_least_recently_used_is_closed(paths):
    pool = Pool(max_open=2)
    for i in (0, 1, 0, 2):
        with pool.borrow(paths[i]) as clip:
            clip.at(1)
        assert len(pool) <= 2
    with pool.borrow(paths[0]) as first, pool.borrow(paths[2]) as third:
        assert read(first.at(2)) == read(third.at(2)) == 50
    assert len(pool) == 2
    pool.close()


def test_the_memory_of_idle_ones_is_bounded(paths):
    with Pool().borrow(paths[0]) as clip:
        one = clip.footprint
    assert one > 192 * 108 * 3 // 2
    pool = Pool(max_open=5, max_bytes=3 * one)
    for path in paths:
        with pool.borrow(path):
            pass
    assert len(pool) == 3
    with pool.borrow(paths[4]) as clip:
        assert read(clip.at(1)) == 25
    pool.close()


def test_one_in_use_is_never_closed(paths):
    pool = Pool(max_open=1)
    with pool.borrow(paths[0]) as outer:
        for path in paths[1:]:
            with pool.borrow(path) as inner:
                inner.at(1)
        assert read(outer.at(3)) == 75
    assert len(pool) == 1
    pool.close()


def test_idle_ones_are_closed_after_a_while(paths):
    clock = Clock()
    pool = Pool(max_open=5, idle_seconds=60, clock=clock)
    for path in paths[:3]:
        with pool.borrow(path):
            pass
    clock.now = 30
    with pool.borrow(paths[0]):
        pass
    assert len(pool) == 3
    clock.now = 61
    with pool.borrow(paths[0]):
        pass
    assert len(pool) == 1
    pool.close()


def test_a_forgotten_one_is_closed_and_opened_anew(paths, numbered):
    pool = Pool()
    with pool.borrow(paths[0]) as clip:
        pool.forget(paths[0])  # while in use: it may finish
        assert read(clip.at(1)) == 25
    with pytest.raises(InvalidInput, match="closed"):
        clip.at(1)
    shutil.copy(numbered("h264-vfr").path, paths[0])
    with pool.borrow(paths[0]) as other:
        assert other.duration != pytest.approx(12)
    pool.forget("never seen.mp4")
    pool.close()


def test_a_file_that_cannot_be_opened_leaves_nothing_behind(tmp_path):
    pool = Pool()
    bad = tmp_path / "bad.mp4"
    bad.write_text("no video")
    for _ in range(3):
        with pytest.raises(NotAVideo), pool.borrow(bad):
            pass
    with pytest.raises(FileNotFoundError), pool.borrow(tmp_path / "gone.mp4"):
        pass
    assert len(pool) == 0
    assert not pool._entries


@pytest.mark.slow
def test_pool_shared_by_threads_never_returns_a_closed_clip(paths):
    pool = Pool(max_open=2)

    def work(seed):
        random = Random(seed)
        for _ in range(15):
            i = random.randrange(300)
            with pool.borrow(random.choice(paths)) as clip:
                assert read(clip.at(i / 25 + 0.01, (96, 54))) == i

    with ThreadPoolExecutor(6) as executor:
        list(executor.map(work, range(6)))
    assert len(pool) <= 2
    pool.close()


def test_a_pool_of_none_is_refused():
    with pytest.raises(InvalidInput, match="at least one"):
        Pool(max_open=0)
