"""A board of a small sweep, and the kernel's side of it, for tests of its page alone."""

from __future__ import annotations

import inspect
from functools import partial

from tests.widgets.page import settled
from tests.widgets.small_sweep import SmallRun
from thumbnb.client.runtime.job import Job
from thumbnb.widgets.board import board_view
from thumbnb.widgets.board.board_view import BoardView

CELL = ".thumbnb-table-cell"


def board_of(run: SmallRun | None = None, *, finished: bool = True) -> BoardView:
    run = run or SmallRun()
    if finished:
        run.finish()
    board_view._view_states.clear()
    view = BoardView(run)  # type: ignore[arg-type]
    settled(view)
    return view


def answer(blank, view, done: set) -> None:
    """Answer what the page has asked since, as Python does."""
    for number, sent in enumerate(blank.sent):
        content = sent["content"]
        if number in done or content["kind"] == "set":
            continue
        done.add(number)
        if content["kind"] == "copies":
            cells = {cell.id: cell for cell in view.held}
            for cell, width in content["wanted"]:
                blank.send({"kind": "copy", "id": cell, "width": width}, cells[cell].source)
            continue
        body = {k: v for k, v in content.items() if k not in ("kind", "number")}
        made = view._handlers[content["kind"]](view, **body)
        if inspect.iscoroutine(made):
            made = Job("answer", partial(_itself, made)).result()
        blank.send({"number": content["number"], "answer": made})


def _itself(coroutine):
    return coroutine


def asked(blank, kind: str) -> list:
    return [each["content"] for each in blank.sent if each["content"]["kind"] == kind]
