"""Senses of words: which of the things found in a text are meant, and which only sound like it.

A wrong drawing is worse than none: an action, a part of a building, an idea or what somebody
works as draws nothing beside what can be seen.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from thumbnb.render.colour.names import colours_by_word
from thumbnb.render.objects.gallery import drawings
from thumbnb.render.objects.vocabulary.thing_kinds import ANIMATE, EATEN, SIGNS
from thumbnb.render.objects.vocabulary.words import fold, is_function_word, singulars
from thumbnb.render.prompt.people.named_people import people_words
from thumbnb.render.prompt.words.compounds import blank_compounds
from thumbnb.render.prompt.words.verbs import listed

if TYPE_CHECKING:
    from collections.abc import Collection

    from thumbnb.render.objects import Match

_ACTION = re.compile(r"[^\W\d_]{3,}ing")
_OBJECT = re.compile(r"\s+(?:a|an|the|his|her|my|your|their|its|our|this|that)\b", re.IGNORECASE)
_NEXT = re.compile(r"\s+([^\W\d_][\w'-]*)")
_COMPOUND = re.compile(r"[^\W_]+-[^\W_]+(?:ing|ed)\b", re.IGNORECASE)
"""An adjective with a noun in it: "fire-breathing", "snow-covered"."""

_OF = re.compile(r"\s+of\b", re.IGNORECASE)

_POINTERS = frozenset({"arrow", "chart-rising", "chart-falling", "bar-chart", "play-button"})
"""Drawings that a noun before them says the subject of: a bitcoin chart shows both."""

_WORN = frozenset(
    {
        "apron", "chef-hat", "cowboy-hat", "crown", "dress", "high-heel", "jacket", "knight-helmet",
        "santa-hat", "sneaker", "sunglasses", "t-shirt", "twemoji-1f9e5", "witch-hat", "wizard-hat",
    }
)  # fmt: skip
_WEARS = re.compile(r"\b(?:in|wearing|wears)\s+(?:[^\W\d_-]+\s+){0,3}\Z", re.IGNORECASE)


_DRAWN_ALONE = ("country", "setting", "surface", "abstract", "action", "kind", "material")
"""What is drawn after all where nothing better is named."""

_REPORTED = frozenset({*_DRAWN_ALONE, "shape", "worn"} - {"action"})
"""What is reported where it is left out."""


@dataclass(frozen=True, slots=True)
class ChosenSenses:
    """The senses chosen: ``matches`` are drawn, ``left_out`` are words that nothing is drawn for.

    ``spans`` are where words stand that name neither a thing nor a place.
    """

    matches: list[Match]
    left_out: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def choose_senses(
    text: str,
    found: list[Match],
    people: Collection[str],
    *,
    somebody: bool,
    kept: Collection[int] = (),
) -> ChosenSenses:
    """Leave out of what a text names what is no thing in it; what begins at ``kept`` is one.

    ``people`` are words for people besides those of the table; ``somebody``: one is named.
    """
    roles = {*people, *people_words()}
    part = {
        match.start: "" if match.start in kept else _part(match, text, roles, somebody=somebody)
        for match in found
    }
    heads = [match for match in found if not part[match.start]]
    owned = _modifiers(text, found, part)
    things = [match for match in heads if match.start not in owned]
    doubtful = set(_kept_parts(somebody=somebody, things=bool(things)))
    meant = [
        match
        for match in found
        if match.start not in owned and (not part[match.start] or part[match.start] in doubtful)
    ]
    meant = [match for match in meant if part[match.start] != "role" or match is _tool(meant)]
    shown = {match.start for match in meant}
    names = {match.name for match in meant}
    left_out = tuple(
        match.word
        for match in found
        if match.start not in shown and part[match.start] in _REPORTED and match.name not in names
    )
    spans = tuple(
        (match.start, match.end)
        for match in found
        if match.start not in shown and part[match.start] != "role"
    )
    compounds = tuple(
        found_in.span()
        for found_in in _COMPOUND.finditer(text)
        if any(found_in.start() <= start < found_in.end() for start, _ in spans)
    )
    return ChosenSenses(meant, left_out, spans + compounds)


def in_context(text: str, matches: list[Match]) -> list[Match]:
    """Return matches with the drawing that a word names beside certain others: a boxer's gloves.

    A tennis court has no drawing: it is left out.
    """
    words = {*fold(text).replace("-", " ").replace(",", " ").split()}
    found = []
    for match in matches:
        said = next(
            (
                drawing
                for word, context, drawing in _context_senses()
                if fold(match.word).split()[-1] == word and words & {*context.split()}
            ),
            None,
        )
        if said in drawings():  # beside such words it is meant
            found.append(replace(match, name=str(said), sure=True))
        elif said != "":
            found.append(match if said is None else replace(match, name=said))
    return found


@cache
def _context_senses() -> tuple[tuple[str, str, str], ...]:
    text = files("thumbnb.render.prompt.words").joinpath("context_senses.toml").read_text("utf-8")
    return tuple(
        (word, context, drawing) for word, context, drawing in tomllib.loads(text)["senses"]
    )


def _kept_parts(*, somebody: bool, things: bool) -> tuple[str, ...]:
    """Return which doubtful words are drawn after all, since nothing better is named."""
    if things:
        return ()
    return ("role",) if somebody else _DRAWN_ALONE


def _tool(meant: list[Match]) -> Match | None:
    """Return what somebody works with: the first tool of those that jobs stand for.

    A businessman is told by his clothes; only our own drawings can be held.
    """
    told = (match for match in meant if match.name != "briefcase" and match.name in drawings())
    return next(told, None)


def _part(match: Match, text: str, roles: Collection[str], *, somebody: bool) -> str:
    """Return what a word is where it is no thing: a role, an action, a setting, an idea."""
    words = fold(match.word).split()
    if not words or not match.word.isascii():
        return ""
    one, last, after = " ".join(words), words[-1], text[match.end :]
    alive = match.name in ANIMATE
    half = _is_half_of_name(one, match.name) and _before_noun(after)
    worn = match.name in _WORN and _WEARS.search(text[: match.start])
    said = {
        "abstract": _is_in(last, "abstract") or _is_in(one, "abstract"),
        "": alive,
        "worn": somebody and worn,
        "role": (
            _is_one_of(last, roles)
            and not _is_whole_name(words, match.name)
            and match.name != last  # a magic staff is what it is called
            and bool(blank_compounds(one).strip())
        )
        or ((half or _stands_for(one, match.name)) and _names(after, roles)),
        "kind": half,
        "colour": _is_colour(one, text[: match.start], after),
        "country": _is_flag(match.name) and bool(_WHERE.search(text[: match.start])),
        "setting": not (match.plural or match.name in EATEN | _ON_SCREENS)
        and bool(_COVERED.search(text[: match.start])),
        "material": _is_in(one, "materials") and _MADE_OF.search(text[: match.start]),
        "action": (somebody and match.name == "hand")
        or _in_compound(match, text)
        or _is_action(one, after),
        "shape": _is_in(one, "shapes") and _OF.match(after),
        "surface": _is_in(last, "setting")
        and not (_is_in_longer_name(last, match.name) or _has_longer_word(words, match.name))
        and not (match.count or _ACTED_ON.search(text[: match.start])),
    }
    return next((part for part, holds in said.items() if holds), "")


_ACTED_ON = re.compile(
    r"\b(?:star(?:es|ing)\s+at|look(?:s|ing)\s+at|knock(?:s|ing)\s+on|open(?:s|ing)|clos(?:es|ing)|unlock(?:s|ing)|"
    r"point(?:s|ing)\s+at|walk(?:s|ing)\s+(?:through|towards?|to)|towards?|kick(?:s|ing)\s+(?:down|in))\s+"
    r"(?:(?:an?|the|his|her|their)\s+)?(?:[^\W\d_-]+\s+){0,2}\Z",
    re.IGNORECASE,
)
"""Before a part of a building that somebody does something to: that is a thing."""

_MADE_OF = re.compile(
    r"\b(?:on|of|in|from|into|under|over|through|made)\s+(?:[^\W\d_-]+\s+){0,1}\Z", re.IGNORECASE
)
_COVERED = re.compile(
    r"\b(?:covered|soaked|dipped|drenched|drowning|made)\s+(?:in|with|by|of|out\s+of)\s+"
    r"(?:[^\W\d_-]+\s+){0,1}\Z",
    re.IGNORECASE,
)
_ON_SCREENS = frozenset({"error-window", "chart-falling", "chart-rising", "warning-sign"})
"""What a screen may be full of."""

_FLAG = re.compile(r"twemoji-1f1[e-f][0-9a-f]-1f1[e-f][0-9a-f]")
_WHERE = re.compile(
    r"\b(?:in|from|to|of|off|near|outside|over|visiting|across|around|through)\s+\Z", re.IGNORECASE
)
"""Before a country: it says where, and its flag is not seen there."""


def _is_flag(name: str) -> bool:
    return bool(_FLAG.fullmatch(name))


_SHADE = re.compile(
    r"\b(?:dark|light|deep|pale|bright|pastel|neon|metallic|soft|warm|rich|dusty)\s+\Z",
    re.IGNORECASE,
)
_PAINTED = re.compile(
    r"\b(?:painted|dyed|sprayed|spray-painted|turned|turning)\s+\Z", re.IGNORECASE
)
_IN = re.compile(r"\b(?:in|of|is|are|turns?|painted)\s+\Z", re.IGNORECASE)
_COLOURED = re.compile(
    r"\s+(?:and\s+[^\W\d_]+\s+)?(?:accents?|background|backdrop|colou?rs?|dress|eyes|gown|gradients?|"
    r"hair|hat|hoodie|jacket|letters|light(?:s|ing)?|lips?|nails|palette|paint|shirt|skin|sky|"
    r"suit|sweater|text|title|tones?|walls?)\b",
    re.IGNORECASE,
)


def _is_colour(word: str, before: str, after: str) -> bool:
    """Whether a word that names a colour too does so: "orange light", "dressed in deep rose"."""
    if word not in colours_by_word():
        return False
    ends = not after.strip() or after.lstrip()[:1] in {",", ".", ";"} or after.startswith(" and ")
    led = _PAINTED.search(before) or _SHADE.search(before) or (_IN.search(before) and ends)
    return bool(led or _COLOURED.match(after))


def _names(after: str, roles: Collection[str]) -> bool:
    """Whether somebody is named next: the officer of "police officer"."""
    following = _NEXT.match(after)
    return following is not None and _is_one_of(fold(following[1]), roles)


def _in_compound(match: Match, text: str) -> bool:
    """Whether a word is a part of an adjective: fire and breathing in "fire-breathing"."""
    return any(
        compound.start() <= match.start
        and match.end <= compound.end()
        and compound.span() != (match.start, match.end)
        for compound in _COMPOUND.finditer(text)
    )


def _is_in_longer_name(word: str, name: str) -> bool:
    """Whether an object is named by a word for a part of a building and more: a traffic light."""
    return name != word and word in name.split("-")[1:]


def _has_longer_word(words: list[str], name: str) -> bool:
    """Whether several words together are one of an object: wine glasses are no glass pane."""
    drawing = drawings().get(name)
    said = {fold(word) for word in drawing.words["en"]} if drawing else set()
    longer = " ".join(words)
    forms = {longer, longer.removesuffix("s"), longer.removesuffix("es")}
    return len(words) > 1 and bool(forms & said)


def _is_whole_name(words: list[str], name: str) -> bool:
    """Whether words are all of an object's name: a chess king is no king."""
    return "-" in name and "-".join((*words[:-1], words[-1].removesuffix("s"))) == name


