"""The names of colours, in several languages."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def colours_by_word() -> dict[str, list[str]]:
    """Return the names of the colours that each word stands for."""
    table: dict[str, list[str]] = {}
    for name, words in _entries().items():
        for word in words.split():
            table.setdefault(word, []).append(name)
    return table


@cache
def named_colour(name: str) -> str:
    """Return the colour of a name, as ``#rrggbb``."""
    return _entries()[name].split()[0]


@cache
def _entries() -> dict[str, str]:
    text = files("thumbnb.render.colour").joinpath("names.toml").read_text("utf-8")
    entries: dict[str, str] = tomllib.loads(text)["colours"]
    return entries
