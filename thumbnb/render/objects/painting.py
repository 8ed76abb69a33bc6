"""Drawing an object: a name, a size and colours become an RGBA image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.errors import InvalidInput
from thumbnb.render.objects.cache import kept
from thumbnb.render.objects.finish import finished
from thumbnb.render.objects.gallery import drawings
from thumbnb.render.objects.kit import fill_in
from thumbnb.render.objects.raster import rasterise
from thumbnb.render.objects.tint import TINT, tinted
from thumbnb.render.objects.vocabulary.longtail import CREDIT, long_tail

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PIL import Image

    from thumbnb.render.objects.illustration import Illustration

# The images of the long tail fill theirs; ours keep room for a rim.
_MARGIN = 0.05


def describe(name: str) -> Illustration:
    """Return what is known of an object; ``InvalidInput`` if there is none of that name."""
    found = drawings().get(name) or long_tail().get(name)
    if found is None:
        raise InvalidInput(
            f"No object is called {name!r}.", hint="objects.search('...') lists what can be drawn."
        )
    return found


def credit(name: str) -> str | None:
    """Return the attribution that showing an object requires; ``None`` for our own."""
    return CREDIT if describe(name).source == "twemoji" else None


def draw(
    name: str,
    size: int = 600,
    colours: Mapping[str, str] | str | None = None,
    *,
    mood: str = "",
    cache: Path | None = None,
) -> Image.Image:
    """Draw an object, ``size`` pixels wide and high, as RGBA.

    ``colours`` replaces those of its slots (``describe(name).slots``) by ``#rrggbb``; a
    single one replaces the main colour. ``mood`` ("angry", "guilty", "sad", ...) is what an animal
    of ours feels. What is drawn is kept in the folder ``cache``.
    ``InvalidInput`` for an unknown name or size, ``ValueError`` for a wrong colour,
    ``MediaError`` without resvg.
    """
    which = describe(name)
    if which.source == "drawn":
        svg = fill_in(which, colours, mood)
        how = "finish" if which.finish else "plain"
    else:
        svg = which.path.read_text("utf-8")
        how = "gloss"
        tint = colours if isinstance(colours, str) else (colours or {}).get(TINT)
        if tint:
            svg = tinted(svg, tint)

    def paint() -> Image.Image:
        if how == "gloss":
            return _glossy(svg, size)
        image = rasterise(svg, size)
        return finished(image) if how == "finish" else image

    return paint() if cache is None else kept(cache, svg, size, how, paint)


def _glossy(svg: str, size: int) -> Image.Image:
    from PIL import Image  # noqa: PLC0415

    from thumbnb.render.objects.gloss import gloss  # noqa: PLC0415 - numpy, for the tail only

    edge = round(size * _MARGIN)
    whole = Image.new("RGBA", (size, size))
    whole.paste(rasterise(svg, max(16, size - 2 * edge)), (edge, edge))
    return gloss(whole)
