"""Accessories: what people wear beside their clothes, and the barbell they lift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.raster.sketch import blend, oval, points, smooth

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render.figures.pen import Recorder

BEHIND = frozenset({"backpack"})
"""What is seen behind the body too."""

ON_BODY = frozenset({"backpack", "medal"})
"""What is worn over the clothes; all else is on the head."""

BARBELL = "barbell"

LIFTED_LOWER = frozenset({"deadlift", "squat"})
"""Poses that bring a bar of their own: it is not over the head."""

_DARK, _BAG = "#23262f", "#d8572f"


def _headphones(s: Recorder, top: float) -> None:
    """Put headphones over hair and ears; ``top`` is how high the hair or the cap reaches."""
    side_top = -0.78 * top
    band = f"-118,4 -124,-70 -86,{side_top} 0,{-top} 86,{side_top} 124,-70 118,4"
    s.line(smooth(points(band), closed=False), _DARK, 25.0)
    s.line(smooth(points(band), closed=False), "#4a5060", 11.0)
    for side in (-1, 1):
        cup = s.shape(smooth(oval(side * 116, 12, 31, 50)))
        s.shadow(cup, 0, 6, 7, 0.4)
        s.paint(cup, "#565d70", _DARK, "#14161c")
        s.oval(side * 121, 10, 17, 32, "#ff4d5e", "#b3202f")
        s.oval(side * 124, 0, 6, 12, "#ffb0b6", opacity=0.7)


def _headset(s: Recorder, top: float) -> None:
    _headphones(s, top)
    boom = smooth(points("-122,50 -116,92 -92,116 -62,112"), closed=False)
    s.line(boom, _DARK, 9.0)
    s.oval(-58, 108, 17, 12, "#4a5060", "#14161c")


def _straps(s: Recorder, _: float) -> None:
    for side in (-1, 1):
        strap = s.shape(smooth(points("74,146 124,166 142,240 140,470 98,470 98,250 84,200", side)))
        s.shadow(strap, 0, 5, 7, 0.4)
        s.paint(strap, blend(_BAG, "#ffffff", 0.22), _BAG, blend(_BAG, "#000000", 0.3))
        s.fill(points("96,322 142,322 142,346 96,346", side), "#343845", _DARK)


def backpack_behind(s: Recorder) -> None:
    """Draw a backpack behind shoulders, above which its top is seen."""
    bag = s.fill(
        smooth(points("-168,330 -164,120 -120,70 0,58 120,70 164,120 168,330")),
        blend(_BAG, "#ffffff", 0.16),
        _BAG,
        blend(_BAG, "#000000", 0.4),
    )
    s.inside(bag, points("-170,150 170,150 170,164 -170,164"), "#343845", 0.8)


def _glasses(s: Recorder, _: float, *, glass: str = "#cfe6ff", opacity: float = 0.22) -> None:
    for side in (-1, 1):
        lens = smooth(points("12,-34 74,-38 84,-10 70,24 26,26 8,-2", side))
        s.fill(lens, glass, opacity=opacity)
        s.line([*lens, lens[0]], "#1c1e26", 6.5)
        s.line(points("82,-22 100,-16", side), "#1c1e26", 6.5)
    s.line(smooth(points("-11,-16 0,-22 11,-16"), closed=False), "#1c1e26", 6.5)


def _sunglasses(s: Recorder, top: float) -> None:
    _glasses(s, top, glass="#14161f", opacity=0.94)
    for side in (-1, 1):
        s.fill(smooth(points("22,-28 48,-30 30,2 18,-6", side)), "#ffffff", opacity=0.22)


def _medal(s: Recorder, _: float) -> None:
    for side in (-1, 1):
        s.fill(points("44,196 70,196 14,352 -8,352", side), "#d8342c", "#a3202a")
    disc = s.shape(smooth(oval(0, 376, 44, 44)))
    s.shadow(disc, 0, 6, 6, 0.4)
    s.paint(disc, "#fff0b0", "#e8b23a", "#a87518")
    s.inside(disc, smooth(oval(0, 376, 30, 30)), "#fff6cf", 0.5)


ACCESSORIES: dict[str, Callable[[Recorder, float], None]] = {
    "headphones": _headphones,
    "headset": _headset,
    "backpack": _straps,
    "glasses": _glasses,
    "sunglasses": _sunglasses,
    "medal": _medal,
}
"""By name, as ``Figure.worn`` has them: each drawn on somebody, the middle of the face (0, 0)."""

_BAR_AT = -190.0
"""How far below the middle of the face a barbell is that somebody lifts: over the head."""

HANDS_ON_BAR = ((-196.0, _BAR_AT), (196.0, _BAR_AT))
"""Where hands hold it."""


def barbell(s: Recorder) -> None:
    """Draw a barbell over the head, level, its plates outside of the hands."""
    y = _BAR_AT
    s.fill(points(f"-420,{y - 9} 420,{y - 9} 420,{y + 9} -420,{y + 9}"), "#f2f5fa", "#8d97a8")
    for side in (-1, 1):
        for x, wide, high, colour in (
            (282, 34, 128, "#d8323c"),
            (322, 30, 106, "#2d313d"),
            (358, 24, 80, "#f2c531"),
        ):
            plate = s.shape(
                smooth(
                    points(
                        f"{x},{y - high} {x + wide},{y - high + 4} {x + wide + 2},{y} "
                        f"{x + wide},{y + high - 4} {x},{y + high} {x - 2},{y}",
                        side,
                    )
                )
            )
            s.shadow(plate, 0, 6, 6, 0.4)
            s.paint(plate, blend(colour, "#ffffff", 0.34), colour, blend(colour, "#000000", 0.35))
        s.fill(points(f"388,{y - 22} 404,{y - 22} 404,{y + 22} 388,{y + 22}", side), "#aab4c4")
