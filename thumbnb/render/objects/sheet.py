"""Contact sheets of the objects: ``python -m thumbnb.render.objects.sheet FOLDER [NAME ...]``.

Written are pages of objects at 600 px on light (``large-01-light.png``) and on dark ground,
``small.png`` with all of them at 72 px on both, and what ``lint`` finds is told.
"""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from thumbnb.render.objects.gallery import drawings
from thumbnb.render.objects.lint import faults, is_fatal, shared_names
from thumbnb.render.objects.painting import draw

if TYPE_CHECKING:
    from collections.abc import Sequence

logger = logging.getLogger(__name__)

LARGE, SMALL = 600, 72
GROUNDS = {"light": "#d9e2ee", "dark": "#171425"}
_ACROSS, _DOWN = 4, 3
_SMALL_ACROSS = 20


def paint_sheets(folder: Path, names: Sequence[str], large: int = LARGE) -> list[Path]:
    """Draw objects onto contact sheets in a folder; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    art = {name: draw(name, large, cache=folder / "cache") for name in names}
    written = []
    page = _ACROSS * _DOWN
    for number, first in enumerate(range(0, len(names), page), 1):
        some = {name: art[name] for name in names[first : first + page]}
        for ground, colour in GROUNDS.items():
            path = folder / f"large-{number:02}-{ground}.png"
            _grid(some, _ACROSS, colour, label=True).save(path)
            written.append(path)
    tiny = {
        name: image.resize((SMALL, SMALL), Image.Resampling.LANCZOS) for name, image in art.items()
    }
    rows = [_grid(tiny, _SMALL_ACROSS, colour) for colour in GROUNDS.values()]
    both = Image.new("RGB", (rows[0].width, sum(row.height for row in rows)))
    for i, row in enumerate(rows):
        both.paste(row, (0, i * row.height))
    both.save(folder / "small.png")
    return [*written, folder / "small.png"]


def _grid(
    art: dict[str, Image.Image], across: int, ground: str, *, label: bool = False
) -> Image.Image:
    side = next(iter(art.values())).width
    down = -(-len(art) // across)
    sheet = Image.new("RGB", (min(across, len(art)) * side, down * side), ground)
    pen = ImageDraw.Draw(sheet)
    for i, (name, image) in enumerate(art.items()):
        x, y = i % across * side, i // across * side
        sheet.paste(image, (x, y), image)
        if label:
            pen.text((x + 6, y + 4), name, fill="#808080", font_size=side / 24)
    return sheet


def main() -> None:
    """Read the command line, lint and draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="all drawings of ours if none is named")
    parser.add_argument("--size", type=int, default=LARGE, help="pixels of the large ones")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    ours = drawings()
    names = arguments.names or list(ours)
    found = {name: faults(ours[name]) for name in names if name in ours}
    wrong = [f"{name}: {fault}" for name, listed in found.items() for fault in listed]
    wrong += shared_names(ours.values())
    for fault in wrong:
        logger.warning("%s", fault)
    drawable = [name for name in names if not any(map(is_fatal, found.get(name, ())))]
    if drawable:
        for path in paint_sheets(arguments.folder, drawable, arguments.size):
            logger.info("%s", path)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
