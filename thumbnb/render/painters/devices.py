"""Devices around the image on their screens: phones, tablets, laptops, monitors, televisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.raster.stencil import Stencil

if TYPE_CHECKING:
    from thumbnb.render.raster.canvas import Canvas

Box = tuple[float, float, float, float]

_BEZEL = {"phone": 15.0, "tablet": 26.0, "laptop": 17.0, "monitor": 16.0, "television": 12.0}
"""How wide the rim around a screen is (units)."""

_CORNER = {"phone": 52.0, "tablet": 38.0, "laptop": 22.0, "monitor": 18.0, "television": 12.0}
"""The radius of a device's corners (units)."""

_BODY, _EDGE, _METAL, _SHADE = "#14161c", "#6a7180", ("#e9edf2", "#9aa3b0"), "#5d6674"


def screen_radius(device: str) -> float:
    """Return the radius of a screen's corners (units)."""
    return max(4.0, _CORNER[device] - _BEZEL[device])


def paint_device(canvas: Canvas, device: str, screen: Box) -> None:
    """Paint a device around the box of its screen (units)."""
    x, y, w, h = screen
    rim = _BEZEL[device]
    body = _rounded(canvas, (x - rim, y - rim, w + 2 * rim, h + 2 * rim), _CORNER[device])
    foot = y + h + rim
    k = canvas.scale
    canvas.shade(body.moved(6 * k, 18 * k).blurred(24 * k), 0.7)
    if device in {"monitor", "television"}:
        _stand(canvas, x + w / 2, foot, w, legs=device == "television")
    canvas.fill(body.grown(3.5 * k), _EDGE)
    canvas.fill(body, _BODY)
    if device == "laptop":
        _keyboard(canvas, x - rim, foot, w + 2 * rim)
    if device == "phone" and w > h:
        canvas.fill(Stencil.disc((x - rim / 2) * k, (y + h / 2) * k, 3.4 * k), "#33405c")
    elif device in {"phone", "tablet", "laptop"}:
        canvas.fill(Stencil.disc((x + w / 2) * k, (y - rim / 2) * k, 3.4 * k), "#33405c")


def _stand(canvas: Canvas, middle: float, top: float, wide: float, *, legs: bool) -> None:
    if legs:
        for way in (-1, 1):
            at = middle + way * 0.36 * wide
            leg = [(at - 9, top - 4), (at + 9, top - 4), (at + way * 34 + 8, top + 34),
                   (at + way * 34 - 14, top + 34)]  # fmt: skip
            canvas.fill(_polygon(canvas, leg), _SHADE)
        return
    neck = [(middle - 46, top - 4), (middle + 46, top - 4), (middle + 58, top + 52),
            (middle - 58, top + 52)]  # fmt: skip
    canvas.fill(_polygon(canvas, neck), _SHADE)
    plate = _rounded(canvas, (middle - 150, top + 46, 300, 16), 8)
    canvas.shade(plate.moved(0, 8 * canvas.scale).blurred(10 * canvas.scale), 0.5)
    _metal(canvas, plate)


def _keyboard(canvas: Canvas, x: float, top: float, wide: float) -> None:
    base = _rounded(canvas, (x - 62, top - 2, wide + 124, 28), 13)
    canvas.shade(base.moved(0, 12 * canvas.scale).blurred(14 * canvas.scale), 0.55)
    _metal(canvas, base)
    canvas.fill(_rounded(canvas, (x + wide / 2 - 70, top - 2, 140, 10), 5), _SHADE, 0.7)


def _metal(canvas: Canvas, part: Stencil) -> None:
    _, top, _, bottom = part.box
    canvas.fill_down(part, _METAL, top, bottom)


def _rounded(canvas: Canvas, box: Box, radius: float) -> Stencil:
    k = canvas.scale
    x, y, w, h = box
    return Stencil.rounded((x * k, y * k, (x + w) * k, (y + h) * k), radius * k)


def _polygon(canvas: Canvas, points: list[tuple[float, float]]) -> Stencil:
    return Stencil.polygon([(x * canvas.scale, y * canvas.scale) for x, y in points])
