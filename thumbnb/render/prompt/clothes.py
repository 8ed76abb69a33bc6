"""The clothes that a prompt names, and their colour: "a navy suit"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DRAWN = frozenset({"suit", "blazer", "dress", "gown", "jersey", "hoodie", "tracksuit"})
"""Garments that drawn people wear."""

_GARMENTS = DRAWN | {
    "blouse", "cape", "cloak", "clothes", "coat", "jacket", "jumpsuit", "kimono", "outfit",
    "overalls", "robe", "shirt", "sweater", "t-shirt", "top", "tshirt", "uniform",
}  # fmt: skip

_BETWEEN = 3
"""How many words before a garment its colour is looked for: "a red silk dress"."""


def colour_of_clothes(words: Sequence[str], colours: Mapping[str, Sequence[str]]) -> str | None:
    """Return the name of the colour said of clothes; ``colours`` gives those of a word."""
    at = next(iter(_colours_at(words, colours)), None)
    return None if at is None else colours[words[at]][0]


def without_colours_of_clothes(
    words: Sequence[str], colours: Mapping[str, Sequence[str]]
) -> list[str]:
    """Return words without the colours of clothes: these are not the image's."""
    left_out = {*_colours_at(words, colours)}
    return [word for i, word in enumerate(words) if i not in left_out]


def _colours_at(words: Sequence[str], colours: Mapping[str, Sequence[str]]) -> list[int]:
    return [
        near
        for i, word in enumerate(words)
        if word in _GARMENTS
        for near in range(i - 1, max(0, i - _BETWEEN) - 1, -1)
        if words[near] in colours
    ]
