"""The base of the widgets that show images in cells: what is chosen, and what the browser asks."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING, Any

import traitlets

from thumbnb import errors
from thumbnb.widgets.core.synced_traits import Int, List, Text
from thumbnb.widgets.core.text import error_text
from thumbnb.widgets.core.widget import Widget, handles
from thumbnb.widgets.grid.download import bundle
from thumbnb.widgets.grid.grid_cell import facts_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from thumbnb.client.images.display import DisplayImage
    from thumbnb.widgets.grid.grid_cell import Cell

# The widths of copies, in pixels, and how many are asked for in a message.
WIDTHS = (16, 4096)
MAX_REQUESTED = 500


class ImageCells(Widget):
    """Cells with images: ``cells`` is what the browser knows of each before it asks for more.

    Traits: ``selected`` and ``starred`` (lists of indices), ``focused`` (the index of the
    cell the keyboard is at, -1 before that), ``title``, ``titles`` and ``durations`` (of the
    videos in the feed view, one for all or one each), ``error``. Indices count from 0.
    """

    selected = List(help="The indices of those selected, in the order of choice.")
    starred = List(help="The indices of those starred, in the order of choice.")
    focused = Int(-1, help="The index of the cell the keyboard is at; -1 before that.")
    title = Text(help="What stands above them.")
    titles = List(help="Titles of the videos in the feed view, one for all or one each.")
    durations = List(help="Durations in the feed view, such as '12:47', one for all or one each.")
    cells = List(help="What is known of each cell before its image is asked for.")

    # The traits that are lists of indices.
    index_traits: tuple[str, ...] = ("selected", "starred")

    def __init__(self, **traits: Any) -> None:
        self._held: Sequence[Cell] = []
        self._requested: dict[int, set[int]] = {}
        super().__init__(**traits)

    @property
    def count(self) -> int:
        """How many cells there are."""
        return len(self._held)

    def _hold(self, cells: Sequence[Cell]) -> None:
        """Hold these cells; what is chosen of them stays chosen."""
        places = {cell: index for index, cell in enumerate(cells)}
        before = self._held
        chosen = {
            name: [places[before[i]] for i in getattr(self, name) if before[i] in places]
            for name in self.index_traits
        }
        focused = before[self.focused] if 0 <= self.focused < len(before) else None
        self._held = cells
        with self.hold_sync():
            self._update_cells()
            for name, indices in chosen.items():
                setattr(self, name, indices)
            self.focused = places.get(focused, -1) if focused else -1

    def _cell_states(self) -> list[dict[str, Any]]:
        return [cell.state() for cell in self._held]

    def _update_cells(self, _: object = None) -> None:
        self.cells = self._cell_states()

    @traitlets.validate("selected", "starred")
    def _only_places(self, proposal: Any) -> list[int]:
        indices = list(dict.fromkeys(proposal.value))
        for index in indices:
            if type(index) is not int or not 0 <= index < len(self._held):
                raise errors.InvalidInput(
                    f"There is no image {index!r}.",
                    hint=f"There are {len(self._held)}, counted from 0.",
                )
        return indices

    def interpret(self, traits: dict[str, Any]) -> dict[str, Any]:
        """Leave out what there is no cell of; the browser may not know that yet."""
        known, kept = range(len(self._held)), dict(traits)
        for name in self.index_traits:
            if name in traits:
                indices = traits[name] if isinstance(traits[name], list) else []
                kept[name] = [i for i in indices if type(i) is int and i in known]
        if traits.get("focused", -1) not in known:
            kept.pop("focused", None)
        return traits if kept == traits else kept

    # -- what the browser asks ----------------------------------------------------

    @handles("copies")
    async def _copies(self, *, wanted: list[tuple[int, int]]) -> None:
        """Send copies, a message each; one of an image that is waited for when it is there."""
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
        """Return what is known of an image."""
        (shown,) = self._images_of([id])
        return facts_state(await shown.facts())

    @handles("download")
    async def _download(self, *, ids: list[int]) -> tuple[dict[str, Any], list[bytes]]:
        """Return one image as it was made, or several in a zip."""
        places = {cell.id: index for index, cell in enumerate(self._held)}
        shown = self._images_of(ids)
        numbered = [(places[id] + 1, each) for id, each in zip(ids, shown, strict=True)]  # noqa: A001
        name, kind, data = await bundle(numbered, self.title)
        return {"name": name, "type": kind}, [data]

    @handles("png")
    async def _png(self, *, id: int) -> tuple[dict[str, Any], list[bytes]]:  # noqa: A002
        """Return an image as a PNG, which is what a clipboard takes."""
        (shown,) = self._images_of([id])
        await shown.encoded()
        return {}, [await asyncio.to_thread(_png, shown)]

    def _images_of(self, ids: list[int]) -> list[DisplayImage]:
        cells = {cell.id: cell.image for cell in self._held}
        found = [cells.get(number) for number in ids]
        shown = [each for each in found if each]
        if not shown or len(shown) < len(found):
            raise errors.InvalidInput("This image is no longer there.")
        return shown


def _png(shown: DisplayImage) -> bytes:
    buffer = io.BytesIO()
    shown.image().save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()
