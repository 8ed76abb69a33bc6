"""Phrases that mean something else than the things their words name: a price drop is no drop."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from thumbnb.render.objects.vocabulary.words import key, singulars, tokens


def blank_phrases(text: str) -> str:
    """Return a text with spaces in place of such phrases; all else keeps its place."""
    words = tokens(text)
    table = _phrases()
    at = 0
    while at < len(words):
        phrases = table.get(words[at].word, ())
        length = next((len(p) for p in phrases if _is_there(p, [w.word for w in words[at:]])), 0)
        if length:
            start, end = words[at].start, words[at + length - 1].end
            text = text[:start] + " " * (end - start) + text[end:]
        at += length or 1
    return text


def _is_there(phrase: tuple[str, ...], words: list[str]) -> bool:
    """Whether words begin with a phrase, or with its plural."""
    *first, last = words[: len(phrase)]
    if len(first) + 1 < len(phrase) or tuple(first) != phrase[:-1]:
        return False
    return last == phrase[-1] or phrase[-1] in singulars(last, "en")


@cache
def _phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the phrases by their first word, the longest first."""
    source = resources.files("thumbnb.render.objects.vocabulary").joinpath("phrases.toml")
    table: dict[str, list[tuple[str, ...]]] = {}
    for line in tomllib.loads(source.read_text("utf-8")).values():
        for phrase in line.split(","):
            words = tuple(key(phrase).split())
            table.setdefault(words[0], []).append(words)
    return {
        first: tuple(sorted(phrases, key=len, reverse=True)) for first, phrases in table.items()
    }
