"""The grid arranged: removed and brought back, sorted, filtered, copied; more like an image."""

from __future__ import annotations

import asyncio
import io
import threading
from types import SimpleNamespace

import pytest
from PIL import Image

import thumbnb as tb
from tests.widgets.page import Page, settled
from thumbnb import errors
from thumbnb.client.images.results import Result
from thumbnb.client.runtime.job import Job
from thumbnb.client.runtime.progress import report_partial, report_progress
from thumbnb.models import ResultRecord

COLOURS = ("navy", "teal", "olive", "maroon")


def picture(colour: str = "navy") -> Image.Image:
    return Image.new("RGB", (64, 36), colour)


def scored(total, number=1, **about):
    record = ResultRecord(id=f"r{number}", url="", seed=7, scores={"total": total})
    return Result(None, record, saved=SimpleNamespace(position=number - 1), **about)


@pytest.fixture
def grid():
    return tb.ImageGrid([picture(colour) for colour in COLOURS], labels=list("abcd"))


def captions(grid):
    return [cell["caption"] for cell in grid.cells]


def test_what_is_removed_comes_back_with_its_label_and_its_place(grid):
    items = grid.items
    grid.starred, grid.selected = [1, 3], [3]
    grid.remove(1, items[2])
    assert captions(grid) == ["a", "d"]
    assert (grid.starred, grid.selected, grid.removed, grid.order) == ([1], [1], 2, [0, 1])
    grid.remove(0)
    grid.restore()
    assert (captions(grid), grid.removed) == (["a", "d"], 2)
    grid.restore()
    assert (captions(grid), grid.removed) == (list("abcd"), 0)
    assert all(now is then for now, then in zip(grid.items, items, strict=True))
    for wrong in (4, "x", None, picture()):
        with pytest.raises(errors.InvalidInput, match="There are 4, counted from 0"):
            grid.remove(wrong)
    assert len(grid.items) == 4
    grid.restore()
    grid.clear()
    assert (grid.items, grid.removed, grid.order) == ([], 0, [])


def test_what_a_job_makes_lands_beside_what_was_removed():
    go, first = asyncio.Event(), threading.Event()

    async def make():
        report_progress("generating", done=0, total=3)
        report_partial([picture("navy")])
        first.set()
        await go.wait()
        return [picture(colour) for colour in COLOURS[:3]]

    grid, job = tb.ImageGrid([picture("white")]), Job("generate", make)
    grid.watch(job)
    assert first.wait(20)
    settled(grid)
    grid.remove(1)

    async def let_go():
        go.set()

    Job("go", let_go)
    job.result()
    settled(grid)
    made = [item.getpixel((0, 0)) for item in grid.items]
    assert made == [image.getpixel((0, 0)) for image in map(picture, ("white", "teal", "olive"))]
    grid.restore()
    assert grid.items[1].getpixel((0, 0)) == picture("navy").getpixel((0, 0))


def test_they_are_sorted_and_filtered_and_keep_their_indices(grid):
    grid.starred = [2]
    assert grid.order == [0, 1, 2, 3]
    grid.sort = "starred"
    assert grid.order == [2, 0, 1, 3]
    grid.show = "starred"
    assert grid.order == [2]
    grid.starred = [0, 2]
    assert grid.order == [0, 2]
    grid.show, grid.sort = "all", "score"
    assert grid.order == [0, 1, 2, 3], "what nobody measured stays as it was made"
    assert captions(grid) == list("abcd")
    best = tb.ImageGrid([scored(0.2), scored(None), scored(0.9)], sort="score")
    assert best.order == [2, 0, 1]


def test_a_card_says_what_it_is_of_and_which():
    (cell,) = tb.ImageGrid([scored(0.5, number=2, subject="\u201cUP\u201d \u00b7 office")]).cells
    assert cell["lines"] == [
        "\u201cUP\u201d \u00b7 office",
        "image 2 \u00b7 score 0.50 \u00b7 seed 7",
    ]
    assert cell["caption"] == " \u00b7 ".join(cell["lines"])
    (labelled,) = tb.ImageGrid([scored(0.5, subject="\u201cUP\u201d")], labels=["mine"]).cells
    assert (labelled["caption"], labelled.get("lines")) == ("mine", None)


def test_what_the_browser_asks_for(grid):
    page = Page(grid)
    ids = [cell["id"] for cell in grid.cells]
    _, (png,) = page.ask("png", id=ids[1])
    copied = Image.open(io.BytesIO(bytes(png)))
    assert (copied.format, copied.size) == ("PNG", (64, 36))
    page.ask("remove", ids=[ids[0], 10**9])
    settled(grid)
    assert captions(grid) == ["b", "c", "d"]
    page.ask("restore")
    settled(grid)
    assert captions(grid) == list("abcd")
    with pytest.raises(RuntimeError, match="cannot be made from here"):
        page.ask("more", id=ids[2])
    asked = []
    grid.offer_more(asked.append)
    page.ask("more", id=ids[2])
    settled(grid)
    assert asked == [grid.items[2]]
