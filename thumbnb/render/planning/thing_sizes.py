"""How large things are beside each other: by their real sizes, moderated, unless a prompt says."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thumbnb.render.prompt.named_thing import NamedThing

_USUAL = 0.35
"""How high (metres) what is listed nowhere counts as."""

_MODERATED = 0.3
"""To this power real proportions are shown: a coin beside a car is still seen."""

_LEAST, _MOST = 0.42, 1.35
"""How large a second thing is by the first: small, and still seen; large, and still second."""

_SAID = {"huge": 1.9, "tiny": 0.5}
"""How much more or less than its real size shows what is said to be huge or tiny."""


def share_of(second: NamedThing, first: NamedThing) -> float:
    """Return how high a second thing is shown by the first, as a share of its height."""
    real = (_height(second.name) / _height(first.name)) ** _MODERATED
    said = _SAID.get(second.size, 1.0) / _SAID.get(first.size, 1.0)
    return min(max(float(real) * said, _LEAST * (0.7 if said < 1 else 1.0)), _MOST)


def is_small(name: str) -> bool:
    """Whether a thing is no larger than a hand."""
    return _height(name) <= _HAND


_HAND = 0.16


def is_large(name: str) -> bool:
    """Whether a thing is about as large as a car, or larger."""
    return _height(name) >= _CAR


_CAR = 2.0


def is_furniture(name: str) -> bool:
    """Whether a thing is about as large as a chair or a wardrobe: smaller than a car."""
    return _CHAIR <= _height(name) < _CAR


_CHAIR = 1.0


def is_wide_furniture(name: str) -> bool:
    """Whether somebody can lie in or on a thing, or sit at it: no narrower than they are."""
    return name in _WIDE_FURNITURE


_WIDE_FURNITURE = frozenset(
    {"bathtub", "bed", "bunk-bed", "crib", "piano", "sofa", "table", "workbench", "hammock"}
)


def _height(name: str) -> float:
    return _heights().get(name) or (_HOUSE if is_building(name) else _USUAL)


_HOUSE = 9.0


def is_building(name: str) -> bool:
    """Whether an image of the long tail is of a building or a circus tent."""
    found = _CODE.fullmatch(name)
    code = int(found[1], 16) if found else 0
    return code in _BUILDINGS or code == _CIRCUS


_CODE = re.compile(r"twemoji-([0-9a-f]{4,5})")
_BUILDINGS, _CIRCUS = range(0x1F3DA, 0x1F3F1), 0x1F3AA


@cache
def _heights() -> dict[str, float]:
    """Return how high drawings are in reality (metres)."""
    text: str = files("thumbnb.render.objects.vocabulary").joinpath("sizes.toml").read_text("utf-8")
    table: dict[str, str] = tomllib.loads(text)
    return {name: float(height) for height, names in table.items() for name in names.split()}
