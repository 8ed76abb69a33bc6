"""The SVG filters that light a drawing: bevels, blurs, cast shadows and gloss.

All of them mix in sRGB, as the ramp's tones do. resvg draws a shape with an unknown filter
not at all and says nothing, so a drawing may name only what is made here.
"""

from __future__ import annotations

SIZES = range(1, 61)
"""How large a filter may be, in units of the drawing."""

_TIGHT = 3
_WIDE = 30
"""The room around a shape's box that a filter paints in, in per cent. A wide one is slow."""


def filter_element(kind: str, size: int) -> str:
    """Return the ``<filter>`` that a drawing calls ``url(#kindsize)``; ``KeyError`` if none."""
    return _element(f"{kind}{size}", _FILTERS[kind](size), _EDGES.get(kind, _WIDE))


def _element(name: str, body: str, edge: int) -> str:
    side = 100 + 2 * edge
    return (
        f'<filter id="{name}" x="-{edge}%" y="-{edge}%" width="{side}%" height="{side}%" '
        f'color-interpolation-filters="sRGB">{body}</filter>'
    )


def _bevel(size: int) -> str:
    """Round a flat shape: its own colour, darker at the lower right, lighter at the upper left."""
    return (
        f'<feGaussianBlur in="SourceAlpha" stdDeviation="{size}" result="b"/>'
        f'<feOffset in="b" dx="{-0.6 * size:g}" dy="{-0.9 * size:g}" result="s"/>'
        f'<feOffset in="b" dx="{0.5 * size:g}" dy="{0.7 * size:g}" result="l"/>'
        '<feColorMatrix in="SourceGraphic" values=".5 0 0 0 0 0 .43 0 0 0 0 0 .53 0 .02 '
        '0 0 0 .9 0"/><feComposite in2="s" operator="out" result="dark"/>'
        '<feColorMatrix in="SourceGraphic" values=".6 0 0 0 .42 0 .6 0 0 .4 0 0 .6 0 .34 '
        '0 0 0 .5 0"/><feComposite in2="l" operator="out" result="lit"/>'
        '<feMerge><feMergeNode in="SourceGraphic"/><feMergeNode in="dark"/>'
        '<feMergeNode in="lit"/></feMerge>'
    )


def _blur(size: int) -> str:
    return f'<feGaussianBlur stdDeviation="{size}"/>'


def _shadow(size: int) -> str:
    return (
        f'<feDropShadow dx="{0.3 * size:g}" dy="{0.8 * size:g}" stdDeviation="{0.6 * size:g}" '
        'flood-color="#140626" flood-opacity=".5"/>'
    )


def _gloss(size: int) -> str:
    # A specular light veils flat parts too: the slope takes that veil off again.
    return (
        f'<feGaussianBlur in="SourceAlpha" stdDeviation="{size}"/>'
        f'<feSpecularLighting surfaceScale="{size * 0.9:g}" specularConstant=".9" '
        'specularExponent="22" lighting-color="#fff">'
        '<feDistantLight azimuth="235" elevation="48"/></feSpecularLighting>'
        '<feComponentTransfer><feFuncA type="linear" slope="1.25" intercept="-.25"/>'
        '</feComponentTransfer><feComposite in2="SourceAlpha" operator="in" result="g"/>'
        '<feMerge><feMergeNode in="SourceGraphic"/><feMergeNode in="g"/></feMerge>'
    )


# puff rounds filled shapes, rope thick strokes (which a bounding box leaves out), soft blurs,
# cast drops a shadow on what lies below, gloss is plastic.
_FILTERS = {"puff": _bevel, "rope": _bevel, "soft": _blur, "cast": _shadow, "gloss": _gloss}
_EDGES = {"puff": _TIGHT, "gloss": _TIGHT}
KINDS = frozenset(_FILTERS)
