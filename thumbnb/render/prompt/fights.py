"""Games and fights: no gamepad beside what a game shows, a fight where it is fought."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.words import fold
from thumbnb.render.prompt.people.actions import Act, is_alive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.prompt.people.named_people import NamedPeople

_CONTROLLER = re.compile(
    r"\b(?:controllers?|gamepads?|joypads?|mando|manette|controle)\b", re.IGNORECASE
)

_FOUGHT = frozenset(
    {
        "alien", "axe", "bow-and-arrow", "devil", "dragon", "knight-helmet", "monster", "shield",
        "skeleton", "sword", "troll", "zombie", "golem", "trident",
    }
)  # fmt: skip
"""What there is a fight with in a game."""

_GAMERS_ROOM = re.compile(
    r"\b(?:gam(?:er|ing)\s*(?:room|setup|bedroom|chair|desk|pc)|bedroom|streamer|gamer|setup)\b",
    re.IGNORECASE,
)

_COMPARED = re.compile(
    r"\b(?:vs|versus|compar\w*|side\s+by\s+side|against|which|vergleich\w*|face\s+à\s+face)\b",
    re.IGNORECASE,
)


_FIGHT = re.compile(
    r"\b(?:fight(?:s|ing)?|battl(?:e|es|ing)|duel(?:s|ing)?|clash(?:es|ing)?|attack(?:s|ing)?|"
    r"slay(?:s|ing)?|charg(?:es|ing)\s+at|ambush(?:es|ing)?|"
    r"(?:swing|lung|shoot)(?:s|es|ing)\s+(?:[\w-]+\s+){0,3}at|"
    r"cast(?:s|ing)\s+(?:[\w-]+\s+){0,3}(?:at|spells?|lightning|fireballs?)|"
    r"lucha|pelea|batalla|combat|bataille|kampf|kampft|schlacht|luta|batalha)\b"
)
_BEFORE_FIGHT = re.compile(
    r"\b(?:showdown|standoff|hitm[ae]n|assassins?|mobsters?|gangsters?|"
    r"face[- ]?offs?|siege|defend(?:s|ing)?|guard(?:s|ing)|aim(?:s|ing)|"
    r"star(?:e|es|ing)\s+(?:(?:at\s+)?each\s+other|down)|"
    r"fac(?:e|es|ing)\s+(?:a|an|the|each|off|down|his|her)\b)"
)
_NO_FIGHT = re.compile(
    r"\b(?:pillow|food|snowball|water|bull)\s+fight|fight(?:s|ing)?\s+(?:the\s+)?(?:cancer|acne|"
    r"fire|inflation|depression|climate|crime|debt|for)|battle\s+(?:royale|pass|bus)|"
    r"(?:heart|panic|asthma)\s+attack|fac(?:e|es|ing)\s+(?:the|a)\s+(?:camera|wall|window|sea)"
)


def feeling_of_fight(text: str) -> str | None:
    """Return what who fights feels in a text: angry while they fight, serious before they do.

    >>> feeling_of_fight("a knight fights a dragon"), feeling_of_fight("fighting acne")
    ('angry', None)
    """
    folded = _NO_FIGHT.sub(" ", fold(text))
    return "angry" if _FIGHT.search(folded) else "serious" if _BEFORE_FIGHT.search(folded) else None


def is_pair(text: str) -> bool:
    """Whether a text puts two against each other."""
    return bool(_COMPARED.search(text))


def without_game_signs(
    things: Sequence[NamedThing], *, somebody: bool, pair: bool
) -> tuple[NamedThing, ...]:
    """Leave out the gamepad that a game's name stands for, where something of it is shown."""
    others = [thing for thing in things if thing.name != "game-controller"]
    if pair or not (others or somebody):
        return tuple(things)
    return tuple(
        thing
        for thing in things
        if thing.name != "game-controller" or _CONTROLLER.search(thing.word)
    )


def fights_in_game(text: str, things: Sequence[NamedThing], roles: Sequence[str]) -> bool:
    """Whether a game's creature or knight fights, and nobody sits before a screen."""
    fought = {thing.name for thing in things} & _FOUGHT or {*roles} & {"knight", "warrior"}
    return bool(fought) and not _GAMERS_ROOM.search(text)


ARMED = {
    "knight": "sword", "warrior": "sword", "viking": "axe", "samurai": "sword",
    "legionary": "sword", "gladiator": "sword", "ninja": "sword", "pirate": "sword",
    "hero": "sword", "soldier": "rifle", "spartan": "sword", "centurion": "sword",
    "viking warrior": "axe", "roman soldier": "sword", "samurai warrior": "sword",
    "hunter": "rifle", "sniper": "rifle", "mercenary": "rifle", "marine": "rifle",
    "space marine": "rifle", "barbarian": "axe", "dwarf": "axe", "paladin": "sword",
    "crusader": "sword", "wizard": "staff", "mage": "staff", "sorcerer": "staff",
    **dict.fromkeys(
        ("elf", "archer", "elf archer", "elven archer", "ranger", "robin hood"), "bow-and-arrow"
    ),
    "lumberjack": "axe", "king": "sword", "prince": "sword", "princess": "sword",
}  # fmt: skip
"""What people of a role fight with, where the prompt does not say it."""

_WEAPONS = frozenset(
    {"sword", "axe", "trident", "staff", "magic-wand", "bow-and-arrow", "rifle", "gun", "hammer"}
)

_FACES = re.compile(
    r"\b(?:fac(?:e|es|ing)|confront(?:s|ing)?|against|versus|vs|"
    r"(?:stand(?:s|ing)?|charg(?:es|ing))\s+(?:before|in\s+front\s+of|at|towards?)|"
    r"(?:swing|slash|lung|strik|charg|leap|rush|rais|lift|cast|unleash|shoot|fir|throw|hurl)"
    r"(?:s|es|ing)\b[^.;,]*?\b(?:at|against|towards?|into))\s+"
    r"(?:an?|the|his|her|its|their|another|two|three|\w+ing)?\b"
)


def faced_act(text: str, people: NamedPeople, things: Sequence[NamedThing]) -> Act | None:
    """Return the fight of one armed person with the creature that they face, if there is one."""
    folded = fold(text)
    if len(people.kinds) != 1:
        return None
    armed = people.roles[0] in ARMED or {thing.name for thing in things} & _WEAPONS
    for found in _FACES.finditer(folded) if armed else ():
        named = [
            (folded.find(fold(thing.word), found.end()), thing.word)
            for thing in things
            if is_alive(thing.name)
        ]
        at, word = min((each for each in named if each[0] >= 0), default=(-1, ""))
        if word and at - found.end() < _NEAR:
            return Act("attack", word)
    return None


_NEAR = 40
"""So many letters after what says that somebody faces it, a creature may be named."""
