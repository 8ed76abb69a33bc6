"""The board, without a browser: its axes, what it shows, what it keeps, what it is asked."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

import thumbnb as tb
from tests.widgets.page import Page, settled, when
from tests.widgets.small_sweep import COLOURS, SmallRun
from thumbnb import errors
from thumbnb.tuning.cell_result import CellResult
from thumbnb.tuning.space.cell import Cell
from thumbnb.widgets.board import board_view
from thumbnb.widgets.board.board_axes import arrangement, board_axes
from thumbnb.widgets.board.board_view import BoardView
from thumbnb.widgets.board.sweep_board import SweepBoard


@pytest.fixture(autouse=True)
def _no_view_states(monkeypatch):
    monkeypatch.setattr(board_view, "_view_states", {})


@pytest.fixture
def run():
    return SmallRun()


def index_of(view, cell_id):
    return next(at for at, cell in enumerate(view.held) if cell.cell.id == cell_id)


# -- axes -------------------------------------------------------------------------


def test_axes_are_rows_columns_and_tabs(run):
    view = BoardView(run)
    assert [axis["name"] for axis in view.axes] == ["mood", "colour", "preset"]
    assert (view.rows, view.columns, view.mode) == ("colour", "mood", "table")
    assert view.tabs["preset"] == 0
    assert view.cells[0]["at"] == [0, 0, 0]
    assert view.cells[-1]["at"] == [2, 3, 1]
    assert [cell["at"] for cell in view.cells] == sorted(cell["at"] for cell in view.cells)
    with pytest.raises(errors.InvalidInput, match=r"no axis 'moods'.*mood, colour, preset"):
        view.rows = "moods"


def test_axes_that_vary_together_are_one_and_takes_are_a_further_one():
    axes = board_axes(
        [("a", ("1", "2", "never")), ("b", ("x", "y")), ("same", ("only",))],
        [(0, 0, 0), (1, 1, 0), (0, 0, 0), (1, 1, 0)],
    )
    assert [axis.name for axis in axes] == ["a + b", "take"]
    assert axes[0].labels == ["1 · x", "2 · y"]
    assert axes[1].labels == ["take 1", "take 2"]
    assert axes[1].places == [0, 0, 1, 1]
    assert board_axes([], [()]) == []
    assert arrangement([]) == ("", "")


def test_one_axis_is_a_list_at_first():
    view = BoardView(SmallRun({"mood": ("Calm", "Excited")}))
    assert (view.rows, view.columns, view.mode) == ("mood", "", "list")


def test_long_labels_go_down_the_side():
    view = BoardView(SmallRun({"prompt": ["a long prompt " * 9, "short"], "colour": "abcdef"}))
    assert view.rows == "prompt"


# -- what it shows ----------------------------------------------------------------


def test_cells_fill_as_they_land(run):
    view = BoardView(run)
    page = Page(view)
    first, second, third = (cell.cell.id for cell in view.held[:3])
    number = view.cells[0]["id"]
    page.ask("copies", wanted=[[number, 100]])  # before it is there
    run.set(second, "running")
    run.set(third, "failed", error="The service is <b>busy</b>. " * 30, credits=1.0)
    run.set(first, scores={"total": 0.754})
    when(view, "cells", lambda cells: cells[0].get("score") == 0.75)
    settled(view)
    assert "state" not in view.cells[0]
    assert view.cells[1]["progress"] == "running"
    assert view.cells[2]["progress"] == "failed"
    assert len(view.cells[2]["error"]) <= 160
    assert view.progress["words"] == "1 of 24 made · 1 failed · 2 credits spent"
    with page._came:
        assert page._came.wait_for(lambda: any(c.get("id") == number for c, _ in page.messages), 20)
    brief, _ = page.ask("brief", id=view.cells[2]["id"])
    assert brief["error"].startswith("The service is <b>busy</b>.")
    assert brief["cost"] == "1 credit"
    run.set(third, "failed", error="Refused.", credits=0.0)
    assert page.ask("brief", id=view.cells[2]["id"])[0]["cost"] == "Nothing was charged"


def test_the_brief_is_whole_and_said_once(run):
    view = BoardView(run)
    run.set(view.held[0].cell.id, cached=True)
    brief, _ = Page(view).ask("brief", id=view.cells[0]["id"])
    assert brief["labels"] == [["mood", "Calm"], ["colour", "yellow"], ["preset", "mrbeast-viral"]]
    assert brief["prompt"].startswith("Calm creator with a <b>yellow</b> background")
    assert brief["fields"] == [["title", "MY FIRST $1000"], ["background_blur", "50"]]
    assert brief["cost"] == "From the ledger, free"


def test_the_difference_of_two_briefs_is_word_by_word(run):
    view = BoardView(run)
    one, other = index_of(view, "0/0/0/0"), index_of(view, "0/1/1/0")
    ids = {"first": view.cells[one]["id"], "second": view.cells[other]["id"]}
    answer, _ = Page(view).ask("difference", **ids)
    prompt, preset = answer["fields"]
    parts = [[kind, text.strip()] for kind, text in prompt["parts"]]
    assert ["removed", "<b>yellow</b>"] in parts
    assert ["added", "<b>blue</b>"] in parts
    assert preset["parts"] == [["removed", "mrbeast-viral"], ["added", "tech-review"]]
    assert answer["same"] == ["title", "background_blur"]


def test_added_values_join_and_choices_stay_with_their_cells(run):
    view = BoardView(run)
    run.set("0/0/0/0")
    settled(view)
    view.starred = [index_of(view, "0/0/0/0")]
    run.axes[1].labels = ("black", *COLOURS)
    moved = [Cell(c.id, c.labels, c.fields, 0, _further(c.indexes)) for c in run.cells]
    new = run.new_cell((0, 0, 0), 1)
    run.cells, run.results[new.id] = (*moved, new), CellResult()
    run.tell()
    when(view, "cells", lambda cells: len(cells) == 25)
    assert view.axes[1]["labels"][:2] == ["black", "yellow"]
    assert view.held[view.starred[0]].cell.id == "0/0/0/0"
    assert view.starred != [0]


def _further(indexes):
    return indexes[0], indexes[1] + 1, indexes[2]


# -- choices ----------------------------------------------------------------------


def test_choices_go_to_the_ledger_and_come_from_it(run):
    view = BoardView(run)
    run.finish()
    settled(view)
    view.starred = [0, 2]
    view.ratings = {"0": 4}
    view.notes = {"2": "her <i>look</i>"}
    view.rejected = [1]
    choices = [run.choices.get(cell.cell.id) for cell in view.held[:3]]
    assert [(each.starred, each.rating, each.rejected, each.note) for each in choices] == [
        (True, 4, False, ""),
        (False, None, True, ""),
        (True, None, False, "her <i>look</i>"),
    ]
    view.starred, view.ratings = [2], {}
    assert not run.choices.get(view.held[0].cell.id).starred
    assert run.choices.get(view.held[0].cell.id).rating is None
    run.choices.set(view.held[5].cell.id, rating=2)  # somewhere else
    when(view, "ratings", lambda ratings: ratings == {"5": 2})
    again = BoardView(run)
    assert (again.starred, again.rejected, again.ratings) == ([2], [1], {"5": 2})
    assert again.notes == {"2": "her <i>look</i>"}


def test_a_choice_that_is_not_kept_is_taken_back_and_says_so(run):
    view = BoardView(run)
    run.finish()
    settled(view)
    run.choices.fails = errors.InvalidInput("The disk is full.")
    view.starred = [3]
    assert (view.starred, view.error) == ([], "The disk is full.")
    view.ratings = {"9": 3}
    assert view.ratings == {}


@pytest.mark.parametrize(
    ("sent", "taken"),
    [
        ({"ratings": {"0": 5, "1": 9, "99": 3, "x": 1}}, {"ratings": {"0": 5}}),
        ({"ratings": {"0": True}}, {"ratings": {}}),
        ({"notes": {"0": "n" * 501, "1": "fine"}}, {"notes": {"1": "fine"}}),
        ({"rejected": [0, 99, "1"], "focused": 500}, {"rejected": [0]}),
    ],
)
def test_the_browser_is_not_taken_at_its_word(run, sent, taken):
    assert BoardView(run).interpret(sent) == taken


def test_what_has_no_image_is_not_chosen(run):
    view = BoardView(run)
    view.starred = [0]
    assert run.choices.made == {}
    assert view.starred == [0]  # it had none to take back


# -- sorted, filtered -------------------------------------------------------------


def test_sorted_and_filtered(run):
    view = BoardView(run)
    run.finish()
    run.set(view.held[4].cell.id, "failed", error="No.")
    settled(view)
    view.ratings = {"3": 5, "7": 3, "1": 4}
    view.rejected = [0]
    assert [each["key"] for each in view.sorts] == [
        "", "rating", "duel", "score:total", "score:contrast",
    ]  # fmt: skip
    view.sort = "rating"
    assert view.order[:4] == [3, 1, 7, 0]
    view.show = "rated4"
    assert view.order == [3, 1]
    view.show = "kept"
    assert 0 not in view.order
    assert len(view.order) == 23
    view.show = "failed"
    assert view.order == [4]
    view.show, view.sort = "top", "score:total"
    assert len(view.order) == 10
    totals = [view.held[index].scores["total"] for index in view.order]
    assert totals == sorted(totals, reverse=True)
    view.show, view.sort = "all", "duel"
    when(view, "order", lambda order: order == list(reversed(range(24))))


def test_rated_cell_keeps_its_position_until_sorted(run):
    view = BoardView(run)
    run.finish()
    settled(view)
    view.sort = "rating"
    order = list(view.order)
    view.ratings = {"20": 5}
    settled(view)
    assert view.order == order
    view.sort = ""
    view.sort = "rating"
    assert view.order[0] == 20


def test_a_saved_notebook_shows_the_contact_sheet_painted_once(run):
    view = BoardView(run)
    assert view.snapshot_images() == []
    run.finish()
    settled(view)
    assert view.snapshot_images() is view.snapshot_images()
    assert len(view.snapshot_images()) == 1


# -- its place --------------------------------------------------------------------


def test_the_view_state_is_kept_for_the_next_board_of_the_same_sweep(run):
    view = BoardView(run)
    view.rows, view.columns = "preset", "colour"
    view.tabs = {**view.tabs, "mood": 2}
    view.focused, view.mode, view.size = 7, "list", 240
    again = BoardView(SmallRun())
    assert (again.rows, again.columns, again.tabs["mood"]) == ("preset", "colour", 2)
    assert (again.focused, again.mode, again.size) == (7, "list", 240)
    assert BoardView(SmallRun({"mood": ("Calm", "Glad")})).focused == -1


# -- the run ----------------------------------------------------------------------


def test_the_run_is_controlled(run):
    view = BoardView(run)
    page = Page(view)
    for action in ("pause", "resume", "stop"):
        page.ask("control", action=action)
    run.set(view.held[0].cell.id, "failed", error="No.")
    page.ask("control", action="retry", ids=[view.cells[0]["id"]])
    assert run.called == ["pause", "resume", "stop", f"retry {view.held[0].cell.id}"]
    with pytest.raises(RuntimeError, match="not 'delete'"):
        page.ask("control", action="delete")
    with pytest.raises(RuntimeError, match="no longer on the board"):
        page.ask("brief", id=-1)
    run.state, run.problem = "stopped", "No credits are left."
    run.tell()
    when(view, "progress", lambda progress: progress["problem"] == "No credits are left.")


def test_a_closed_board_follows_its_run_no_more(run):
    view = BoardView(run)
    view.close()
    run.finish()
    assert run._subscribers == []


def test_the_state_is_small():
    run = SmallRun({"mood": [f"mood {n}" for n in range(20)], "colour": "abcdefghij"})
    view = BoardView(run)
    run.finish()
    settled(view)
    assert len(view.cells) == 200
    assert len(str(view.get_state())) < 40_000


# -- remix ------------------------------------------------------------------------


@pytest.mark.slow
def test_a_cell_is_remixed_in_a_studio_of_its_own(tmp_path, run):
    with tb.connect(embedded=True, quiet=True, home=tmp_path) as client:
        run.sweep = SimpleNamespace(client=client)
        board = SweepBoard(run)
        for cell_id, preset in (("0/1/0/0", "mrbeast-viral"), ("2/0/1/0", "tech-review")):
            board.remix(cell_id)
            prompt = run.cell(cell_id).fields["prompt"]
            when(board.studio.form, "prompt", lambda now, prompt=prompt: now == prompt)
            settled(board.studio.form)
            given = board.studio.form.given()
            assert (given["preset"], given["title"]) == (preset, "MY FIRST $1000")
            assert given["options"].background_blur == 50
        assert tb.Studio(client).form is not board.studio.form
        assert tb.Studio(client).form.prompt == ""
        assert board.error == ""
