"""States that a prompt gives the two halves of a comparison: dull before, bright after."""

from __future__ import annotations

import re
from dataclasses import dataclass

from thumbnb.render.objects.vocabulary.words import fold

_STATES = {
    "dull": "dull grey gray faded washed-out colourless colorless boring drab pale plain "
    "unedited raw grau trist blass gris apagado terne fade cinza",
    "dark": "dark dim gloomy underexposed shadowy unlit dunkel oscuro sombre escuro",
    "night": "night midnight nacht noche nuit noite",
    "cold": "cold cool frozen icy winter snowy kalt frio invierno froid hiver inverno",
    "poor": "messy mess dirty dusty filthy cluttered chaotic broken ruined ruin rusty rusted "
    "rotten burnt burned charred wilted withered dying dead dry sick worn old-fashioned "
    "abandoned neglected "
    "damaged wrecked wreck ugly unhealthy tired unordentlich schmutzig kaputt verwelkt desordenado "
    "sucio roto marchito casse fane bagunca sujo quebrado",
    "mono": "monochrome black-and-white b&w schwarzweiss",
    "bright": "bright light sunny lit well-lit radiant glowing day daylight sonnig "
    "brillante soleado dia lumineux ensoleille jour claro ensolarado",
    "vivid": "vivid colourful colorful vibrant saturated rich lively popping bunt farbenfroh "
    "alive lush green thriving colorido vivo colore vif edited retouched",
    "warm": "warm golden cosy cozy summer sunset autumn sommer verano calido ete chaud quente",
    "good": "clean tidy neat fresh restored repaired fixed renovated new shiny polished healthy "
    "blooming organised organized spotless gleaming perfect modern sauber ordentlich repariert "
    "neu limpio ordenado nuevo propre neuf limpo arrumado novo",
}
"""Words for each state; those of a first half come first, those of a second from "bright" on."""

_BY_WORD = {word: state for state, words in _STATES.items() for word in words.split()}
_FIRST = frozenset({"dull", "dark", "night", "cold", "poor", "mono"})
_PHRASES = (
    (re.compile(r"\bblack\s+(?:and|&)\s+white\b|\bb\s*&\s*w\b", re.IGNORECASE), "black-and-white"),
    (re.compile(r"\bin\s+(?:full\s+)?colou?r\b", re.IGNORECASE), "colourful"),
    (re.compile(r"\bwashed\s+out\b", re.IGNORECASE), "washed-out"),
)
_WORD = re.compile(r"[^\W_]+(?:['\u2019&-][^\W_]+)*")
_CLAUSE = re.compile(r"[,;:.!?\n]|\bvs\.?(?!\w)|\b(?:versus|against|then|while)\b", re.IGNORECASE)
_TURNS = re.compile(r"\b(?:to|into|becomes?|became|turn(?:s|ed|ing)?)\b", re.IGNORECASE)
_ON_FIRST = re.compile(r"\b(?:left|before|first|vorher|antes|avant|links)\b", re.IGNORECASE)
_ON_SECOND = re.compile(
    r"\b(?:right|after|afterwards|now|second|nachher|despues|apres|depois|rechts)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class HalfStates:
    """The states of the ``first`` and of the ``second`` half, as ``_STATES`` names them."""

    first: frozenset[str] = frozenset()
    second: frozenset[str] = frozenset()


def find_states(text: str) -> HalfStates:
    """Find the states that a text gives two halves: by "left" and "after", else by their sense.

    >>> find_states("dark and dull on the left, colourful on the right").second
    frozenset({'vivid'})
    """
    for phrase, word in _PHRASES:
        text = phrase.sub(word, text)
    halves: tuple[set[str], set[str]] = set(), set()
    for clause in _CLAUSE.split(text):
        for half, part in _parts(clause):
            for state in _states_in(part):
                by_sense = 0 if state in _FIRST else 1
                halves[by_sense if half is None else half].add(state)
    return HalfStates(frozenset(halves[0]), frozenset(halves[1]))


def _parts(clause: str) -> list[tuple[int | None, str]]:
    """Return the parts of a clause with the half each speaks of; None where it does not say."""
    first, second = _ON_FIRST.search(clause), _ON_SECOND.search(clause)
    if first and second:
        # "grey on the left and golden on the right": each says the half behind its words.
        said = sorted((first.end(), second.end()))
        order = (0, 1) if first.end() < second.end() else (1, 0)
        if said[1] - said[0] > _NEAR:
            leading = any(clause[: at.start()].strip() == "" for at in (first, second))
            cut = max(first.start(), second.start()) if leading else said[0]
            return [(order[0], clause[:cut]), (order[1], clause[cut:])]
        return [(None, clause)]
    if first or second:
        return [(0 if first else 1, clause)]
    turn = _TURNS.search(clause)
    states = (
        [*_states_in(clause[: turn.start()]), "to", *_states_in(clause[turn.end() :])]
        if turn
        else []
    )
    if turn and states[0] != "to" and states[-1] != "to":
        # "from day to night": the order says the halves, where both have a state.
        return [(0, clause[: turn.start()]), (1, clause[turn.end() :])]
    return [(None, clause)]


def halves_of(text: str) -> tuple[str, str] | None:
    """Return what a text says of the first half, and of the second; None where it does not part.

    >>> halves_of("on the left a tired man on a couch, on the right he smiles")
    ('left a tired man on a couch, on the', 'right he smiles')
    """
    both = _BOTH.search(text)
    text = _BOTH.sub(lambda said: " " * len(said[0]), text)
    first, second = _ON_FIRST.search(text), _ON_SECOND.search(text)
    if not (first and second):
        turn = _BECOMES.search(text) or (_THEN.search(text) if both else None)
        return (text[: turn.start()], text[turn.end() :]) if turn else None
    early, late = sorted((first, second), key=lambda at: at.start())
    head, tail = text[: early.start()], text[late.end() :]
    if _HEAD_OF_CLAUSE.search(head) or len(_WORD.findall(tail)) > _FEW:
        one, other = text[early.start() : late.start()], text[late.start() :]
    else:  # "a tired man on the left, a happy one on the right"
        one, other = text[: early.end()], text[early.end() :]
    parts = one.strip(), other.strip()
    return parts if early is first else (parts[1], parts[0])


_BOTH = re.compile(
    r"\b(?:before\s*(?:and|&|/|to)?\s*after|antes y despues|avant\s*/?\s*apres|"
    r"vorher\s*/?\s*nachher|antes e depois)\b",
    re.IGNORECASE,
)
_BECOMES = re.compile(
    r"\b(?:becomes?|became|(?:turn(?:s|ed|ing)?|transform(?:s|ed|ing)?)\s+into)\b",
    re.IGNORECASE,
)
_THEN = re.compile(r"[,;]?\s*\b(?:and\s+)?(?:then|later|afterwards)\b", re.IGNORECASE)
"""What comes between the halves of a "before and after"."""

_HEAD_OF_CLAUSE = re.compile(r"(?:\A|[,:;.!?])\s*(?:(?:and|on|to|in|the|at)\s+)*\Z", re.IGNORECASE)
_FEW = 2
"""So few words behind the last marker belong to it: "a happy man after the diet"."""

_NEAR = 12
"""Markers so near to each other (characters) are one phrase: "before and after"."""


def _states_in(text: str) -> list[str]:
    words = (fold(match[0]) for match in _WORD.finditer(text))
    return [_BY_WORD[word] for word in words if word in _BY_WORD]
