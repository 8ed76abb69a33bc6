"""The mood of an image: what people and animals in it feel."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.words import fold
from thumbnb.render.prompt.fights import feeling_of_fight
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.prompt.people.actions import is_alive
from thumbnb.render.prompt.people.poses import mood_of_pose
from thumbnb.render.prompt.title_feelings import feeling_of_title
from thumbnb.render.prompt.words.folded_words import folded_words
from thumbnb.render.prompt.words.lexicon import matches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.planning.understand import ParsedBrief
    from thumbnb.render.prompt.named_thing import NamedThing

_OF_ANIMALS = {
    "angry": "angry",
    "evil": "angry",
    "sad": "sad",
    "crying": "sad",
    "worried": "sad",
    "serious": "serious",
}
"""What an animal feels where a prompt says so of it or of the scene."""

_OF_COSTUMES = {
    **dict.fromkeys(
        (
            "soldier", "police", "legionary", "viking", "samurai", "ninja", "knight", "detective",
            "judge", "boxer", "ranger",
        ),
        "serious",
    ),
    "thief": "worried",
    "prisoner": "sad",
}  # fmt: skip
"""What people of some work feel who are shown at it, where nothing says it."""


def feeling_at_work(parsed: ParsedBrief, costume: str | None, feels: str) -> str:
    """Return what somebody in a costume feels: a thief does not smile at a policeman."""
    if feels in _FRIGHTENED and is_villain(parsed, costume):
        return "evil"
    nothing_said = not (
        parsed.prompt.expression or parsed.prompt.pose or feeling_of_title(parsed.title or "")
    )
    usual = feels in {"happy", "excited"}
    return _OF_COSTUMES.get(costume or "", feels) if nothing_said and usual else feels


_TENSE = re.compile(
    r"\b(?:hid(?:es|ing)|sneak(?:s|ing)|trapped|surrounded\s+by|under\s+(?:fire|attack)|"
    r"grenades?|explod(?:es|ing)|escap(?:es|ing)|interrogat\w+|arrest(?:s|ed|ing))\b"
)
"""What nobody smiles at whom it happens to."""

_FLEES = re.compile(
    r"\b(?:run(?:s|ning)?\s+(?:away\s+)?from|fle(?:es|eing)|chased\s+by|stalked\s+by)\b"
)

_VILLAINS = frozenset({"clown", "vampire", "devil", "plague doctor", "witch"})
"""Costumes of whom a dark image is afraid of."""

_EVIL = re.compile(
    r"\b(?:evil|creepy|sinister|killer|villain|necromancer|warlock|scary|murderous|psycho\w*|"
    r"maniac|demonic|possessed|wicked|cursed)\b"
)
_FRIGHTENED = frozenset({"scared", "surprised", "sad", "worried", "happy", "excited"})


def is_villain(parsed: ParsedBrief, costume: str | None) -> bool:
    """Whether somebody in a costume frightens others, and nothing says what they feel."""
    if parsed.prompt.expression or len(parsed.prompt.people.kinds) > 1:
        return False
    said = bool(_EVIL.search(fold(parsed.brief.prompt)))
    dark = parse_prompt(parsed.preset.feeling).expression in _GRAVE
    return said if costume not in _VILLAINS else said or dark


_GRAVE = frozenset({"serious", "scared"})


def feeling(parsed: ParsedBrief) -> str:
    """Return the expression of people: the prompt's, else the title's, else the preset's."""
    said = _expression(parsed)
    title = feeling_of_title(parsed.title or "") if not said else None
    grave = _grave_feeling(parsed) if not (said or title) else None
    does = parsed.prompt.act
    act = does.pose if does and not does.to_people else ""
    own = mood_of_pose(does.name) if does and act else None
    posed = own or mood_of_pose(parsed.prompt.pose or act or parsed.prompt.move)
    fought = feeling_of_fight(parsed.brief.prompt)
    usual = parse_prompt(parsed.preset.feeling).expression or "happy"
    flees = "scared" if _FLEES.search(fold(parsed.brief.prompt)) else None
    return said or flees or title or posed or fought or grave or usual


