"""The kit: it fills a drawing's colours, lights and shadows in, and gives plain SVG.

A drawing names no colour ramp, gradient or filter of its own:

- ``$fur``, ``$fur+2``, ``$fur-3`` are steps of the colour ``fur`` of its metadata;
- ``url(#fur-ball)`` is that colour as the light falls on a form, one of ``FORMS``;
- ``url(#puff12)`` is one of the filters of ``filters``, 12 units large.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thumbnb.render.objects.filters import KINDS, filter_element
from thumbnb.render.objects.illustration import split
from thumbnb.render.objects.moods import in_mood
from thumbnb.render.objects.tones import tone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thumbnb.render.objects.illustration import Illustration

Stops = tuple[tuple[float, int], ...]

# A form: the tag of its gradient, the gradient's line, and (place, step of the ramp).
FORMS: dict[str, tuple[str, str, Stops]] = {
    "ball": (
        "radialGradient",
        'cx=".36" cy=".28" r=".82"',
        ((0, 3), (0.3, 1), (0.62, 0), (1, -2)),
    ),
    "body": ("linearGradient", 'x1=".2" y1="0" x2=".7" y2="1"', ((0, 2), (0.45, 0), (1, -2))),
    "down": ("linearGradient", 'x1="0" y1="0" x2="0" y2="1"', ((0, 1), (0.5, 0), (1, -1))),
    "hollow": ("linearGradient", 'x1="0" y1="0" x2="0" y2="1"', ((0, -5), (0.5, -3), (1, -1))),
    "tube": (
        "linearGradient",
        'x1="0" y1="0" x2="1" y2="0"',
        ((0, 0), (0.2, 2), (0.5, 0), (1, -3)),
    ),
    "bar": (
        "linearGradient",
        'x1="0" y1="0" x2="0" y2="1"',
        ((0, 0), (0.22, 3), (0.5, 0), (0.86, -3), (1, -2)),
    ),
    "metal": (
        "linearGradient",
        'x1="0" y1="0" x2="1" y2=".25"',
        ((0, -1), (0.16, 4), (0.34, 0), (0.52, -3), (0.7, 1), (0.8, 3), (1, -3)),
    ),
    "flame": ("linearGradient", 'x1=".5" y1="0" x2=".5" y2="1"', ((0, -1), (0.5, 1), (1, 4))),
}

_STEP = re.compile(r"\$([a-z]+)([+-]\d)?")
_FORM = re.compile(rf"url\(#([a-z]+)-({'|'.join(FORMS)})\)")
_FILTER = re.compile(rf"url\(#({'|'.join(sorted(KINDS))})(\d+)\)")


def fill_in(
    illustration: Illustration, colours: Mapping[str, str] | str | None = None, mood: str = ""
) -> str:
    """Return the plain SVG of a drawing of ours.

    ``colours`` replaces slots by ``#rrggbb``; ``KeyError`` names a colour that the drawing
    uses and its metadata lacks. ``mood`` is one of ``moods.MOODS``, for animals.
    """
    chosen = illustration.coloured(colours)
    _, body = split(illustration.path.read_text("utf-8"))
    if mood and chosen:
        body = in_mood(body, mood, next(iter(illustration.slots or chosen)))
    parts = [_gradient(chosen[slot], slot, form) for slot, form in sorted(set(_FORM.findall(body)))]
    parts += [filter_element(kind, int(size)) for kind, size in sorted(set(_FILTER.findall(body)))]
    body = _STEP.sub(lambda m: tone(chosen[m[1]], int(m[2] or 0)), body)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">'
        f"<defs>{''.join(parts)}</defs>{body}</svg>"
    )


def _gradient(colour: str, slot: str, form: str) -> str:
    tag, line, stops = FORMS[form]
    inner = "".join(f'<stop offset="{at:g}" stop-color="{tone(colour, s)}"/>' for at, s in stops)
    return f'<{tag} id="{slot}-{form}" {line}>{inner}</{tag}>'
