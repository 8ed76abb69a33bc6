"""Moods of drawn animals: brows and mouths that suit an attack, a loss, a grave matter.

Their eyes are drawn alike, so that lids fit on all of them; an open, smiling mouth is replaced.
"""

from __future__ import annotations

import re

MOODS = ("angry", "guilty", "sad", "serious")

UNLIT = "unlit"
"""What is drawn without the parts that shine: elements of ``<g class="lamp">``."""

ASLEEP = "asleep"
"""What is drawn with closed eyes: without the elements of ``<g class="awake">``."""

_AWAKE = re.compile(r'<g class="awake">.*?</g>', re.DOTALL)
_LAMP = re.compile(r'<g class="lamp">.*?</g>', re.DOTALL)

_EYES = re.compile(r'<g fill="#(?:2b130c|1a1018)">((?:<ellipse [^>]*/>){1,2})</g>')
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


def can_sleep(svg: str) -> bool:
    """Whether a drawing has eyes that can be closed."""
    return has_moods(svg) or _AWAKE.search(svg) is not None


def in_mood(body: str, mood: str, slot: str) -> str:
    """Return the elements of a drawing with a face in a mood; ``slot`` is the colour around it.

    A drawing without such a face is returned as it is.
    """
    if mood == UNLIT:
        return _LAMP.sub("", body)
    if mood == ASLEEP:
        return _asleep(body, slot)
    eyes = _EYES.search(body)
    if eyes is None or not mood:
        return body
    found = [_numbers(match) for match in _ELLIPSE.finditer(eyes[1])]
    over = "".join(_lid(eye, mood, slot, inner) for eye, inner in _sides(found))
    body, mouth = _other_mouth(body, mood)
    over += mouth
    if mood == "sad":
        cx, cy, rx, ry = found[0]
        over += _tear(cx - 0.2 * rx, cy + 1.1 * ry, 0.5 * rx)
    end = _end_of_group(body, eyes.start())
    return body[:end] + over + body[end:]


_GROUP = re.compile(r"<g\b[^>]*>|</g>")


def _end_of_group(body: str, inside: int) -> int:
    """Return where the group ends that a place in a drawing is in; its end, if it is in none."""
    depth = 0
    for tag in _GROUP.finditer(body, inside):
        depth += 1 if tag[0] != "</g>" else -1
        if depth < 0:
            return tag.start()
    return len(body)


def _asleep(body: str, slot: str) -> str:
    """Close the eyes and the mouth, and let Zs rise from the head."""
    body = _AWAKE.sub("", body)
    eyes = _EYES.search(body)
    if eyes is None:
        return body + _snore(380.0, 110.0)
    found = [_numbers(match) for match in _ELLIPSE.finditer(eyes[1])]
    over = "".join(_closed(eye, slot) for eye in found)
    if mouth := _MOUTH.search(body):
        left, top, right, _ = _extent(mouth[1])
        body = body[: mouth.start()] + body[mouth.end() :]
        wide = min(max(right - left, 24.0), 60.0) / 2
        middle = (left + right) / 2
        over += _curve(middle, top + 4, wide, 0.5 * wide, thick=5.0)
    cx, cy, rx, _ = max(found)
    over += _snore(min(cx + 2.6 * rx, 400.0), max(cy - 2.4 * rx, 110.0))
    end = _end_of_group(body, eyes.start())
    return body[:end] + over + body[end:]


def _closed(eye: _Eye, slot: str) -> str:
    cx, cy, rx, ry = eye
    lid = f'<ellipse cx="{cx}" cy="{cy}" rx="{rx * 1.22:.1f}" ry="{ry * 1.16:.1f}" fill="${slot}"/>'
    return lid + _curve(cx, cy + 0.1 * ry, rx * 1.1, 0.62 * ry, thick=max(5.0, rx * 0.3))


def _curve(x: float, y: float, wide: float, sag: float, *, thick: float) -> str:
    """Draw a line that hangs: a closed eye, a mouth at rest."""
    return (
        f'<path fill="none" stroke="#2b130c" stroke-width="{thick:.1f}" stroke-linecap="round" '
        f'd="M{x - wide:.1f} {y:.1f}Q{x:.1f} {y + 2 * sag:.1f} {x + wide:.1f} {y:.1f}"/>'
    )


def _snore(x: float, y: float) -> str:
    """Draw three Zs, each larger and higher than the one before."""
    return "".join(
        f'<path fill="none" stroke="{colour}" stroke-width="{size * thick:.1f}" '
        f'stroke-linejoin="round" stroke-linecap="round" '
        f'd="M{x + across:.1f} {y + down:.1f}h{size}l{-size} {size * 1.1:.1f}h{size}"/>'
        for colour, thick in (("#1b2a4a", 0.52), ("#ffffff", 0.24))
        for across, down, size in ((0.0, 0.0, 20), (26.0, -38.0, 28), (54.0, -88.0, 38))
    )


def _numbers(match: re.Match[str]) -> _Eye:
    cx, cy, rx, ry = (float(value) for value in match.groups())
    return cx, cy, rx, ry


def _sides(eyes: list[_Eye]) -> list[tuple[_Eye, int]]:
    """Return eyes with the side their inner corner is on; of one in profile, the front."""
    if len(eyes) == 1:
        return [(eyes[0], -1)]
    return [(eyes[0], 1), (eyes[1], -1)]


_LIDS = {
    "angry": (1.02, 0.12),
    "guilty": (0.16, 0.86),
    "sad": (0.3, 0.95),
    "serious": (0.62, 0.5),
}
"""How far above the middle of an eye its lid is, outside and inside, in shares of its height."""


def _lid(eye: _Eye, mood: str, slot: str, inner: int) -> str:
    cx, cy, rx, ry = eye
    outer_y, inner_y = _LIDS[mood]
    left, right = cx - inner * 1.3 * rx, cx + inner * 1.3 * rx
    low_out, low_in = cy - outer_y * ry, cy - inner_y * ry
    top = cy - 1.5 * ry
    lid = (
        f'<path fill="${slot}" d="M{left:.1f} {low_out:.1f}'
        f"Q{left:.1f} {top:.1f} {cx:.1f} {top:.1f}Q{right:.1f} {top:.1f} {right:.1f} {low_in:.1f}"
        f'Z"/>'
    )
    lift = 0.62 * ry if mood in {"guilty", "sad"} else 0.12 * ry
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
