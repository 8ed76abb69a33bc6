"""The grid, without a browser: what it holds, what is chosen, what it tells and answers."""

from __future__ import annotations

import io
import json
import threading
import time
import zipfile
from dataclasses import replace

import pytest
from PIL import Image

import thumbnb as tb
from thumbnb import errors
from thumbnb.client.images.display import Facts
from thumbnb.client.runtime.job import Job
from thumbnb.client.runtime.progress import report_partial, report_progress
from thumbnb.widgets.grid.download import slug
from thumbnb.widgets.grid.grid_cell import facts_state
from thumbnb.widgets.grid.image_grid import ImageGrid

SIZE = (640, 360)


def jpeg(colour: str = "navy", size: tuple[int, int] = SIZE) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "JPEG")
    return buffer.getvalue()


class Browser:
    """What the browser's side of a widget does: asks by messages, and takes what is sent."""

    def __init__(self, widget) -> None:
        self.sent: list[tuple[dict, list[bytes]]] = []
        self._widget = widget
        self._came = threading.Condition()
        widget.send = self._take

    def _take(self, content, buffers=None):
        with self._came:
            self.sent.append((content, list(buffers or [])))
            self._came.notify_all()

    def ask(self, kind, **body):
        self._widget._handle_custom_msg({"kind": kind, "number": "n", **body}, [])
        return self.wait(lambda content: content.get("number") == "n")

    def want(self, *wanted):
        self._widget._handle_custom_msg({"kind": "copies", "wanted": wanted}, [])

    def wait(self, suits):
        """Take the first message that suits; those before it stay."""
        with self._came:
            assert self._came.wait_for(lambda: any(suits(c) for c, _ in self.sent), 20), self.sent
            found = next(each for each in self.sent if suits(each[0]))
            self.sent.remove(found)
            return found

    def copy(self, cell):
        content, buffers = self.wait(lambda c: c.get("kind") == "copy" and c["id"] == cell)
        assert "error" not in content, content
        return Image.open(io.BytesIO(buffers[0]))


def until(widget, wanted) -> None:
    """Wait until the widget is as wanted."""
    deadline = time.monotonic() + 20
    while not wanted():
        assert time.monotonic() < deadline, widget.cells
        time.sleep(0.01)  # what it holds may change without a trait that does


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with tb.connect(embedded=True, home=tmp_path_factory.mktemp("home")) as client:
        yield client


@pytest.fixture(scope="module")
def project(client):
    return client.create_project(
        "A red rocket over the sea", title="LIFT OFF", options={"variations": 2}
    )


@pytest.mark.slow
def test_every_kind_of_image_is_an_item(tmp_path, client, sample_path):
    (tmp_path / "sea view.jpg").write_bytes(jpeg())
    frame = client.upload(sample_path).generate_thumbnail(time=2, width=320, height=180)
    painted = Image.new("RGBA", (90, 160))
    grid = ImageGrid([jpeg(), painted])
    grid.add(tmp_path / "sea view.jpg", str(tmp_path / "sea view.jpg"), frame)
    assert [cell["size"] for cell in grid.cells] == [
        [640, 360],
        [90, 160],
        [640, 360],
        [640, 360],
        [320, 180],
    ]
    assert [cell["caption"] for cell in grid.cells] == ["", "", "sea view", "sea view", "0:02.0"]
    assert [image.size for image in grid.images] == [SIZE, (90, 160), SIZE, SIZE, (320, 180)]
    assert grid.items[1] is painted
    assert ImageGrid(jpeg()).count == ImageGrid(painted).count == ImageGrid(frame).count == 1


@pytest.mark.parametrize(
    ("item", "says"),
    [
        (b"no picture", "These bytes cannot be shown"),
        ("nowhere/at/all.jpg", "There is no image"),
        ("https://example.com/a.jpg", "not fetched"),
        (3, "type int is no image"),
        (None, "type NoneType is no image"),
    ],
)
def test_what_is_no_image_is_refused_and_nothing_is_added(item, says):
    with pytest.raises(errors.InvalidInput, match=says):
        ImageGrid(item)
    grid = ImageGrid([jpeg()])
    with pytest.raises(errors.InvalidInput, match=says):
        grid.add(jpeg(), item)
    assert grid.count == 1


def test_choosing(tmp_path):
    grid = ImageGrid([jpeg("red"), jpeg("green"), jpeg("blue")], starred=[2], labels=["a", "b"])
    grid.selected = [2, 0]
    assert [item is grid.items[i] for item, i in zip(grid.selected_items, [2, 0], strict=True)]
    frame = grid.to_frame()
    assert list(frame["label"]) == ["a", "b", ""]
    assert list(frame["starred"]) == [False, False, True]
    assert list(frame["selected"]) == [True, False, True]
    assert list(frame["width"]) == [640] * 3
    with pytest.raises(errors.InvalidInput, match=r"no image 3.*There are 3"):
        grid.selected = [3]
    with pytest.raises(errors.InvalidInput, match="1 to 24 columns"):
        grid.columns = 0
    grid.set_state({"selected": [1, 7, "x", True], "starred": "no", "focused": 9})
    assert (grid.selected, grid.starred, grid.focused) == ([1], [], -1)
    reported = {"selected": [2, 7], "focused": 1, "sent": ["somebody", 1]}
    grid._handle_custom_msg({"kind": "set", "traits": reported}, [])
    assert (grid.selected, grid.focused, grid.error) == ([2], 1, "")
    grid.clear()
    assert (grid.count, grid.selected) == (0, [])