def _stands_for(word: str, name: str) -> bool:
    """Whether a drawing of ours only stands for a word: a bag of money for "tax"."""
    drawing = drawings().get(name)
    return drawing is not None and fold(drawing.words["en"][0]) != word and word not in name


def _is_half_of_name(word: str, name: str) -> bool:
    """Whether a word is only the kind in an object's name: the police of a police car."""
    drawing = drawings().get(name)
    if drawing is None or name in _POINTERS or word not in name.split("-")[:-1]:
        return False
    return fold(drawing.words["en"][0]) != word


def _is_action(word: str, after: str) -> bool:
    """Whether a word is a verb, or a gerund that names no activity of its own."""
    if word.endswith("s") and _is_in(word, "verbs") and word not in _words("verbs"):
        return True
    if not _ACTION.fullmatch(word) or word in listed("nouns"):
        return False
    if word in _words("machines"):
        return False
    if word not in _words("activities"):
        return True
    return bool(_OBJECT.match(after)) or _before_noun(after)


def _before_noun(after: str) -> bool:
    """Whether a noun, as far as its ending tells, stands next: "police tape"."""
    following = _NEXT.match(after)
    if not following or is_function_word(fold(following[1])) or following[1].lower() in _VERSUS:
        return False
    return not fold(following[1]).endswith(("ing", "ly", "ed"))


