"""Words for parts of what is shown: the floor of a room, a screen of a phone, somebody's hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.thing_kinds import ANIMATE
from thumbnb.render.prompt.places.painted_places import OUTDOORS
from thumbnb.render.subjects import SUBJECTS, Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.prompt.named_thing import NamedThing


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OF_PEOPLE = _words(
    "arm arms body cheek cheeks chest chin ear ears elbow eye eyes face faces finger fingers "
    "fingertips foot feet forehead hair hand hands head heads jaw knee knees lap leg legs lips "
    "mouth neck nose palm palms shoulder shoulders skin wrist wrists"
)
_OF_ANIMALS = _words("ears eyes face feet fur head legs mouth nose paw paws tail wings")
_OF_ROOMS = _words("ceiling corner floor floorboards room wall walls")
_OF_OUTDOORS = _words("clouds field ground horizon landscape outdoor outdoors sky")
_OF_PLACES = {
    "grass": "farm forest garden meadow savanna sports stonehenge lake graveyard campsite",
    "leaves": "forest garden jungle",
    "sand": "beach desert egypt tropical-island maldives dubai",
    "water": "ocean lake beach underwater pool fjord venice maldives tropical-island niagara",
    "waves": "ocean beach",
    "river": "lake fjord jungle",
    "path": "forest garden mountain-trail dark-forest",
    "window": "kitchen living-room office bedroom hospital airplane-cabin",
    "shelves": "library supermarket laboratory",
    "shelf": "library supermarket laboratory",
    "lights": "music sports boxing-ring city theatre nightclub octagon keynote-stage",
    "spotlight": "music theatre keynote-stage comedy-club",
    "spotlights": "music theatre keynote-stage boxing-ring octagon",
    "floodlights": "sports",
    "ring": "boxing-ring",
    "arena": "boxing-ring octagon sports boss-arena",
    "stone": "castle-yard dungeon cave ruined-city",
    "counter": "kitchen cafe bar restaurant",
    "bakery": "kitchen",
    "steakhouse": "restaurant kitchen",
}
"""Words for what the paintings of these places have in them."""

_OF_THINGS = {
    **dict.fromkeys(
        ("screen", "screens", "display"),
        "phone tablet laptop monitor television smartwatch retro-computer gaming-pc",
    ),
    "chest": "treasure-chest",
    "steam": "coffee cooking-pot ramen tea",
    "rim": "bathtub bowl",
    "roots": "tree",
    "branches": "tree cherry-tree",
    "sails": "sailboat ship",
    "wheels": "car bicycle motorcycle truck bus",
    "wheel": "car bicycle motorcycle truck bus",
    "hood": "car",
    "wings": "airplane dragon eagle butterfly bat",
    "cushions": "sofa",
    "strings": "guitar violin electric-guitar",
}
_OF_TABLES = _words("board counter desk table tabletop wooden worktop")


def words_of_parts(cast: Cast, things: Iterable[NamedThing], words: Collection[str]) -> set[str]:
    """Return those of the words that name a part of what a cast shows, and no thing by itself."""
    names = {thing.name for thing in things}
    parts: set[str] = set()
    if cast.person:
        parts |= _OF_PEOPLE
    if names & ANIMATE:
        parts |= _OF_ANIMALS
    if cast.table:
        parts |= _OF_TABLES
    place = SUBJECTS.get(cast.subject) if cast.paints else None
    if place is not None and issubclass(place, Place):
        parts |= _OF_OUTDOORS if cast.subject in OUTDOORS else _OF_ROOMS
    if place is not None:
        parts |= {word for word, where in _OF_PLACES.items() if cast.subject in where.split()}
    parts |= {word for word, of in _OF_THINGS.items() if names & {*of.split()}}
    return {word for word in words if word.casefold() in parts}
