"""The drawings of ours: one SVG file each, read when one is first asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from thumbnb.render.objects.illustration import Illustration, parse
from thumbnb.render.svg_files import svg_files

FOLDER = Path(__file__).parent / "drawings"


@cache
def drawings() -> dict[str, Illustration]:
    """Return all of them by name, in the order of the alphabet."""
    found = map(parse, svg_files(FOLDER))
    return {drawing.name: drawing for drawing in found}
