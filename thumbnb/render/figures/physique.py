"""Bodies: their outlines, and how broad each is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.figures.arm import GIRTHS, Girth
from thumbnb.render.raster.sketch import points, smooth

if TYPE_CHECKING:
    from thumbnb.render.raster.sketch import Point
    from thumbnb.render.scene import Figure

_DOWN = {
    "": "60,176 136,200 192,236 220,320 232,400 238,500 238,820",
    "female": "56,178 124,204 174,240 200,322 212,400 216,500 220,820",
    "thin": "50,180 116,206 160,240 184,322 192,400 196,500 196,820",
    "heavy": "70,172 152,198 214,240 250,330 272,420 286,520 290,820",
    "muscular": "84,150 150,182 214,206 250,262 250,340 220,420 206,520 206,820",
}
"""The right half of each outline with its arm down, from the neck on (units, body)."""

_OFF = {
    "": "60,176 136,198 186,228 190,270 166,330 158,400 156,500 160,820",
    "female": "56,178 124,202 168,232 170,272 146,330 136,400 142,500 160,820",
    "thin": "50,180 116,204 156,232 158,270 134,330 128,400 126,500 126,820",
    "heavy": "70,172 152,196 206,230 212,280 206,340 218,420 234,520 240,820",
    "muscular": "84,150 150,182 216,206 236,256 216,330 176,420 164,520 164,820",
}
"""The same where the arm is drawn on its own."""

_WAIST = 410.0
"""Below this height hips begin, for who is seen from head to foot."""

_SHOULDERS = {
    "": (154.0, 262.0), "female": (142.0, 262.0), "thin": (132.0, 258.0), "heavy": (172.0, 268.0),
    "muscular": (196.0, 262.0),
}  # fmt: skip
"""Where arms begin, in units of the body."""

BODY_ORIGIN = -26.0
"""Where (0, 0) of a body is: so far below the middle of the face."""

PREGNANT = "pregnant"
_CHILD = 0.74
CHILD_LOWER = 26.0
"""How much lower the body of a child begins, under a head as large."""


def body_kind(figure: Figure) -> str:
    """Return which outline somebody's body has."""
    if figure.physique in _DOWN:
        return figure.physique or ("female" if figure.sex == "female" else "")
    return "female"


def outline(
    figure: Figure, off: tuple[bool, bool], build: float, *, to_hips: bool = False
) -> list[Point]:
    """Return the outline of a body; ``off`` is whether the left and right arm are apart."""
    kind = body_kind(figure)
    left, right = (points((_OFF if apart else _DOWN)[kind]) for apart in off)
    if to_hips:
        left, right = (
            [*[p for p in half if p[1] <= _WAIST], (half[5][0] - 6, 508.0), (90.0, 540.0)]
            for half in (left, right)
        )
    torso = smooth([*[(-x, y) for x, y in left], *right[::-1]])
    return [(x * (1 + (build - 1) * min(1.0, max(0.0, (y - 176) / 60))), y) for x, y in torso]


def shoulder(figure: Figure, build: float) -> Point:
    """Return where the right arm begins, in units from the middle of the face."""
    x, y = _SHOULDERS[body_kind(figure)]
    if figure.young:
        return x * build * _CHILD, (y + BODY_ORIGIN) * _CHILD + CHILD_LOWER
    return x * build, y + BODY_ORIGIN


def girth(figure: Figure) -> Girth:
    """Return how thick somebody's arms are."""
    if figure.young:
        return GIRTHS["child"]
    return GIRTHS.get(figure.physique) or GIRTHS.get(figure.sex) or GIRTHS[""]


def neck(figure: Figure) -> str:
    """Return the outline of a neck, as points."""
    half, foot = {
        "muscular": (66, 104), "heavy": (56, 84), "thin": (35, 58),
    }.get(figure.physique, (52, 80) if figure.sex == "male" else (46, 74))  # fmt: skip
    if figure.sex == "female" and not figure.physique:
        half, foot = 40, 66
    return f"-{half},90 -{half + 4},150 -{foot},196 0,236 {foot},196 {half + 4},150 {half},90"
