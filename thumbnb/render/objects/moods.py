"""Moods of drawn animals: brows and mouths that suit an attack, a loss, a grave matter.

Their eyes are drawn alike, so that lids fit on all of them; an open, smiling mouth is replaced.
"""

from __future__ import annotations

import re

MOODS = ("angry", "sad", "serious")

UNLIT = "unlit"
"""What is drawn without the parts that shine: elements of ``<g class="lamp">``."""

_LAMP = re.compile(r'<g class="lamp">.*?</g>', re.DOTALL)

_EYES = re.compile(r'<g fill="#2b130c">((?:<ellipse [^>]*/>){1,2})</g>')
_ELLIPSE = re.compile(r'cx="([\d.]+)" cy="([\d.]+)" rx="([\d.]+)" ry="([\d.]+)"')
_MOUTH = re.compile(
    r'<path fill="#(?:6b1420|7a2a36)"[^>]* d="([^"]*)"/>(\s*<path fill="#ff7d92"[^>]*/>)?'
    r'(<path d="M256 282v30"[^>]*/>)?'
)
_NUMBER = re.compile(r"-?[\d.]+")
_WIDEST = 100.0
"""A mouth wider than this (units) shows teeth already, and stays."""

_Eye = tuple[float, float, float, float]
_Extent = tuple[float, float, float, float]


def has_moods(svg: str) -> bool:
    """Whether a drawing has a face that moods can be drawn on."""
    return _EYES.search(svg) is not None


def in_mood(body: str, mood: str, slot: str) -> str:
    """Return the elements of a drawing with a face in a mood; ``slot`` is the colour around it.

    A drawing without such a face is returned as it is.
    """
    if mood == UNLIT:
        return _LAMP.sub("", body)
    eyes = _EYES.search(body)
    if eyes is None or not mood:
        return body
    found = [_numbers(match) for match in _ELLIPSE.finditer(eyes[1])]
    depth = body[: eyes.start()].count("<g") - body[: eyes.start()].count("</g>")
    over = "".join(_lid(eye, mood, slot, inner) for eye, inner in _sides(found))
    body, mouth = _other_mouth(body, mood)
    over += mouth
    if mood == "sad":
        cx, cy, rx, ry = found[0]
        over += _tear(cx - 0.2 * rx, cy + 1.1 * ry, 0.5 * rx)
    end = body.rindex("</g>") if depth > 0 else len(body)
    return body[:end] + over + body[end:]


def _numbers(match: re.Match[str]) -> _Eye:
    cx, cy, rx, ry = (float(value) for value in match.groups())
    return cx, cy, rx, ry


def _sides(eyes: list[_Eye]) -> list[tuple[_Eye, int]]:
    """Return eyes with the side their inner corner is on; of one in profile, the front."""
    if len(eyes) == 1:
        return [(eyes[0], -1)]
    return [(eyes[0], 1), (eyes[1], -1)]


def _lid(eye: _Eye, mood: str, slot: str, inner: int) -> str:
    cx, cy, rx, ry = eye
    outer_y, inner_y = {"angry": (1.02, 0.12), "sad": (0.3, 0.95), "serious": (0.62, 0.5)}[mood]
    left, right = cx - inner * 1.3 * rx, cx + inner * 1.3 * rx
    low_out, low_in = cy - outer_y * ry, cy - inner_y * ry
    top = cy - 1.5 * ry
    lid = (
        f'<path fill="${slot}" d="M{left:.1f} {low_out:.1f}'
        f"Q{left:.1f} {top:.1f} {cx:.1f} {top:.1f}Q{right:.1f} {top:.1f} {right:.1f} {low_in:.1f}"
        f'Z"/>'
    )
    lift = 0.62 * ry if mood == "sad" else 0.12 * ry
    thick = rx * 0.42
    brow = (
        f'<path fill="${slot}-6" d="M{left:.1f} {low_out - lift:.1f}'
        f"L{right:.1f} {low_in - lift:.1f}L{right:.1f} {low_in - lift - thick * 1.3:.1f}"
        f'L{left:.1f} {low_out - lift - thick * 0.7:.1f}Z"/>'
    )
    return lid + brow


