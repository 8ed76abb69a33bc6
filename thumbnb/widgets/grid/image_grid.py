"""The image grid: images appear as they are made, are chosen, compared and downloaded."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import traitlets
from PIL import Image

from thumbnb import errors
from thumbnb.client.images.display import display_image
from thumbnb.client.images.image import StoredImage
from thumbnb.client.runtime.job import Job
from thumbnb.widgets.core import trait_updates
from thumbnb.widgets.core.synced_traits import Choice, Int, List, Text
from thumbnb.widgets.core.text import error_text
from thumbnb.widgets.core.widget import Widget, handles
from thumbnb.widgets.grid.download import bundle
from thumbnb.widgets.grid.grid_cell import Cell, facts_state

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from thumbnb.client.images.display import DisplayImage, Facts, Source

# The widths of copies, in pixels, and how many are asked for in a message.
WIDTHS = (16, 4096)
MAX_REQUESTED = 500
# The images in a saved notebook, and their width in pixels.
SNAPSHOT_COUNT = 12
SNAPSHOT_WIDTH = 320


@dataclass(eq=False)
class _Block:
    """The cells of a job, one for each image it makes."""

    job: Job[Any]
    cells: list[Cell] = field(default_factory=lambda: [Cell()])
    unwatch: Callable[[], None] = lambda: None


class ImageGrid(
    Widget,
    front_end="image_grid.js",
):
    """Images side by side, to look at, choose from, compare and download.

    An item is a result, a thumbnail, a Pillow image, a path, or the bytes of
    a file; ``items`` may also be one of these, or a job, whose results then appear as
    they are made. Indices count from 0.

    Traits: ``selected`` and ``starred`` (lists of indices), ``focused`` (the index of the
    cell the keyboard is at, -1 before that), ``view`` (``grid``, ``compare`` or ``feed``),
    ``columns`` (None: as many as fit), ``title``, ``labels`` (what stands under each
    picture), ``titles`` and ``durations`` (of the videos in the feed view, one for all or
    one each), ``error``.

    >>> grid = ImageGrid(title="First ideas")
    >>> grid.add(Image.new("RGB", (1280, 720), "navy"), Image.new("RGB", (1280, 720), "teal"))
    >>> grid.starred = [1]
    >>> grid
    <ImageGrid title='First ideas', count=2, selected=[], starred=[1]>
    """

    repr_traits = ("title", "count", "selected", "starred")

    selected = List(help="The indices of those selected, in the order of choice.")
    starred = List(help="The indices of those starred, in the order of choice.")
    focused = Int(-1, help="The index of the cell the keyboard is at; -1 before that.")
    view = Choice(("grid", "compare", "feed"), "grid", help="How they are shown.")
    columns = Int(None, allow_none=True, help="How many in a row; None: as many as fit.")
    title = Text(help="What stands above them.")
    labels = traitlets.List(traitlets.Unicode(), help="What stands under each picture.")
    titles = List(help="Titles of the videos in the feed view, one for all or one each.")
    durations = List(help="Durations in the feed view, such as '12:47', one for all or one each.")
    cells = List(help="What is known of each cell before its picture is asked for.")

    def __init__(self, items: Iterable[Source] | Source | Job[Any] = (), /, **traits: Any) -> None:
        self._held: list[Cell] = []
        self._requested: dict[int, set[int]] = {}
        self._blocks: list[_Block] = []
        chosen = {name: traits.pop(name) for name in ("selected", "starred") if name in traits}
        traits["title"] = traits.get("title") or ""
        super().__init__(**traits)
        if isinstance(items, Job):
            self.watch(items)
        else:
            self.extend(items)
        for name, indices in chosen.items():
            setattr(self, name, indices)

    # -- what it holds ------------------------------------------------------------

    def add(self, *items: Source) -> None:
        """Add images at the end."""
        self.extend(items)

    def extend(self, items: Iterable[Source] | Source) -> None:
        """Add images at the end. Raises InvalidInput, and then adds none of them."""
        cells = [Cell(display_image(item)) for item in _each(items)]
        with self.event_lock:
            self._hold([*self._held, *cells])
        self.update_snapshot()

    def clear(self) -> None:
        """Remove all images, and watch no job any more."""
        with self.event_lock:
            for block in self._blocks:
                block.unwatch()
            self._blocks.clear()
            self._requested.clear()
            self._hold([])
        self.update_snapshot()

    def watch(self, job: Job[Any], *, instead_of: Job[Any] | None = None) -> None:
        """Show a job's results as they are made; until then, cells that wait for them.

        They stand at the end, or where those of ``instead_of``, a job watched before,
        did not come.
        """
        block = _Block(job)
        with self.event_lock:
            before = next((each for each in self._blocks if each.job is instead_of), None)
            self._hold(self._with(block, before))

        def changed(_: Job[Any]) -> None:
            trait_updates.shared.call(self, partial(self._update_block, block))

        self._blocks.append(block)
        block.unwatch = job.watch(changed)
        with self.event_lock:
            self._update_block(block)  # as far as it is already
            self._update_cells()

    def _with(self, block: _Block, before: _Block | None) -> list[Cell]:
        """Return the cells with those of a block, and without the one's before that are empty."""
        if before is None:
            return [*self._held, *block.cells]
        before.unwatch()
        self._blocks.remove(before)
        at = self._held.index(before.cells[0]) if before.cells else len(self._held)
        there = [cell for cell in before.cells if cell.image]
        return [*self._held[:at], *there, *block.cells, *self._held[at + len(before.cells) :]]

    def _update_block(self, block: _Block) -> None:
        """Update the cells of a job."""
        if block not in self._blocks:
            return  # cleared meanwhile
        job, cells = block.job, block.cells
        made, why = _made_by(job)
        total = len(made) if job.state == "done" else max(job.progress.total or 1, len(made))
        grown = cells[:total] + [Cell() for _ in range(total - len(cells))]
        for cell, item in zip(grown, made, strict=False):
            cell.set_image(item)
        for cell in grown[len(made) :]:
            cell.error = "" if cell.image else why
        if grown == cells:
            self.set_later(cells=self._cell_states)  # one by one they come faster than can be seen
        else:
            at = self._held.index(cells[0]) if cells else len(self._held)
            self._hold([*self._held[:at], *grown, *self._held[at + len(cells) :]])
            block.cells = grown
        ready = [cell for cell in grown if cell.image]
        Job("copies", lambda: self._deliver(ready))
        if job.done() and not any(cell.waiting for cell in self._held):
            self.update_snapshot()

    def _hold(self, cells: list[Cell]) -> None:
        """Hold these cells; what is chosen of them stays chosen."""
        places = {cell: index for index, cell in enumerate(cells)}
        before = self._held
        chosen = {
            name: [places[before[i]] for i in getattr(self, name) if before[i] in places]
            for name in ("selected", "starred")
        }
        focused = before[self.focused] if 0 <= self.focused < len(before) else None
        self._held = cells
        with self.hold_sync():
            self._update_cells()
            self.selected, self.starred = chosen["selected"], chosen["starred"]
            self.focused = places.get(focused, -1) if focused else -1

    def _cell_states(self) -> list[dict[str, Any]]:
        labels = [*self.labels, *[""] * len(self._held)]
        return [cell.state(label) for cell, label in zip(self._held, labels, strict=False)]

    @traitlets.observe("labels")
    def _update_cells(self, _: object = None) -> None:
        self.cells = self._cell_states()

    @traitlets.validate("selected", "starred")
    def _only_places(self, proposal: Any) -> list[int]:
        indices = list(dict.fromkeys(proposal.value))
        for index in indices:
            if type(index) is not int or not 0 <= index < len(self._held):
                raise errors.InvalidInput(
                    f"There is no image {index!r}.",
                    hint=f"The grid has {len(self._held)}, counted from 0.",
                )
        return indices

    @traitlets.validate("columns")
    def _some_columns(self, proposal: Any) -> int | None:
        if proposal.value is not None and not 1 <= proposal.value <= 24:  # noqa: PLR2004
            raise errors.InvalidInput("A grid has 1 to 24 columns, or None: as many as fit.")
        return proposal.value  # type: ignore[no-any-return]

    def interpret(self, traits: dict[str, Any]) -> dict[str, Any]:
        """Leave out what the grid does not hold; the browser may not know that yet."""
        known, kept = range(len(self._held)), dict(traits)
        for name in ("selected", "starred"):
            if name in traits:
                indices = traits[name] if isinstance(traits[name], list) else []
                kept[name] = [i for i in indices if type(i) is int and i in known]
        if traits.get("focused", -1) not in known:
            kept.pop("focused", None)
        return traits if kept == traits else kept

    # -- looking at it ------------------------------------------------------------

    @property
    def count(self) -> int:
        """How many cells there are."""
        return len(self._held)

    @property
    def items(self) -> list[Any]:
        """The pictures as they were given; None where one is waited for, or failed."""
        return [cell.source for cell in self._held]

    @property
    def selected_items(self) -> list[Any]:
        """Those of the pictures that are selected."""
        items = self.items
        return [items[index] for index in self.selected if items[index] is not None]

    @property
    def images(self) -> list[Image.Image]:
        """The pictures that are there as Pillow images, full size."""
        shown = [cell.image for cell in self._held if cell.image]

        async def fetch() -> None:
            await asyncio.gather(*(each.encoded() for each in shown if not each.here))

        Job("load", fetch).result()
        return [each.image() for each in shown]

    def to_frame(self) -> pd.DataFrame:
        """Return a DataFrame, a row a cell.

        Columns: state, label, starred, selected, width, height, prompt, title, preset,
        seed, credits, time, id, job_id, run_id, and a ``score_...`` column for each measure.
        """
        import pandas as pd  # noqa: PLC0415  - a quarter of a second, when it is wanted

        cells, states = list(self._held), self._cell_states()

        async def ask() -> list[Facts | None]:
            return await asyncio.gather(*(_facts(cell.image) for cell in cells))

        facts = Job("facts", ask).result()
        known = zip(states, facts, strict=True)
        rows = [self._row(index, *each) for index, each in enumerate(known)]
        frame = pd.DataFrame(rows)
        frame.index.name = "index"
        return frame

    def _row(self, index: int, state: dict[str, Any], facts: Facts | None) -> dict[str, Any]:
        row = {
            "state": state.get("state", "there"),
            "label": state["caption"],
            "starred": index in self.starred,
            "selected": index in self.selected,
            "width": facts and facts.size[0],
            "height": facts and facts.size[1],
        }
        plain = "prompt title preset seed credits time id job_id run_id"
        row |= {name: getattr(facts, name, None) for name in plain.split()}
        scores = facts.scores if facts else {}
        return row | {f"score_{name}": value for name, value in scores.items()}

    def snapshot_images(self) -> Sequence[Image.Image]:
        """Return the first that are here, small."""
        here = [cell.image for cell in self._held if cell.image and cell.image.here]
        return [_small(each) for each in here[:SNAPSHOT_COUNT]]

    # -- what the browser asks ----------------------------------------------------

    @handles("copies")
    async def _copies(self, *, wanted: list[tuple[int, int]]) -> None:
        """Send copies, a message each; one of a picture that is waited for when it is there."""
        cells = {cell.id: cell for cell in self._held}
        ready = []
        for number, width in wanted[:MAX_REQUESTED]:
            if cell := cells.get(int(number)):
                self._requested.setdefault(cell.id, set()).add(
                    min(max(int(width), *WIDTHS[:1]), WIDTHS[1])
                )
                ready += [cell] if cell.image else []
        await self._deliver(ready)

    async def _deliver(self, cells: Iterable[Cell]) -> None:
        requested = [(cell, width) for cell in cells for width in self._requested.pop(cell.id, ())]
        await asyncio.gather(*(self._send_copy(*each) for each in requested))

    async def _send_copy(self, cell: Cell, width: int) -> None:
        about = {"kind": "copy", "id": cell.id, "width": width}
        try:
            data = await cell.image.small(width) if cell.image else b""
        except Exception as error:  # noqa: BLE001  - whoever asked is told
            self.send({**about, "error": error_text(error)})
        else:
            self.send(about, [data])

    @handles("facts")
    async def _facts_of(self, *, id: int) -> dict[str, Any]:  # noqa: A002  - the browser's word
        """Return what is known of a picture."""
        (shown,) = self._images_of([id])
        return facts_state(await shown.facts())

    @handles("download")
    async def _download(self, *, ids: list[int]) -> tuple[dict[str, Any], list[bytes]]:
        """Return one picture as it was made, or several in a zip."""
        places = {cell.id: index for index, cell in enumerate(self._held)}
        shown = self._images_of(ids)
        numbered = [(places[id] + 1, each) for id, each in zip(ids, shown, strict=True)]  # noqa: A001
        name, kind, data = await bundle(numbered, self.title)
        return {"name": name, "type": kind}, [data]

    def _images_of(self, ids: list[int]) -> list[DisplayImage]:
        cells = {cell.id: cell.image for cell in self._held}
        found = [cells.get(number) for number in ids]
        shown = [each for each in found if each]
        if not shown or len(shown) < len(found):
            raise errors.InvalidInput("This picture is no longer in the grid.")
        return shown


def _each(items: Any) -> list[Any]:
    single = isinstance(items, str | bytes | bytearray | os.PathLike | Image.Image | StoredImage)
    return [items] if single or not isinstance(items, Iterable) else list(items)


def _made_by(job: Job[Any]) -> tuple[list[Any], str]:
    """Return what a job has made so far, and why there will be no more."""
    if job.state == "running":
        return list(job.partial), ""
    if job.state == "done":
        return _each(job.result()), ""
    error = job.exception()
    return list(job.partial), error_text(error) if error else "It was cancelled."


async def _facts(shown: DisplayImage | None) -> Facts | None:
    return await shown.facts() if shown else None


def _small(shown: DisplayImage) -> Image.Image:
    image = shown.image().copy()
    image.thumbnail((SNAPSHOT_WIDTH, SNAPSHOT_WIDTH))
    return image
