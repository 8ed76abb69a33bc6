"""The image grid: images appear as they are made, are chosen, compared and downloaded."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import traitlets

from thumbnb import errors
from thumbnb.client.images.display import display_image
from thumbnb.client.purchases.assets import image_list
from thumbnb.client.runtime.job import Job
from thumbnb.text.short_repr import short_repr
from thumbnb.widgets.core import trait_updates
from thumbnb.widgets.core.synced_traits import Choice, Int, List, Text
from thumbnb.widgets.core.text import error_text
from thumbnb.widgets.core.widget import handles
from thumbnb.widgets.grid.grid_cell import Cell
from thumbnb.widgets.grid.image_cells import ImageCells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import pandas as pd
    from PIL import Image

    from thumbnb.client.images.display import DisplayImage, Facts, Source

# The images in a saved notebook, and their width in pixels.
SNAPSHOT_COUNT = 12
SNAPSHOT_WIDTH = 320
# The traits with a text for each.
_TEXTS = ("labels", "titles", "durations")


@dataclass(eq=False)
class _Block:
    """The cells of a job, one for each image it makes."""

    job: Job[Any]
    cells: list[Cell] = field(default_factory=lambda: [Cell()])
    unwatch: Callable[[], None] = lambda: None


class ImageGrid(ImageCells, front_end="image_grid.js"):
    """Images side by side, to look at, choose from, compare and download.

    An item is a result, a thumbnail, a Pillow image, a path, or the bytes of
    a file; ``items`` may also be one of these, or a job, whose results then appear as
    they are made. Indices count from 0.

    Traits: ``selected`` and ``starred`` (lists of indices), ``focused`` (the index of the
    cell the keyboard is at, -1 before that), ``view`` (``grid``, ``compare`` or ``feed``),
    ``columns`` (None: as many as fit), ``title``, ``labels`` (what stands under each
    image), ``titles`` and ``durations`` (of the videos in the feed view, one for all or
    one each), ``sort`` (``starred`` or ``score``; empty: as they were made), ``show``
    (``all`` or ``starred``), ``order`` (the indices of those shown, in their order),
    ``error``. What is sorted or not shown keeps its index.

    >>> from PIL import Image
    >>> grid = ImageGrid(title="First ideas")
    >>> grid.add(Image.new("RGB", (1280, 720), "navy"), Image.new("RGB", (1280, 720), "teal"))
    >>> grid.starred = [1]
    >>> grid
    <ImageGrid title='First ideas', count=2, selected=[], starred=[1]>
    """

    repr_traits = ("title", "count", "selected", "starred")

    view = Choice(("grid", "compare", "feed"), "grid", help="How they are shown.")
    columns = Int(None, allow_none=True, help="How many in a row; None: as many as fit.")
    labels = traitlets.List(traitlets.Unicode(), help="What stands under each image.")
    sort = Choice(("", "starred", "score"), "", help="What they are sorted by; empty: as made.")
    show = Choice(("all", "starred"), "all", help="Which of them are shown.")
    order = List(help="The indices of those shown, in their order.")
    removed = Int(0, help="How many were removed last, which restore() brings back.")
    more = Text(help="What more like one of them costs; empty where it cannot be asked for.")

    def __init__(self, items: Iterable[Source] | Source | Job[Any] = (), /, **traits: Any) -> None:
        self._blocks: list[_Block] = []
        self._cells: Sequence[Cell] = []  # with those that are removed
        self._removed: list[list[Cell]] = []
        self._texts: dict[str, dict[Cell, str]] = {name: {} for name in _TEXTS}
        self._make_more: Callable[[Any], None] | None = None
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
            self._hold([*self._cells, *cells])
        self.update_snapshot()

    def remove(self, *images: Any) -> None:
        """Remove images from the grid, each by its index or by itself; they stay where they are.

        ``restore()`` brings back those removed last. Raises InvalidInput for what is not there.
        """
        with self.event_lock:
            cells = [self._cell_of(image) for image in images]
            for cell in cells:
                cell.is_removed = True
            if cells:
                self._removed.append(cells)
            self._rearrange()

    def restore(self) -> None:
        """Bring back what was removed last."""
        with self.event_lock:
            for cell in self._removed.pop() if self._removed else ():
                cell.is_removed = False
            self._rearrange()

    def offer_more(self, make: Callable[[Any], None]) -> None:
        """Offer to make more like an image: ``make(image)`` is called; ``more`` says the price."""
        self._make_more = make

    def clear(self) -> None:
        """Remove all images, and watch no job any more."""
        with self.event_lock:
            for block in self._blocks:
                block.unwatch()
            self._blocks.clear()
            self._requested.clear()
            self._removed.clear()
            self.removed = 0
            self._hold([])
        self.update_snapshot()

    def watch(self, job: Job[Any], *, instead_of: Job[Any] | None = None) -> None:
        """Show a job's results as they are made; until then, cells that wait for them.

        They stand at the end, or where those of ``instead_of``, a job watched before,
        did not come.
        """
        if not isinstance(job, Job) or not isinstance(instead_of, Job | None):
            raise errors.InvalidInput(
                f"A grid watches jobs, not {short_repr(job)}.",
                hint="Get one with .submit(...) or project.start().",
            )
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
            return [*self._cells, *block.cells]
        before.unwatch()
        self._blocks.remove(before)
        at = self._cells.index(before.cells[0]) if before.cells else len(self._cells)
        there = [cell for cell in before.cells if cell.image]
        return [*self._cells[:at], *there, *block.cells, *self._cells[at + len(before.cells) :]]

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
            # One by one they come faster than can be seen.
            self.set_later(cells=self._cell_states, order=self._ordered)
        else:
            at = self._cells.index(cells[0]) if cells else len(self._cells)
            self._hold([*self._cells[:at], *grown, *self._cells[at + len(cells) :]])
            block.cells = grown
        ready = [cell for cell in grown if cell.image]
        Job("copies", lambda: self._deliver(ready))
        if job.done() and not any(cell.waiting for cell in self._held):
            self.update_snapshot()

    def _cell_states(self) -> list[dict[str, Any]]:
        labels = [*self.labels, *[""] * len(self._held)]
        return [cell.state(label) for cell, label in zip(self._held, labels, strict=False)]

    def _hold(self, cells: Sequence[Cell]) -> None:
        self._cells = list(cells)
        super()._hold([cell for cell in cells if not cell.is_removed])

    def _update_cells(self, _: object = None) -> None:
        with self.hold_sync():
            super()._update_cells()
            self.order = self._ordered()

    @traitlets.observe("sort", "show", "starred")
    def _update_order(self, _: object) -> None:
        self.order = self._ordered()

    def _ordered(self) -> list[int]:
        """Return the indices of those to be shown, in their order."""
        starred = set(self.starred)
        shown = [i for i in range(len(self._held)) if self.show == "all" or i in starred]
        if self.sort == "starred":
            shown.sort(key=lambda index: index not in starred)
        elif self.sort == "score":
            shown.sort(key=lambda index: -self._held[index].score)
        return shown

    # -- removing -----------------------------------------------------------------

    def _cell_of(self, image: Any) -> Cell:
        """Return the cell of an index or an image. Raises InvalidInput."""
        index = image if type(image) is int else None
        if index is not None and -len(self._held) <= index < len(self._held):
            return self._held[index]
        for cell in self._held:
            if index is None and image is not None and cell.source is image:
                return cell
        raise errors.InvalidInput(
            f"There is no image {short_repr(image)} in the grid.",
            hint=f"There are {len(self._held)}, counted from 0.",
        )

    def _rearrange(self) -> None:
        """Hold what is not removed; each keeps its label, its title and its duration."""
        several = [name for name in _TEXTS if self._has_one_each(name)]
        for name in several:
            self._texts[name].update(zip(self._held, getattr(self, name), strict=False))
        with self.hold_sync():
            self._hold(self._cells)
            for name in several:
                setattr(self, name, [self._texts[name].get(cell, "") for cell in self._held])
            self.removed = len(self._removed[-1]) if self._removed else 0
        self.update_snapshot()

    def _has_one_each(self, name: str) -> bool:
        """Whether a trait has a text for each image, and not one for all."""
        given = len(getattr(self, name))
        is_last = len(self._held) == 1 and bool(self._texts[name])
        return given > 1 or (given == 1 and (name == "labels" or is_last))

    @traitlets.observe("labels")
    def _show_labels(self, _: object) -> None:
        self._update_cells()

    @traitlets.validate("columns")
    def _some_columns(self, proposal: Any) -> int | None:
        if proposal.value is not None and not 1 <= proposal.value <= 24:  # noqa: PLR2004
            raise errors.InvalidInput("A grid has 1 to 24 columns, or None: as many as fit.")
        return proposal.value  # type: ignore[no-any-return]

    # -- looking at it ------------------------------------------------------------

    @property
    def items(self) -> list[Any]:
        """The images as they were given; None where one is waited for, or failed."""
        return [cell.source for cell in self._held]

    @property
    def selected_items(self) -> list[Any]:
        """The selected images."""
        items = self.items
        return [items[index] for index in self.selected if items[index] is not None]

    @property
    def images(self) -> list[Image.Image]:
        """The images that are there as Pillow images, full size."""
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

        async def fetch() -> list[Facts | None]:
            return await asyncio.gather(*(_facts(cell.image) for cell in cells))

        facts = Job("facts", fetch).result()
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

    @handles("remove")
    def _answer_remove(self, *, ids: list[int]) -> None:
        """Remove the cells with these ids; those that are gone already are left alone."""
        places = [index for index, cell in enumerate(self._held) if cell.id in ids]
        trait_updates.shared.call(self, self.catch_errors(lambda: self.remove(*places)))

    @handles("restore")
    def _answer_restore(self) -> None:
        trait_updates.shared.call(self, self.catch_errors(self.restore))

    @handles("more")
    def _answer_more(self, *, id: int) -> None:  # noqa: A002  - the browser's word
        make = self._make_more
        (shown,) = self._images_of([id])
        if make is None:
            raise errors.InvalidInput("More like it cannot be made from here.")
        trait_updates.shared.call(self, self.catch_errors(lambda: make(shown.source)))


def _each(items: Any) -> list[Any]:
    """Return one item, or several, as a list; a list within it (results, say) is gone through."""
    listed = [None] if items is None else image_list(items)
    return [each for item in listed for each in (item if isinstance(item, list) else [item])]


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
