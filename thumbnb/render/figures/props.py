"""Props under the hands of somebody: a table, a steering wheel, a lectern."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.raster.sketch import blend, oval, points, rounded, smooth

if TYPE_CHECKING:
    from thumbnb.render.figures.pen import Recorder
    from thumbnb.render.raster.sketch import Point


def draw_behind_hands(s: Recorder, gesture: str) -> None:
    """Draw what hands lie on, or what somebody speaks at: a table, a wheel, a lectern."""
    if gesture == "type":
        _table(s)
    elif gesture == "drive":
        _steering_wheel(s)
    elif gesture == "speak":
        _lectern(s)
    elif gesture == "glide":
        _wing(s)
    elif gesture == "pullup":
        _bar(s, -108.0, 470.0, 20.0)
    elif gesture == "squat":
        _bar(s, 176.0, 480.0, 16.0)
        _weights(s, 176.0)
    elif gesture == "deadlift":
        _bar(s, 572.0, 480.0, 18.0)
        _weights(s, 572.0)


def draw_under_feet(s: Recorder, gesture: str, colour: str) -> None:
    """Draw what somebody stands on: a surfboard, a skateboard."""
    if gesture == "surf":
        board = "-372,752 -300,786 0,800 260,788 366,742 290,766 0,772 -240,766"
        shape = s.fill(smooth(points(board)), blend(colour, "#ffffff", 0.4), colour)
        s.inside(shape, points("-60,740 -30,740 -40,820 -70,820"), "#ffffff")
    elif gesture == "snowboard":
        board = "-300,716 -258,752 0,760 258,752 300,716 294,740 256,776 0,784 -256,776 -294,740"
        s.fill(smooth(points(board)), blend(colour, "#ffffff", 0.3), colour)
    elif gesture == "ski":
        _skis(s)
    elif gesture == "skate":
        deck = "-290,728 -246,762 0,766 246,762 290,728 282,744 240,778 0,782 -240,778 -282,744"
        s.fill(smooth(points(deck)), colour, blend(colour, "#000000", 0.4))
        for x in (-176, 176):
            s.oval(x, 794, 25, 25, "#f4f6fa", "#aab4c4")
            s.oval(x, 794, 9, 9, "#5a6478")


def draw_before_hands(s: Recorder, gesture: str, side: int = 1) -> None:
    """Draw what hides hands: the lid of a laptop, a ball; ``side`` is that of the reach."""
    if gesture == "type":
        _laptop_lid(s)
    elif gesture == "dunk":
        _ball(s, side * 246.0, -216.0, 78.0)
    elif gesture == "finish":
        _finish_tape(s, side)


def _finish_tape(s: Recorder, side: int) -> None:
    """Draw the tape of a finish line across the chest, its ends flying back."""
    tape = (
        "-520,150 -430,208 -330,196 -230,244 -100,286 0,292 110,288 240,252 340,262 440,226 "
        "524,236 500,268 436,262 344,300 246,290 114,328 0,332 -104,326 -236,284 -336,236 "
        "-420,248 -506,196"
    )
    shape = s.shape(smooth(points(tape, side)))
    s.shadow(shape, 0, 6, 6, 0.35)
    s.paint(shape, "#ff5a50", "#e0242c", "#a3141c")
    for x in range(-440, 500, 110):
        s.inside(shape, points(f"{x},100 {x + 44},100 {x + 30},400 {x - 14},400"), "#ffffff", 0.92)


def _wing(s: Recorder) -> None:
    """Draw the wing of a paraglider and its lines."""
    for side in (-1, 1):
        for x in (120, 300, 470):
            top = -388 + (x / 520) ** 2 * 120
            s.fill(points(f"222,-96 228,-96 {x + 3},{top} {x - 3},{top}", side), "#dfe5ee")
    wing = (
        "-540,-250 -470,-372 -250,-452 0,-476 250,-452 470,-372 540,-250 440,-324 220,-384 "
        "0,-398 -220,-384 -440,-324"
    )
    shape = s.fill(smooth(points(wing)), "#ffb347", "#f2762a", "#b8401c")
    for x in (-400, -200, 0, 200, 400):
        s.inside(shape, points(f"{x - 34},-500 {x + 34},-500 {x + 30},-200 {x - 30},-200"),
                 "#ffe9c9", 0.6)  # fmt: skip


def _bar(s: Recorder, y: float, half: float, thick: float) -> None:
    s.fill(rounded(-half, y - thick / 2, 2 * half, thick, thick / 2), "#eef2f8", "#8d96a6",
           "#3a404c")  # fmt: skip


def _weights(s: Recorder, y: float) -> None:
    """Draw the plates at both ends of a bar."""
    for side in (-1, 1):
        for x, high, colour in ((398, 128, "#2f3542"), (436, 104, "#d8323c")):
            light, deep = blend(colour, "#ffffff", 0.2), blend(colour, "#000000", 0.35)
            s.fill(rounded(side * x - 17, y - high, 34, 2 * high, 12), light, colour, deep)


def _skis(s: Recorder) -> None:
    """Draw skis that point outwards, and the poles in both hands."""
    for side in (-1, 1):
        ski = "-30,760 90,752 330,738 380,712 372,748 330,764 90,782 -30,786"
        s.fill(smooth(points(ski, side)), "#ff8a5c", "#e2473c", "#9a1f18")
        s.fill(points("300,240 312,238 352,772 342,774", side), "#8d96a6", "#3a404c")
        s.fill(points("318,734 378,728 378,738 318,744", side), "#23272f")


def _ball(s: Recorder, x: float, y: float, r: float) -> None:
    ball = s.fill(smooth(oval(x, y, r, r)), "#ffb066", "#e8772a", "#a84a12")
    for dx in (-0.62, 0.0, 0.62):
        seam = smooth([(x + dx * r * 0.6, y - r), (x + dx * r, y), (x + dx * r * 0.6, y + r)],
                      closed=False)  # fmt: skip
        s.line(seam, "#4a2410", 5)
    s.line([(x - r, y), (x + r, y)], "#4a2410", 5)
    s.inside(ball, smooth(oval(x - 0.3 * r, y - 0.4 * r, 0.4 * r, 0.3 * r)), "#ffffff", 0.35,
             soft=8)  # fmt: skip


def _table(s: Recorder) -> None:
    top = s.fill(points("-328,372 328,372 346,440 -346,440"), "#b98153", "#8a5a34")
    s.inside(top, points("-328,372 328,372 330,380 -330,380"), "#ffffff", 0.25)
    s.fill(points("-334,440 334,440 334,900 -334,900"), "#7a4d2b", "#4a2d18")


def _laptop_lid(s: Recorder) -> None:
    s.fill(rounded(-150, 410, 300, 18, 8), "#c3cad6", "#8a94a6")
    lid = s.shape(rounded(-136, 226, 272, 188, 16))
    s.shadow(lid, 0, 8, 9, 0.35)
    s.paint(lid, "#eef1f6", "#c9d0dc", "#9aa5b6")
    s.inside(lid, points("-150,220 10,220 -90,420 -150,420"), "#ffffff", 0.3)
    s.oval(0, 318, 20, 20, "#ffffff", "#aeb8c8")


def _steering_wheel(s: Recorder) -> None:
    ring = s.shape(_ring(0, 408, 176, 150, 34))
    s.shadow(ring, 2, 9, 8, 0.4)
    for way in ("-150,412 -40,404", "150,412 40,404", "0,540 0,440"):
        s.line(points(way), "#3a3f4c", 26)
    s.paint(ring, "#4a5061", "#20242e", "#14171e")
    s.inside(ring, _ring(0, 405, 166, 140, 7), "#7d879a", 0.5)
    s.oval(0, 416, 56, 48, "#4a5061", "#20242e")
    s.oval(0, 416, 20, 18, "#c3cad6", "#7d879a")


def _lectern(s: Recorder) -> None:
    for side in (-1, 1):
        s.line(smooth(points("30,380 44,300 26,232", side), closed=False), "#2b2f3a", 9)
        s.oval(side * 25, 224, 15, 21, "#6a7386", "#1c1f28")
    front = s.shape(points("-190,396 190,396 160,900 -160,900"))
    s.shadow(front, 0, 8, 10, 0.35)
    s.paint(front, "#9a6238", "#6f4326", "#4a2d18")
    s.inside(front, points("60,396 190,396 160,900 90,900"), "#000000", 0.16)
    s.fill(points("-214,372 214,372 196,404 -196,404"), "#c48a58", "#9a6238")
    s.oval(0, 506, 62, 62, "#f0c95a", "#b98a2c")
    s.oval(0, 506, 46, 46, "#7a4d2b", "#5a371d")
    s.fill(
        points("0,474 9,497 33,498 14,513 21,537 0,523 -21,537 -14,513 -33,498 -9,497"), "#f0c95a"
    )


def _ring(x: float, y: float, rx: float, ry: float, wide: float) -> list[Point]:
    outer, inner = oval(x, y, rx, ry), oval(x, y, rx - wide, ry - wide)
    return [*outer, outer[0], inner[0], *inner[::-1]]