def _grave_feeling(parsed: ParsedBrief) -> str | None:
    """Return what people feel before a fire or something broken: nobody smiles there."""
    states = {thing.state for thing in parsed.prompt.named}
    if _TENSE.search(fold(parsed.brief.prompt)):
        return "worried"
    if "burning" in states or "fire" in parsed.prompt.hours:
        return "serious"
    return "worried" if states & {"cracked", "charred", "melting", "wilted"} else None


_GUILT = re.compile(
    r"\b(?:guilty|guilt|ashamed|sorry|remorseful|apologetic|innocent|embarrassed|caught|"
    r"culpable|schuldig\w*|coupable|culpado|culpada)\b"
)
"""What an animal is said to be that has done something."""


def animal_mood(parsed: ParsedBrief) -> str:
    """Return the mood of animals; empty where they look as friendly as they are drawn.

    What frightens is angry: a bear under "ATTACKED" does not smile.
    """
    if _GUILT.search(fold(parsed.brief.prompt)):
        return "guilty"
    said = [matches("expressions", [word]) for word in _words_of_animals(parsed)]
    feels = next((found[0] for found in said if found), None)
    return _OF_ANIMALS.get(feels, "") if feels else _mood_of_scene(parsed)


def _words_of_animals(parsed: ParsedBrief) -> list[str]:
    """Return the words that stand before the animals of a prompt: "a sad little puppy"."""
    text = fold(parsed.brief.prompt)
    found: list[str] = []
    for thing in parsed.prompt.named:
        at = text.find(fold(thing.word)) if is_alive(thing.name) else -1
        near = re.split(r"[,.;:]|\b(?:a|an|the|his|her|their|with|and)\b", text[: max(0, at)])
        found += near[-1].split()[-_NEAR:] if at >= 0 else []
    return found


_NEAR = 3


def _expression(parsed: ParsedBrief) -> str | None:
    """Return the expression that a prompt says of people: none that it says of an animal alone."""
    of_animals = {*matches("expressions", _words_of_animals(parsed))}
    said = parsed.prompt.expression
    others = len(matches("expressions", folded_words(parsed.brief.prompt))) > len(of_animals)
    return said if others or said not in of_animals or not parsed.prompt.people.kinds else None


def _mood_of_scene(parsed: ParsedBrief) -> str:
    """Return the mood that what is done, the prompt, the title or the preset gives animals."""
    said = parsed.prompt.expression
    acts = {act.name for act in (parsed.prompt.act, parsed.prompt.animal_act) if act}
    if parsed.prompt.fleeing or acts & {"attack", "chase"}:
        return "angry"  # what is fled from, or fights
    if said and not parsed.prompt.person:
        return "sad" if said == "scared" else _OF_ANIMALS.get(said, "")
    title = feeling_of_title(parsed.title or "")
    if title == "scared" or said in {"scared", "angry", "evil"}:
        return "angry"
    if title:
        return _OF_ANIMALS.get(title, "")
    if feeling_of_fight(parsed.brief.prompt):
        return "angry"
    preset = parse_prompt(parsed.preset.feeling).expression
    return "serious" if preset in _GRAVE else ""


_GRIM = {"monster": "nightmare", "octopus": "tentacles", "robot": "mech"}
"""What stands for a friendly drawing where it attacks."""

GRIM_FORMS = frozenset(_GRIM.values())

_FRIENDLY = re.compile(r"\b(?:cute|friendly|little|toy|kawaii|baby|funny|kids?|child\w*)\b")


def in_grim_forms(parsed: ParsedBrief, things: Sequence[NamedThing]) -> tuple[NamedThing, ...]:
    """Return things as they frighten: no smiling robot attacks, no cute monster haunts."""
    mood = animal_mood(parsed)
    if mood not in {"angry", "serious"} or _FRIENDLY.search(fold(parsed.brief.prompt)):
        return tuple(things)
    forms = _GRIM if mood == "angry" else {"monster": _GRIM["monster"]}
    return tuple(replace(thing, name=forms.get(thing.name, thing.name)) for thing in things)
