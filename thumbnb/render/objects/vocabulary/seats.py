"""Seats of drawings: where something is on or in them, and where animals wear hats and glasses."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from thumbnb.render.objects.gallery import drawings

Way = Literal["on", "in"]


class Seat(NamedTuple):
    """A seat: the middle of a foot across and down, and its width, in shares of a drawing's box."""

    across: float
    down: float
    wide: float


@cache
def _table() -> dict[str, dict[str, str]]:
    text = files("thumbnb.render.objects.vocabulary").joinpath("seats.toml").read_text("utf-8")
    table: dict[str, dict[str, str]] = tomllib.loads(text)
    return table


def empty_form(name: str) -> str:
    """Return the drawing that stands for another one when something is in or on it."""
    empty = _table()["empty"].get(name, name)
    return empty if empty in drawings() else name


def ridden_form(name: str) -> str:
    """Return the drawing of an animal whom somebody rides."""
    return _table()["ridden"].get(name, name)


def single_form(name: str) -> str:
    """Return the drawing of one of what a drawing shows several of."""
    return _table()["single"].get(name, name)


def seat_of(name: str, way: Way) -> Seat | None:
    """Return where something is on or in a drawing, None where nothing can be."""
    found = _table()[way].get(name)
    return Seat(*(float(number) for number in found.split())) if found else None


def rim_of(name: str) -> float | None:
    """Return how far down a drawing its front rim is, in shares of its box, if it is open above."""
    found = _table()["rims"].get(name)
    return float(found) if found else None


class Vessel(NamedTuple):
    """What people are in: the drawing before them, its rim, and how far faces are above that.

    The rim is in shares of the drawing's height from its top, the faces are in face widths.
    """

    drawing: str
    rim: float
    above: float
    wide: float = 0.0
    """How wide it is (units), where that does not depend on who is in it."""
    sunk: float = 0.0
    """How far its foot is out of the frame (units)."""

    @property
    def whole(self) -> bool:
        """Whether all of somebody is seen in it."""
        return not self.above


def vessel_of(name: str) -> Vessel | None:
    """Return what is drawn where people are in a thing; None where nobody can be."""
    found = _table()["people_in"].get(name)
    if found is None:
        return None
    drawing, *numbers = found.split()
    return Vessel(drawing, *map(float, numbers))


def _with_empty(way: Way) -> frozenset[str]:
    table = _table()
    full = {name for name, empty in table["empty"].items() if empty in table[way]}
    return frozenset({*table[way], *full})


SEATS = _with_empty("on")
HOLDS = _with_empty("in")

SCREENS = frozenset({"billboard", "laptop", "monitor", "television"})
"""What another thing may be seen on, as an image."""

WITH_SCREENS = SCREENS | {"foldable-phone", "phone", "retro-computer", "smartwatch", "tablet"}
"""What has a screen that is drawn with it."""

WORN_BY_ANIMALS = {
    "sunglasses": "eyes", "glasses": "eyes", "vr-headset": "eyes",
    "chef-hat": "head", "cowboy-hat": "head", "crown": "head", "graduation-cap": "head",
    "santa-hat": "head", "witch-hat": "head", "wizard-hat": "head", "headphones": "ears",
}  # fmt: skip
"""What animals are drawn wearing, and where."""

_EYES = re.compile(r'<g fill="#2b130c">((?:<ellipse [^>]*/>){2})</g>')
_CENTRE = re.compile(r'cx="([\d.]+)" cy="([\d.]+)"')


@cache
def eyes_of(name: str) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Return where the two eyes of an animal seen from the front are (units of its drawing)."""
    if said := _table()["eyes"].get(name):
        x1, y1, x2, y2 = (float(number) for number in said.split())
        return (x1, y1), (x2, y2)
    drawing = drawings().get(name)
    found = _EYES.search(drawing.path.read_text("utf-8")) if drawing else None
    if found is None:
        return None
    left, right = sorted((float(x), float(y)) for x, y in _CENTRE.findall(found[1]))
    return left, right


def has_eyes(name: str) -> bool:
    """Whether it is known where an animal's eyes are."""
    return eyes_of(name) is not None