_VERSUS = frozenset({"vs", "versus"})

_MOVES = re.compile(
    r"\b([^\W\d_]{3,}ing)(?=\s+(?:a|an|the|his|her|my|your|their|its|our|away|from|into|out|off|"
    r"past|towards?|behind|after|late|down|up|across|along|against|over|around)\b)",
    re.IGNORECASE,
)


def blank_actions(text: str) -> str:
    """Return a text with spaces in place of gerunds that go somewhere or do something.

    "Running away" names no stadium, "building a deck" no city; cooking a meal is in a kitchen.
    """

    def blanked(found: re.Match[str]) -> str:
        named = fold(found[1]) in _words("activities") | _words("places")
        return found[0] if named else " " * len(found[0])

    return _MOVES.sub(blanked, text)


def _modifiers(text: str, found: list[Match], part: dict[int, str]) -> set[int]:
    """Return where a thing only says what kind of another one follows: a cheese pizza."""
    owned = set()
    for first, second in pairwise(found):
        if part[first.start] or part[second.start]:
            continue
        between = text[first.end : second.start]
        if is_function_word(fold(second.word).split()[0]):  # "on fire", "in flames"
            continue
        if not between or between.strip() or not (first.word + second.word).isascii():
            continue
        if second.name in _POINTERS | SIGNS or not _is_head(second) or first.name == second.name:
            continue
        owned.add(second.start if _is_in(fold(second.word), "forms") else first.start)
    return owned


def _is_head(match: Match) -> bool:
    """Whether a word is what is drawn for it, no idea of it: a pizza, but no fail or hack."""
    if match.name in EATEN:
        return True  # of chicken soup no chicken is drawn
    drawing = drawings().get(match.name)
    if drawing is None:
        return True
    own = {*match.name.split("-"), *fold(drawing.words["en"][0]).split()}
    return _is_one_of(fold(match.word).split()[-1], own)


def is_role(word: str, people: Collection[str]) -> bool:
    """Whether a word says who somebody is; ``people`` are words besides those of the table."""
    last = fold(word).split()[-1:]
    return bool(last) and _is_one_of(last[0], {*people, *people_words()})


def is_uncounted(word: str) -> bool:
    """Whether the drawing of a word stands for something that it is not so many of."""
    return _is_in(fold(word), "uncounted")


def _is_in(word: str, part: str) -> bool:
    return _is_one_of(word, _words(part))


def _is_one_of(word: str, words: Collection[str]) -> bool:
    return word in words or any(one in words for one in singulars(word, "en"))


@cache
def _words(part: str) -> frozenset[str]:
    text = files("thumbnb.render.prompt.words").joinpath("senses.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)[part].split())
