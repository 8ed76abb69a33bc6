"""Words used as verbs: to train a puppy names no train, won't stop no stop sign."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from thumbnb.render.prompt.people.named_people import people_words
from thumbnb.render.prompt.words.lexicon import lexicon

_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")

_CLAUSE_ENDS = ".,;:!?"
_REACH = 4
"""How many words before a "to" its "from" may stand."""


def blank_verbs(text: str) -> str:
    """Return a text with spaces in place of words used as verbs; all else keeps its place."""
    words = list(_WORD.finditer(text))
    lowered = [word[0].lower().replace("\u2019", "'") for word in words]
    for i, match in enumerate(words):
        if _is_verb(lowered, i, text, words):
            text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    return text


def with_verbs(text: str, prompt: str) -> str:
    """Return a text with the verbs back that were blanked in it: what people do is said by them."""
    if len(text) != len(prompt):
        return text
    pairs = zip(text, prompt, blank_verbs(prompt), strict=True)
    return "".join(said if blanked == " " else kept for kept, said, blanked in pairs)


def _is_verb(lowered: list[str], i: int, text: str, words: list[re.Match[str]]) -> bool:
    word = lowered[i]
    base = next((form for form in _bases(word) if form in listed("words")), None)
    if base is None:
        return False
    before = lowered[i - 1] if i else ""
    after = lowered[i + 1] if i + 1 < len(lowered) else ""
    between = text[words[i - 1].end() : words[i].start()] if i else ""
    first = not i or before in listed("starts") or any(sign in between for sign in _CLAUSE_ENDS)
    from_to = before == "to" and "from" in lowered[max(0, i - _REACH) : i]  # "from zero to boss"
    led = before in listed("before") and not from_to and not (first and i)
    if (led and not words[i][0][:1].isupper()) or (base == "stop" and after.endswith("ing")):
        return True
    if word != base:
        # A third person: "this laptop beats a MacBook".
        noun_before = bool(i) and not (
            before.isdecimal() or before in listed("objects") or before in _NO_NOUNS
        )
        # Of somebody it needs no object: "a family watches in the dark".
        does = _is_somebody(before) and (not after or after in listed("after"))
        return noun_before and (does or after in listed("objects") or after == "around")
    if i and (before.endswith("s") or before in _PLURALS) and _is_somebody(before):
        # Of several: "tenants protest outside the window".
        return not after or after in listed("after") | listed("objects") | listed("directions")
    if first:
        return after in listed("objects")
    # "how volcanoes really work": nothing follows, and the things that do it stand before.
    return not after and "how" in lowered[:i] and before.endswith(("s", "ly"))


_NO_NOUNS = frozenset({"with", "without", "and", "of", "by", "from", "like", "plus", "into"})
"""What stands before a noun and does nothing: "with sharks around"."""

_PLURALS = frozenset({"police", "people", "men", "women", "children"})


def _is_somebody(word: str) -> bool:
    known = people_words() | lexicon()["people"].keys()
    return word in known or word.removesuffix("s") in known


def _bases(word: str) -> list[str]:
    """Return what a word may be the third person of, itself first."""
    bases = [word]
    if word.endswith("s"):
        bases.append(word[:-1])
    if word.endswith("es"):
        bases.append(word[:-2])
    return bases


@cache
def listed(part: str) -> frozenset[str]:
    """Return a list of words of ``verbs.toml``."""
    text = files("thumbnb.render.prompt.words").joinpath("verbs.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)[part].split())
