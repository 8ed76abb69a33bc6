"""What of a prompt is painted, where things stand, and which of them are drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.thing_kinds import GROWING, HELD, LANDMARKS
from thumbnb.render.prompt.places.painted_places import (
    CITIES,
    ELSEWHERE,
    HABITATS,
    LANDMARK_IN,
    PLACES,
    SHOWN_BY,
    SIGN_OF,
    VAGUE,
    WITH_SOMEBODY,
    surest_first,
)
from thumbnb.render.prompt.words.lexicon import matches

if TYPE_CHECKING:
    from thumbnb.render.prompt.named_thing import NamedThing

_PLAIN = (1, None, "", "")
"""One thing, of which nothing is said that a painting of it would not show."""


def choose_places(
    words: list[str],
    other_words: list[str],
    things: tuple[NamedThing, ...],
    *,
    pair: bool,
    somebody: bool,
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[NamedThing, ...]]:
    """Decide what is painted, where things stand, and which things are drawn.

    A painted subject that shows the one thing a prompt names is better than any object.
    """
    subjects = _vague_last(matches("subjects", words))
    if "old-town" in subjects:  # of a city of old no skyscraper is seen
        other_words = [*other_words, "town"]
    subjects = surest_first(subjects)
    if somebody and subjects == ("gaming",):
        subjects = ("gaming-room",)  # where a gamer is
    if somebody:
        things = _where_somebody_is(things)
    if somebody and not _stands_on_one(things):
        said = (*words, *other_words)
        named_too = [WITH_SOMEBODY[word] for word in said if word in WITH_SOMEBODY]
        subjects = surest_first(tuple(dict.fromkeys((*named_too, *subjects))))
    subjects = _where_it_stands(subjects, things, words)
    # Of two places, the words of the things say which: a guitar on a stage is music.
    named = {*matches("subjects", other_words)} & PLACES
    places = tuple(name for name in subjects if name in named)
    names = {thing.name for thing in things}
    alone = not pair and [_said_of(one) for one in things] == [_PLAIN]
    # Beside somebody it is drawn: behind them and the words it would be hidden.
    alone = alone and not somebody
    painted = [name for name in subjects if alone and names <= SHOWN_BY.get(name, set())]
    if painted and not [place for place in places if place != painted[0]]:
        return (painted[0],), places, ()
    where = places or subjects
    kept = _without_landmarks(things, where)
    if somebody and where:
        kept = tuple(one for one in kept if one.name not in SIGN_OF.get(where[0], set()))
    if len(kept) < len(things):
        places = where[:1]
    things = kept
    subjects, places = (_beside_landmarks(each, things) for each in (subjects, places))
    if not things:
        return subjects, places, ()
    # What things are found in, where the prompt puts them nowhere: a ship on the sea.
    outdoors = bool(names & GROWING)
    usual = tuple(n for n in subjects if n in HABITATS and not (outdoors and n == "library"))
    # Two sides against each other have grounds of their own unless a place is named.
    if outdoors and not places:
        subjects = tuple(name for name in subjects if name != "library")
    return places or subjects, places or (() if pair else usual), things


def _stands_on_one(things: tuple[NamedThing, ...]) -> bool:
    """Whether a house or an animal stands on a cliff: a violin there is in somebody's hands."""
    return any(thing.base in WITH_SOMEBODY and thing.name not in HELD for thing in things)


def _where_somebody_is(things: tuple[NamedThing, ...]) -> tuple[NamedThing, ...]:
    """Return things with a lighthouse on a cliff on the ground where somebody stands, too."""
    return tuple(
        replace(thing, base="", how="")
        if thing.base in WITH_SOMEBODY and thing.name in LANDMARKS
        else thing
        for thing in things
    )


def _where_it_stands(
    subjects: tuple[str, ...], things: tuple[NamedThing, ...], words: list[str]
) -> tuple[str, ...]:
    """Return places that things are in: noodles cooked by a tent are in no kitchen."""
    names = {thing.name for thing in things}
    if "tent" in names:
        indoors = {"kitchen", "music"} - ({"music"} if {*words} & _OF_STAGES else set())
        subjects = tuple("campsite" if name in indoors else name for name in subjects)
    if names & _HOUSES:  # its door is its own
        subjects = tuple(name for name in subjects if name != "front-porch")
    if "cliff" in names and ("lighthouse" in names or {*words} & _OF_SEA):
        subjects = tuple("ocean" if name == "mountains" else name for name in subjects)
    # A golden star is a prize: of space more is said.
    starry = "star" in names and not {*words} & _OF_SPACE
    return tuple(name for name in subjects if not (starry and name == "space"))


_HOUSES = frozenset({"barn", "castle", "church", "glass-villa", "haunted-house", "house"})
"""Drawings with a door that somebody can stand at."""

_OF_SEA = frozenset({"coast", "ocean", "sea", "seaside", "shore", "wave", "waves"})

_OF_STAGES = frozenset({"concert", "festival", "stage", "dj", "band"})

_OF_SPACE = frozenset(
    {"space", "galaxy", "planet", "cosmos", "cosmic", "universe", "nebula", "astronaut", "orbit",
     "telescope", "milky-way", "supernova", "exploding", "neutron", "dying"}
)  # fmt: skip


def _said_of(thing: NamedThing) -> tuple[int, str | None, str, str]:
    return thing.count, thing.colour, thing.state, thing.price


def _without_landmarks(
    things: tuple[NamedThing, ...], places: tuple[str, ...]
) -> tuple[NamedThing, ...]:
    """Leave out what the place shows by itself, unless it is on fire or of another colour."""
    shown = LANDMARK_IN.get(places[0], set()) if places else set()
    return tuple(one for one in things if one.name not in shown or one.state or one.colour)


def _beside_landmarks(names: tuple[str, ...], things: tuple[NamedThing, ...]) -> tuple[str, ...]:
    """Return places of which none shows a landmark that is drawn by itself."""
    drawn = {thing.name for thing in things}
    return tuple(
        ELSEWHERE.get(name, "city") if LANDMARK_IN.get(name, set()) & drawn else name
        for name in names
    )


def _vague_last(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (name not in CITIES, name in VAGUE)))
