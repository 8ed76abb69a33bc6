"""The lexicon: what words of a prompt stand for, as ``lexicon.toml`` and the places list them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from thumbnb.render.colour.names import colours_by_word
from thumbnb.render.place_files import words_of_places
from thumbnb.render.prompt.people.named_people import people_words


@cache
def lexicon() -> dict[str, dict[str, list[str]]]:
    """Give the entries of each part by word; a word may stand for several."""
    text = files("thumbnb.render.prompt.words").joinpath("lexicon.toml").read_text("utf-8")
    parts: dict[str, dict[str, list[str]]] = {}
    for part, lexicon_names in tomllib.loads(text).items():
        table: dict[str, list[str]] = {}
        for name, words in lexicon_names.items():
            for word in words.split():
                table.setdefault(word, []).append(name)
        parts[part] = table
    for word, place in words_of_places().items():
        parts["subjects"][word] = [place]
        parts["scenery"][word] = ["scenery"]
    return {**parts, "colours": colours_by_word()}


def lexicon_names(part: str) -> list[str]:
    """Give the names in a part of the lexicon, in its order."""
    return list(dict.fromkeys(name for names in lexicon()[part].values() for name in names))


def matches(part: str, words: list[str]) -> tuple[str, ...]:
    """Give what the words stand for: what is named most, then what is named first."""
    table = lexicon()[part]
    counts: dict[str, int] = {}
    for word in words:
        for name in table.get(word) or table.get(word.removesuffix("s")) or ():
            counts[name] = counts.get(name, 0) + 1
    return tuple(sorted(counts, key=lambda n: -counts[n]))


@cache
def lexicon_words() -> frozenset[str]:
    """Return all words of the lexicon, and those for people."""
    return people_words() | {word for table in lexicon().values() for word in table}
