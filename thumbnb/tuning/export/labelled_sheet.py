"""A contact sheet with the axes' labels beside the images: wrapped, never cut."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw

from thumbnb.imaging.small_copy import small_copy
from thumbnb.render.type.fonts import Face, face_for, load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.tuning.cell_run import CellRun
    from thumbnb.tuning.space.axis import Axis
    from thumbnb.tuning.space.cell import Cell

TILE = (320, 180)
GAP = 8
_MARGIN = 16
_LINE = 1.35  # the distance of lines, in sizes
_SIZE = 15
_INK, _FAINT, _GROUND, _EMPTY = "#1b1b1b", "#5f6368", "#ffffff", "#eceff1"
MAX_SIDE = 12_000  # beyond it many programs open no image


@dataclass(frozen=True)
class _Block:
    """The cells of one combination of the further axes, as a table of rows and columns."""

    heading: str
    cells: dict[tuple[int, int], list[Cell]]


def labelled_sheet(run: CellRun, *, rows: str | None = None, columns: str | None = None,
                   tile_width: int = TILE[0]) -> Image.Image:  # fmt: skip
    """Return all images of a run in a table of two axes; further axes are blocks below it.

    ``rows`` and ``columns`` name the axes, else the first two. Takes stand side by side. A
    sheet that would be too large has smaller tiles.
    """
    across, down = _axes(run, rows, columns)
    blocks = _blocks(run, across, down)
    tile = (tile_width, round(tile_width * TILE[1] / TILE[0]))
    while tile[0] > 80:  # noqa: PLR2004  - smaller tiles show nothing
        sheet = _Sheet(run, (across, down), blocks, tile)
        if max(sheet.size) <= MAX_SIDE:
            break
        tile = (tile[0] * 3 // 4, tile[1] * 3 // 4)
    return sheet.paint()


def _axes(run: CellRun, rows: str | None, columns: str | None) -> tuple[Axis | None, Axis | None]:
    """Return the axis across and the axis down."""
    named = {axis.name: axis for axis in run.axes}
    free = [axis for axis in run.axes if axis.name not in {rows, columns}]
    across = named.get(columns) if columns else (free.pop(0) if free else None)
    down = named.get(rows) if rows else (free.pop(0) if free else None)
    return across, down


def _blocks(run: CellRun, across: Axis | None, down: Axis | None) -> list[_Block]:
    found: dict[tuple[int, ...], _Block] = {}
    further = [axis for axis in run.axes if axis not in (across, down)]
    place = {axis.name: number for number, axis in enumerate(run.axes)}
    for cell in sorted(run.cells, key=lambda cell: (cell.indexes, cell.take)):
        key = tuple(cell.indexes[place[axis.name]] for axis in further)
        if key not in found:
            labels = ", ".join(f"{axis.name}: {cell.labels[axis.name]}" for axis in further)
            found[key] = _Block(labels, {})
        at = (
            cell.indexes[place[down.name]] if down else 0,
            cell.indexes[place[across.name]] if across else 0,
        )
        found[key].cells.setdefault(at, []).append(cell)
    return list(found.values())


class _Sheet:
    """The places of everything on the sheet, in pixels."""

    def __init__(
        self,
        run: CellRun,
        axes: tuple[Axis | None, Axis | None],
        blocks: Sequence[_Block],
        tile: tuple[int, int],
    ) -> None:
        across, down = axes
        takes = max((len(c) for block in blocks for c in block.cells.values()), default=1)
        self._run, self._tile, self._takes = run, tile, takes
        self._blocks = blocks
        self._columns = list(across.labels) if across else [""]
        self._rows = list(down.labels) if down else [""]
        self._names = (across.name if across else "", down.name if down else "")
        self._cell = (takes * (tile[0] + GAP) - GAP, tile[1])
        self._left = self._row_width()
        heads = [_wrapped(_head(self._names[0], each), self._cell[0]) for each in self._columns]
        self._heads = heads
        self._head = round(max((len(h) for h in heads), default=0) * _SIZE * _LINE) + GAP
        sides = [_wrapped(_head(self._names[1], each), self._left - GAP) for each in self._rows]
        self._sides = sides
        self._heights = [max(tile[1], round(len(s) * _SIZE * _LINE)) + GAP for s in sides]
        width = self._left + len(self._columns) * (self._cell[0] + GAP)
        self._titles = [_wrapped(block.heading, width) for block in blocks]
        tall = [round(len(t) * _SIZE * _LINE) + self._head + sum(self._heights) + GAP * 2
                for t in self._titles]  # fmt: skip
        self.size = (width + 2 * _MARGIN, sum(tall) + 2 * _MARGIN)

    def _row_width(self) -> int:
        """Return the width of the labels at the left: as wide as they need, within reason."""
        if not any(self._rows):
            return 0
        longest = max(_width(_head(self._names[1], each)) for each in self._rows)
        return min(math.ceil(longest) + GAP * 2, 260)

    def paint(self) -> Image.Image:
        """Paint it."""
        sheet = Image.new("RGB", self.size, _GROUND)
        draw = ImageDraw.Draw(sheet)
        top = _MARGIN
        for block, title in zip(self._blocks, self._titles, strict=True):
            top = _write(draw, (_MARGIN, top), title, _INK)
            for number, head in enumerate(self._heads):
                left = _MARGIN + self._left + number * (self._cell[0] + GAP)
                _write(draw, (left, top), head, _INK)
            top += self._head
            for row, (side, height) in enumerate(zip(self._sides, self._heights, strict=True)):
                _write(draw, (_MARGIN, top), side, _INK)
                for column in range(len(self._columns)):
                    left = _MARGIN + self._left + column * (self._cell[0] + GAP)
                    self._paint_cells(sheet, draw, block.cells.get((row, column), []), left, top)
                top += height
            top += GAP * 2
        return sheet

    def _paint_cells(
        self, sheet: Image.Image, draw: Any, cells: Sequence[Cell], left: int, top: int
    ) -> None:
        for number, cell in enumerate(cells):
            at = (left + number * (self._tile[0] + GAP), top)
            result = self._run.result(cell.id)
            if result.image is None:
                box = (*at, at[0] + self._tile[0] - 1, at[1] + self._tile[1] - 1)
                draw.rectangle(box, fill=_EMPTY)
                _write(draw, (at[0] + GAP, at[1] + GAP), [result.state], _FAINT)
                continue
            small = small_copy(result.image.image, self._tile)
            spare = [(t - s) // 2 for t, s in zip(self._tile, small.size, strict=True)]
            sheet.paste(small, (at[0] + spare[0], at[1] + spare[1]))
            choice = self._run.choices.get(cell.id)
            if marks := "★" * choice.starred + (f" {choice.rating}" if choice.rating else ""):
                text = marks.replace("★", "*").strip()
                box = (at[0], at[1], at[0] + round(_width(text)) + 10, at[1] + _SIZE + 8)
                draw.rectangle(box, fill=_INK)
                _write(draw, (at[0] + 5, at[1] + 3), [text], "#ffd54f")


def _head(name: str, label: str) -> str:
    return f"{name}: {label}" if label else ""


@lru_cache(maxsize=2048)
def _font(text: str) -> Any:
    face, _ = face_for(text, Face("Montserrat", 500))
    return load(face, _SIZE)


def _width(text: str) -> float:
    return float(_font(text).getlength(text)) if text else 0.0


def _wrapped(text: str, width: float) -> list[str]:
    """Return a text in lines of at most that width; a word that is longer is broken."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        while _width(word) > width:
            cut = next(n for n in range(len(word), 0, -1) if n == 1 or _width(word[:n]) <= width)
            lines += [line] * bool(line)
            line = ""
            lines.append(word[:cut])
            word = word[cut:]  # noqa: PLW2901
        longer = f"{line} {word}".strip()
        if _width(longer) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, *[line] * bool(line)]


def _write(draw: Any, at: tuple[int, int], lines: Sequence[str], colour: str) -> int:
    """Write lines and return where the next would begin."""
    top = at[1]
    for number, line in enumerate(lines):
        draw.text((at[0], round(at[1] + number * _SIZE * _LINE)), line, fill=colour,
                  font=_font(line))  # fmt: skip
        top = round(at[1] + (number + 1) * _SIZE * _LINE)
    return top
