"""A duel's view: two images at a time, chosen between by arrow keys, blind."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.text.short_repr import short_repr
from thumbnb.widgets.board.board_cell import BoardCell
from thumbnb.widgets.core import trait_updates
from thumbnb.widgets.core.synced_traits import Bool, Choice, Dict, Int, List
from thumbnb.widgets.core.text import shortened
from thumbnb.widgets.core.widget import handles
from thumbnb.widgets.grid.image_cells import ImageCells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    from thumbnb.tuning.duel.duel import Duel

OUTCOMES = ("left", "right", "tie")
# Rows of the standings, and images in a saved notebook.
MAX_ROWS = 8
SNAPSHOT_COUNT = 3
SNAPSHOT_WIDTH = 320
MAX_TITLE = 100


class DuelView(ImageCells, front_end="duel_view.js"):
    """Two images at a time, of which the better one is chosen by a click or an arrow key.

    They stand side by side, or as a video site shows them. The keys are the left and right
    arrows, down for a tie, and u to undo. Traits: ``mode``
    (``pair`` or ``feed``), ``blind`` (no labels), ``pair`` (the two indices; empty when there
    is nothing more to ask), ``votes``, ``verdict`` (``clear``, ``sentence`` and the ``top``
    indices), ``standings``, ``error``. Votes are kept in the ledger.

    >>> tb.DuelView(run.duel())  # doctest: +SKIP
    """

    repr_traits = ("count", "votes")

    mode = Choice(("pair", "feed"), "pair", help="How the two are shown.")
    blind = Bool(True, help="Whether they are shown without their labels.")
    pair = List(help="The indices of the two; empty when there is nothing more to ask.")
    votes = Int(0, help="How many votes there are.")
    verdict = Dict(help="Whether the winner is clear, and a sentence that says so.")
    standings = List(help="The strongest so far, with intervals.")

    def __init__(self, duel: Duel, **traits: Any) -> None:
        if not hasattr(duel, "candidates"):
            raise errors.InvalidInput(
                f"duel is what run.duel() returns, not {short_repr(duel)}.",
                hint="duel = run.duel()",
            )
        self.duel = duel
        self._changing = asyncio.Lock()
        self._waiting = 0  # changes that wait for another
        super().__init__()
        held = [BoardCell(duel.run.cell(each)) for each in duel.candidates]
        for cell in held:
            cell.position_text = cell.cell.title
            cell.update(duel.run.result(cell.cell.id))
        self._hold(held)
        self.blind = duel.blind
        self.titles = [_video_title(held)]
        self._show(self._read() | self._read_standings())
        for name, value in traits.items():
            setattr(self, name, value)

    @property
    def held(self) -> Sequence[BoardCell]:
        """The candidates."""
        return self._held  # type: ignore[return-value]  # what __init__ holds

    # -- how it stands ------------------------------------------------------------

    def _read(self) -> dict[str, Any]:
        """Read what is asked next and whether the winner is clear, as traits."""
        duel, positions, verdict = self.duel, self._positions(), self.duel.verdict
        return {
            "pair": [positions[each] for each in duel.pair or ()],
            "votes": duel.votes,
            "verdict": {
                "clear": bool(verdict.clear),
                "sentence": verdict.sentence,
                "top": [positions[each] for each in verdict.top],
            },
        }

    def _read_standings(self) -> dict[str, Any]:
        """Read the strongest so far, as a trait; the first time, this may take seconds."""
        if not self.duel.votes:
            return {"standings": []}
        positions = self._positions()
        table = self.duel.standings().head(MAX_ROWS).to_dict("records")
        rows = [
            {
                "index": positions[row["cell"]],
                "best": round(float(row["p_best"]), 3),
                **{name: round(float(row[name]), 3) for name in ("strength", "low", "high")},
            }
            for row in table
        ]
        return {"standings": rows}

    def _positions(self) -> dict[str, int]:
        return {cell.cell.id: index for index, cell in enumerate(self.held)}

    def _show(self, state: dict[str, Any]) -> None:
        with self.hold_sync():
            for name, value in state.items():
                setattr(self, name, value)
        self.update_snapshot()

    def snapshot_images(self) -> Sequence[Image.Image]:
        """Return the first of the standings, small; before any vote, the pair."""
        positions = [row["index"] for row in self.standings] or self.pair
        here = [self.held[place].image for place in positions[:SNAPSHOT_COUNT]]
        images = [shown.image().copy() for shown in here if shown and shown.here]
        for image in images:
            image.thumbnail((SNAPSHOT_WIDTH, SNAPSHOT_WIDTH))
        return images

    # -- what the browser asks ----------------------------------------------------

    @handles("vote")
    async def _vote(self, *, left: int, right: int, outcome: Any) -> None:
        """Vote on the pair that was seen; one that is asked no more is left alone."""
        if outcome not in OUTCOMES:
            raise errors.InvalidInput(f"A vote is one of {', '.join(OUTCOMES)}.")
        seen = [cell.cell.id for each in (left, right) for cell in self.held if cell.id == each]
        if tuple(seen) == tuple(self.duel.pair or ()):
            await self._change(lambda: self.duel.vote(outcome))

    @handles("undo")
    async def _undo(self) -> None:
        """Take the last vote back."""
        if self.duel.votes:
            await self._change(self.duel.undo)

    async def _change(self, act: Any) -> None:
        """Change the duel: the next pair is shown at once, the standings when they are known."""

        def change() -> dict[str, Any]:
            act()
            return self._read()

        self._waiting += 1
        async with self._changing:
            self._waiting -= 1
            for read in (change, self._read_standings):
                if read is change or not self._waiting:
                    state = await asyncio.to_thread(read)
                    trait_updates.shared.call(self, partial(self._show, state))


def _video_title(cells: Sequence[BoardCell]) -> str:
    """Return the title of the video in the feed: the same for both, or it would tell them apart."""
    fields = cells[0].cell.fields if cells else {}
    return shortened(str(fields.get("title") or fields.get("prompt") or ""), MAX_TITLE)
