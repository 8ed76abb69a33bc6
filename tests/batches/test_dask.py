"""Dask as the executor: the same images, bytes that come back or files that its workers write."""

from __future__ import annotations

import pytest

import thumbnb as tb

distributed = pytest.importorskip("distributed")

# A cluster in this process: threads are its workers.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def cluster():
    options = {"processes": False, "n_workers": 2, "threads_per_worker": 1}
    with (
        distributed.LocalCluster(**options, dashboard_address=None) as local,
        distributed.Client(local) as client,
    ):
        yield client


@pytest.mark.slow
def test_its_workers_make_the_same_images(videos, executor, cluster):
    here = tb.batch("videos/*.mp4", out="here", executor=executor)
    there = tb.batch("videos/*.mp4", out="there", executor=cluster.get_executor())
    assert there["error"].tolist() == ["", "", ""]
    assert [image.bytes for image in here["image"]] == [image.bytes for image in there["image"]]


def test_its_workers_read_and_write_at_addresses(videos, cluster):
    import fsspec

    store = fsspec.filesystem("memory")
    for path in videos.iterdir():
        store.pipe_file(f"/clips/{path.name}", path.read_bytes())
    given = [f"memory://clips/{path.name}" for path in sorted(videos.iterdir())]
    given.append("memory://clips/gone.mp4")
    how = {"out": "memory://thumbs/{slug}.jpg", "executor": cluster.get_executor()}
    table = tb.batch(given, count=2, **how)
    assert table["path"].tolist()[1] == "memory://thumbs/second.jpg"
    assert [error == "" for error in table["error"]] == [True, True, True, False]
    assert "no file 'gone.mp4'" in table["error"][3]
    assert table["image"][1].image.size == (64, 36)
    written = store.info("/thumbs/second.jpg")["created"]
    again = tb.batch(given, count=2, **how)
    assert again["score"].tolist()[:3] == table["score"].tolist()[:3]
    assert store.info("/thumbs/second.jpg")["created"] == written


def test_an_executor_of_a_closed_client_is_reported(videos):
    options = {"processes": False, "n_workers": 1, "threads_per_worker": 1}
    with distributed.LocalCluster(**options, dashboard_address=None) as local:
        client = distributed.Client(local)
        executor = client.get_executor()
        client.close()
    with pytest.raises(tb.errors.InvalidInput, match="Nothing was made"):
        tb.batch("videos/*.mp4", executor=executor)