def test_copies_are_no_larger_than_asked_and_one_message_each():
    grid = ImageGrid([jpeg(size=(1280, 720)), jpeg(size=(100, 60))])
    first, second = (cell["id"] for cell in grid.cells)
    browser = Browser(grid)
    browser.want([first, 240], [second, 240], [999_999_999, 240])
    assert browser.copy(first).size == (240, 135)
    assert browser.copy(second).size == (100, 60)
    assert browser.sent == []


@pytest.mark.slow
def test_results_of_a_job_take_the_places_that_waited_for_them(project):
    job = project.start()
    grid = ImageGrid([jpeg()], selected=[0])
    grid.watch(job)
    with grid.event_lock:  # the number of its results may come at any time
        grid.add(jpeg())
        grid.starred = [grid.count - 1]
    waiting = grid.cells[1]
    browser = Browser(grid)
    browser.want([waiting["id"], 320])  # asked for before it is there
    assert browser.copy(waiting["id"]).size == (320, 180)
    results = job.result()
    until(grid, lambda: grid.items[1:3] == list(results))
    assert grid.cells[1]["id"] == waiting["id"]
    assert (grid.selected, grid.starred) == ([0], [3])  # what was chosen is chosen still
    row = grid.to_frame().loc[1]
    assert (row.prompt, row.title, row.credits) == ("A red rocket over the sea", "LIFT OFF", 1.0)
    assert row.score_legibility > 0
    assert len(ImageGrid(job).snapshot_images()) == 2


def test_a_job_that_fails_says_why_in_its_place(client):
    job = client.run.submit(424242)
    grid = ImageGrid(job)
    until(grid, lambda: grid.cells[0].get("state") == "failed")
    assert "There is no run 424242" in grid.cells[0]["error"]
    assert grid.items == [None]
    assert grid.images == []


def test_a_job_tried_again_takes_the_places_that_stayed_empty():
    async def half():
        report_partial([jpeg("red")])
        report_progress("generating", 0.5, done=1, total=2)
        raise errors.Unavailable("In trouble.")

    async def whole():
        return [jpeg("green"), jpeg("blue")]

    grid, failed = ImageGrid(), Job("generate", half)
    grid.watch(failed)
    grid.add(jpeg("white"))
    grid.starred = [grid.count - 1]
    until(grid, lambda: [cell.get("state") for cell in grid.cells] == [None, "failed", None])
    first, _, last = grid.cells
    grid.watch(again := Job("generate", whole), instead_of=failed)
    again.result()
    until(grid, lambda: grid.count == 4 and None not in grid.items)
    assert grid.items[1:3] == again.result()
    assert (grid.cells[0], grid.cells[3]) == (first, last)
    assert grid.starred == [3]


@pytest.mark.slow
def test_a_job_whose_result_is_no_image_says_so_in_its_place(client, sample_path):
    client.upload(sample_path)
    job = client.videos.submit()
    grid = ImageGrid(job)
    until(grid, lambda: all(cell.get("state") == "failed" for cell in grid.cells))
    ended = ImageGrid(job)
    assert grid.count == ended.count == len(job.result())
    for cell in [*grid.cells, *ended.cells]:
        assert "type Video is no image" in cell["error"]


@pytest.mark.slow
def test_the_facts_of_a_result_come_from_service_ledger_and_file(project):
    grid = ImageGrid(project.generate())
    body, _ = Browser(grid).ask("facts", id=grid.cells[0]["id"])
    facts = body["answer"]
    assert (facts["prompt"], facts["title"]) == ("A red rocket over the sea", "LIFT OFF")
    assert (facts["credits"], facts["format"]) == (1.0, "JPEG")
    assert facts["size"] == grid.cells[0]["size"]
    assert facts["seed"] == grid.items[0].seed
    assert {"applied"} <= {outcome for _, outcome, _ in facts["report"]}
    assert facts["scores"]["legibility"] > 0


def test_facts_are_bounded_and_json(tmp_path):
    facts = Facts((1, 1), "PNG", 1, prompt="x" * 10_000, scores={"a": float("nan")})
    facts = replace(facts, report=[("o", "applied", "y" * 10_000)] * 1000)
    text = json.dumps(facts_state(facts), allow_nan=False)
    assert len(text) < 200_000
    assert json.loads(text)["scores"] == {"a": None}


def test_one_is_saved_as_it_was_made_and_several_in_a_zip(project, tmp_path):
    (result, _) = results = project.generate(take=0)
    grid = ImageGrid([*results, Image.new("RGB", (8, 8))], title="Take: one/two")
    ids = [cell["id"] for cell in grid.cells]
    browser = Browser(grid)
    body, (data,) = browser.ask("download", ids=ids[:1])
    assert body["answer"] == {"name": "001-lift-off.jpg", "type": "image/jpeg"}
    assert data == result.bytes
    body, (data,) = browser.ask("download", ids=ids)
    assert body["answer"] == {"name": "take-one-two.zip", "type": "application/zip"}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["001-lift-off.jpg", "002-lift-off.jpg", "003-thumbnail.png"]
        assert archive.read("001-lift-off.jpg") == result.bytes
    body, _ = browser.ask("download", ids=[12345678])
    assert "no longer there" in body["error"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../Etc: PASSWD?", "etc-passwd"),
        ("東京 タワー", "東京-タワー"),
        ("<>|*", ""),
        ("a" * 99, "a" * 48),
    ],
)
def test_names_of_files_are_safe(text, name):
    assert slug(text) == name