def _other_mouth(body: str, mood: str) -> tuple[str, str]:
    """Return a drawing without its open mouth, and the one to draw instead."""
    mouth = _MOUTH.search(body)
    if mouth is None:
        return body, ""
    left, top, right, bottom = _extent(mouth[1])
    if right - left > _WIDEST and mood == "angry":
        return body, ""
    body = body[: mouth.start()] + body[mouth.end() :]
    middle, wide = (left + right) / 2, min(max(right - left, 36.0), _WIDEST)
    return body, (_snarl if mood == "angry" else _frown)(middle, top, wide, bottom - top)


def _extent(path: str) -> _Extent:
    numbers = [float(value) for value in _NUMBER.findall(path)]
    xs, ys = numbers[::2], numbers[1::2]
    return min(xs), min(ys), max(xs), max(ys)


def _snarl(x: float, top: float, wide: float, high: float) -> str:
    """Draw an open mouth with fangs."""
    w, h = wide * 0.86, max(high * 1.25, wide * 0.62)
    gum = top + 2
    fang = w * 0.24
    mouth = (
        f'<path fill="#4a0d16" d="M{x - w:.1f} {gum + h * 0.12:.1f}'
        f"Q{x:.1f} {gum - h * 0.2:.1f} {x + w:.1f} {gum + h * 0.12:.1f}"
        f"Q{x + w * 0.92:.1f} {gum + h:.1f} {x + w * 0.5:.1f} {gum + h * 0.94:.1f}"
        f"Q{x:.1f} {gum + h * 0.7:.1f} {x - w * 0.5:.1f} {gum + h * 0.94:.1f}"
        f'Q{x - w * 0.92:.1f} {gum + h:.1f} {x - w:.1f} {gum + h * 0.12:.1f}Z"/>'
    )
    teeth = "".join(
        f'<path fill="#fffdf5" d="M{at - fang:.1f} {y:.1f}L{at + fang:.1f} {y:.1f}'
        f'L{at:.1f} {y + tall:.1f}Z"/>'
        for at, y, tall in (
            (x - w * 0.58, gum, h * 0.62),
            (x + w * 0.58, gum, h * 0.62),
            (x - w * 0.2, gum - h * 0.06, h * 0.3),
            (x + w * 0.2, gum - h * 0.06, h * 0.3),
            (x - w * 0.42, gum + h * 0.92, -h * 0.32),
            (x + w * 0.42, gum + h * 0.92, -h * 0.32),
        )
    )
    return mouth + teeth


def _frown(x: float, top: float, wide: float, high: float) -> str:
    """Draw a closed mouth whose corners hang."""
    w, y = wide * 0.5, top + high * 0.55
    return (
        f'<path fill="none" stroke="#4a1a1c" stroke-width="{min(max(5.0, wide * 0.11), 8.0):.1f}" '
        f'stroke-linecap="round" d="M{x - w:.1f} {y + w * 0.42:.1f}'
        f'Q{x:.1f} {y - w * 0.3:.1f} {x + w:.1f} {y + w * 0.42:.1f}"/>'
    )


def _tear(x: float, y: float, size: float) -> str:
    return (
        f'<path fill="#7cc8ff" d="M{x:.1f} {y:.1f}C{x + size * 1.5:.1f} {y + size * 1.9:.1f} '
        f"{x + size * 1.1:.1f} {y + size * 3.2:.1f} {x:.1f} {y + size * 3.2:.1f}"
        f"C{x - size * 1.1:.1f} {y + size * 3.2:.1f} {x - size * 1.5:.1f} {y + size * 1.9:.1f} "
        f'{x:.1f} {y:.1f}Z"/><circle cx="{x - size * 0.35:.1f}" cy="{y + size * 2:.1f}" '
        f'r="{size * 0.28:.1f}" fill="#ffffff"/>'
    )
