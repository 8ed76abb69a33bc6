"""The board's own view: a sweep's cells as a table that fills, as a list, compared, in a feed."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import traitlets

from thumbnb import errors
from thumbnb.client.runtime.job import Job
from thumbnb.widgets.board.board_axes import LABEL_JOINT, BoardAxis, arrangement, board_axes
from thumbnb.widgets.board.board_cell import BoardCell
from thumbnb.widgets.board.board_order import FILTERS, Choices, ordered, sorts
from thumbnb.widgets.board.brief.cell_brief import brief_state, difference
from thumbnb.widgets.board.progress_words import progress_state
from thumbnb.widgets.core import trait_updates
from thumbnb.widgets.core.synced_traits import Choice, Dict, Int, List, Text
from thumbnb.widgets.core.widget import handles
from thumbnb.widgets.grid.image_cells import ImageCells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PIL import Image

    from thumbnb.tuning.sweep_run import SweepRun

MODES = ("table", "list", "compare", "feed")
# Pixels an image is wide in the table.
SIZES = (110, 420)
MAX_NOTE = 500
# What is kept for the next board of the same axes.
VIEW_TRAITS = ("rows", "columns", "tabs", "mode", "sort", "show", "size", "focused")


class BoardView(ImageCells, front_end="board_view.js"):
    """The cells of a sweep's run: a table with sticky labels, or a list, a pair, a feed.

    Traits: ``rows`` and ``columns`` (names of axes, or ""), ``tabs`` (the place shown of each
    further axis, by name), ``mode`` (``table``, ``list``, ``compare`` or ``feed``), ``sort``
    ("", ``rating``, ``duel`` or ``score:`` and a score's name), ``show`` (which cells outside
    the table: ``all``, ``starred``, ``kept``, ``rated3``, ``rated4``, ``rejected``,
    ``failed`` or ``top``), ``size`` (pixels an image is wide in the table), ``ratings`` (1 to
    5) and ``notes`` by index, ``rejected``, ``starred``, ``selected`` and ``focused`` (indices
    of cells, in the order of the axes), ``error``. Choices are kept in the ledger.
    """

    repr_traits = ("count", "mode", "rows", "columns")
    index_traits = ("selected", "starred", "rejected")

    axes = List(help="The axes along which cells differ: a name and labels each.")
    rows = Text(help="The axis down the side.")
    columns = Text(help="The axis along the top.")
    tabs = Dict(help="The place shown of each further axis.")
    mode = Choice(MODES, "table", help="How the cells are shown.")
    sort = Text(help="What the cells are sorted by, outside the table.")
    sorts = List(help="What they can be sorted by.")
    show = Choice(FILTERS, "all", help="Which cells are shown, outside the table.")
    order = List(help="The indices of the cells shown outside the table, in their order.")
    size = Int(190, help="Pixels an image is wide in the table.")
    rejected = List(help="The indices of those rejected.")
    ratings = Dict(help="Ratings of 1 to 5, by index.")
    notes = Dict(help="Notes, by index.")
    progress = Dict(help="How far the run is, and what it cost.")

    def __init__(self, run: SweepRun, **traits: Any) -> None:
        self.run = run
        self._by_id: dict[str, BoardCell] = {}
        self._board_axes: list[BoardAxis] = []
        self._strengths: dict[str, float] = {}
        self._reading = False
        self._changed: set[str] = set()
        self._changed_lock = threading.Lock()
        self._is_scheduled = False
        self._open_in_studio: Callable[[BoardCell], None] | None = None
        self._unsubscribe: Callable[[], None] = lambda: None
        self._pictured: tuple[list[int], list[Image.Image]] = [], []
        super().__init__()
        self._read_cells()
        self._unsubscribe = run.subscribe(self._on_change)
        self._take_changes()  # what happened between
        self._restore_view_state()
        for name, value in traits.items():
            setattr(self, name, value)
        self.observe(self._save_view_state, VIEW_TRAITS)
        self.observe(lambda _: self._update_order(), ["sort", "show"])
        self.observe(self._keep_choices, ["starred", "rejected", "ratings", "notes"])

    def close(self) -> None:
        """Close it, and follow its run no more."""
        self._unsubscribe()
        super().close()

    # -- the cells ----------------------------------------------------------------

    def _read_cells(self) -> None:
        """Read which cells and axes there are; cells that were there stay as they were."""
        cells = self.run.cells
        axes = [(axis.name, axis.labels) for axis in self.run.axes]
        self._board_axes = board_axes(axes, [cell.indexes for cell in cells])
        held = [self._by_id.setdefault(cell.id, BoardCell(cell)) for cell in cells]
        for index, cell in enumerate(held):
            cell.at = [axis.places[index] for axis in self._board_axes]
            cell.position_text = LABEL_JOINT.join(
                axis.labels[place] for axis, place in zip(self._board_axes, cell.at, strict=True)
            )
            cell.update(self.run.result(cell.cell.id))
        # They are made in another order, so that something comparable is seen early.
        held.sort(key=lambda cell: cell.at)
        self._hold(held)
        titles = {cell.cell.fields.get("title") or "" for cell in held}
        self.titles = list(titles) if len(titles) == 1 else []  # else each image's own
        with self.hold_sync():
            self.axes = [{"name": each.name, "labels": each.labels} for each in self._board_axes]
            names = [axis.name for axis in self._board_axes]
            if self.rows not in names or self.columns not in {*names, ""}:
                self.rows, self.columns = arrangement(self._board_axes)
                self.mode = "table" if self.columns else "list"
            self.tabs = {name: self.tabs.get(name, 0) for name in names}
        self._read_choices(range(len(held)))
        self._show_progress()

    @property
    def held(self) -> Sequence[BoardCell]:
        """The cells, in the order of the run's."""
        return self._held  # type: ignore[return-value]  # what _read_cells holds

    def _on_change(self, ids: frozenset[str]) -> None:
        """Note what changed; it is shown soon, on the thread that sets traits."""
        with self._changed_lock:
            self._changed |= ids
            if self._is_scheduled:
                return
            self._is_scheduled = True
        trait_updates.shared.call(self, self._take_changes)

    def _take_changes(self) -> None:
        with self._changed_lock:
            ids, self._changed, self._is_scheduled = self._changed, set(), False
        if len(self.run.cells) != len(self._held):
            self._read_cells()
        places = {cell.cell.id: index for index, cell in enumerate(self.held)}
        indices = [places[each] for each in ids if each in places]
        moved = [
            cell
            for cell in (self.held[index] for index in indices)
            if cell.update(self.run.result(cell.cell.id))
        ]
        self._read_choices(indices)
        self.set_later(cells=self._cell_states)
        self._show_progress(reorder=bool(moved))
        if fresh := [cell for cell in moved if cell.made]:
            Job("copies", lambda: self._deliver(fresh))
        if self.run.state != "running":
            self.update_snapshot()

    def _show_progress(self, *, reorder: bool = True) -> None:
        self.set_later(progress=lambda: progress_state(self.run))
        if reorder:  # what is only rated stays where it is, under the pointer
            self.set_later(sorts=lambda: sorts(self.held), order=self._ordered)

    # -- sorted and filtered ------------------------------------------------------

    def _ordered(self) -> list[int]:
        choices = Choices(self.starred, self.rejected, self.ratings)
        return ordered(
            self.held, choices, sort=self.sort, show=self.show, strengths=self._strengths
        )

    def _update_order(self) -> None:
        if self.sort != "duel":
            self.order = self._ordered()
            return

        async def read() -> dict[str, float]:
            table = await asyncio.to_thread(lambda: self.run.duel().standings())
            return dict(zip(table["cell"], table["strength"], strict=True))

        def show(strengths: dict[str, float]) -> None:
            self._strengths = strengths
            self.order = self._ordered()

        self.start_job("strengths", read, then=show, latest=True)

    # -- choices ------------------------------------------------------------------

    def _read_choices(self, indices: Iterable[int]) -> None:
        """Read the choices of these cells as the ledger has them."""
        indices = [index for index in indices if self.held[index].made]
        choices = self.run.choices.many([self.held[index].cell.id for index in indices])
        starred, rejected = dict.fromkeys(self.starred), dict.fromkeys(self.rejected)
        ratings, notes = dict(self.ratings), dict(self.notes)
        for index in indices:
            cell, key = self.held[index], str(index)
            choice = choices[cell.cell.id]
            _mark(starred, index, choice.starred)
            _mark(rejected, index, choice.rejected)
            ratings[key], notes[key] = choice.rating, choice.note
        self._reading = True
        try:
            with self.hold_sync():
                self.starred, self.rejected = list(starred), list(rejected)
                self.ratings = {key: each for key, each in ratings.items() if each}
                self.notes = {key: each for key, each in notes.items() if each}
        finally:
            self._reading = False

    def _keep_choices(self, change: Any) -> None:
        """Keep in the ledger what the user has chosen."""
        if self._reading:
            return
        old, new, name = change.old, change.new, change.name
        if name in ("starred", "rejected"):
            altered = {index: index in new for index in set(old) ^ set(new)}
        else:
            name = name.removesuffix("s")
            empty = None if name == "rating" else ""
            keys = {key for key in {*old, *new} if old.get(key) != new.get(key)}
            altered = {int(key): new.get(key, empty) for key in keys}
        places = [index for index in altered if self.held[index].made]
        try:
            for index in places:
                changed: dict[str, Any] = {name: altered[index]}
                self.run.choices.set(self.held[index].cell.id, **changed)
        except errors.ThumbnbError as error:
            self.show_error(error)
        self._read_choices(altered)

    def interpret(self, traits: dict[str, Any]) -> dict[str, Any]:
        """Leave out choices of cells that are not there, and values that are none."""
        kept = dict(super().interpret(traits))
        places = {str(index) for index in range(len(self._held))}
        for name, is_value in (("ratings", _is_rating), ("notes", _is_note)):
            given = kept.get(name)
            if isinstance(given, dict):
                kept[name] = {
                    key: value for key, value in given.items() if key in places and is_value(value)
                }
        return traits if kept == traits else kept

    @traitlets.validate("rejected")
    def _only_rejectable(self, proposal: Any) -> list[int]:
        indices: list[int] = self._only_places(proposal)
        return indices

    @traitlets.validate("rows", "columns")
    def _only_axes(self, proposal: Any) -> str:
        names = [axis.name for axis in self._board_axes]
        if proposal.value and proposal.value not in names:
            raise errors.InvalidInput(
                f"There is no axis {proposal.value!r}.",
                hint=f"There are {', '.join(names) or 'none'}.",
            )
        return str(proposal.value)

    @traitlets.validate("size")
    def _some_size(self, proposal: Any) -> int:
        return int(min(max(proposal.value, SIZES[0]), SIZES[1]))

    # -- its place, kept for the next board of the same sweep ---------------------

    def _view_key(self) -> Any:
        return tuple((axis.name, tuple(axis.labels)) for axis in self._board_axes)

    def _save_view_state(self, _: object = None) -> None:
        _view_states.pop(self._view_key(), None)
        _view_states[self._view_key()] = {name: getattr(self, name) for name in VIEW_TRAITS}
        while len(_view_states) > MAX_VIEW_STATES:
            _view_states.pop(next(iter(_view_states)))

    def _restore_view_state(self) -> None:
        if state := _view_states.get(self._view_key()):
            for name, value in state.items():
                setattr(self, name, value)
            self.focused = min(self.focused, len(self._held) - 1)
            self._update_order()

    # -- what a saved notebook shows ----------------------------------------------

    def snapshot_images(self) -> Sequence[Image.Image]:
        """Return the contact sheet, with the labels of both axes."""
        made = [cell.id for cell in self.held if cell.made]
        if made and made != self._pictured[0]:  # it takes a while to paint
            self._pictured = made, [self.run.snapshot()]
        return self._pictured[1]

    # -- what the browser asks ----------------------------------------------------

    @handles("brief")
    def _brief(self, *, id: int) -> dict[str, Any]:  # noqa: A002  - the browser's word
        """Return the whole brief of a cell."""
        cell = self._cell_of(id)
        return brief_state(cell.cell, self.run.result(cell.cell.id))

    @handles("difference")
    def _difference(self, *, first: int, second: int) -> dict[str, Any]:
        """Return how the briefs of two cells differ."""
        return difference(self._cell_of(first).cell, self._cell_of(second).cell)

    @handles("control")
    async def _control(self, *, action: str, ids: Sequence[int] = ()) -> None:
        """Pause, resume or stop the run, or retry cells that failed."""
        if action == "retry":
            for each in ids:  # nobody waits for it: the board shows how it goes
                self.run.retry.submit(self._cell_of(each).cell.id)
        elif action in ("pause", "resume", "stop"):
            await _called(getattr(self.run, action))
        else:
            raise errors.InvalidInput(f"A run is paused, resumed or stopped, not {action!r}.")
        self._on_change(frozenset())

    @handles("remix")
    def _remix(self, *, id: int) -> None:  # noqa: A002  - the browser's word
        """Open the studio with a cell's brief."""
        if self._open_in_studio is None:
            raise errors.InvalidInput("There is no studio here.", hint="Show tb.SweepBoard(run).")
        self._open_in_studio(self._cell_of(id))

    def on_remix(self, open_in_studio: Callable[[BoardCell], None]) -> None:
        """Have this called with the cell whose brief is to be opened in the studio."""
        self._open_in_studio = open_in_studio

    def _cell_of(self, number: int) -> BoardCell:
        found = next((cell for cell in self.held if cell.id == number), None)
        if found is None:
            raise errors.InvalidInput("This cell is no longer on the board.")
        return found


# The place of the boards shown last, by their axes.
MAX_VIEW_STATES = 20
_view_states: dict[Any, dict[str, Any]] = {}


async def _called(method: Any, *arguments: Any) -> None:
    """Call a method of a run, whichever way it waits."""
    if hasattr(method, "aio"):
        await method.aio(*arguments)
    else:
        await asyncio.to_thread(method, *arguments)


def _mark(indices: dict[int, None], index: int, on: bool) -> None:
    if on:
        indices[index] = None
    else:
        indices.pop(index, None)


def _is_rating(value: Any) -> bool:
    return type(value) is int and 1 <= value <= 5  # noqa: PLR2004  - as Choices.set takes them


def _is_note(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MAX_NOTE
