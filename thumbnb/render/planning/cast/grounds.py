"""The ground of things: the place they are found in where none is named, the table before them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from thumbnb.render.objects.vocabulary.thing_kinds import GROWING, usual_place
from thumbnb.render.prompt.comparison import two_sides
from thumbnb.render.prompt.half_states import halves_of
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.prompt.places.painted_places import PLACES
from thumbnb.text import image_tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.prompt.images.relations import Side
    from thumbnb.render.prompt.parser import ParsedPrompt
    from thumbnb.render.vision.faces import ImageView


def unnamed_place(prompt: ParsedPrompt) -> str | None:
    """Return where things stand whose place is not named: where they are found, or outdoors.

    Without one, they would be stickers on a pattern; a colour of the background, or two sides
    against each other, leave no room for a place.
    """
    if not prompt.things or prompt.places or prompt.background_colour or prompt.versus:
        return None
    if any(thing.name in GROWING for thing in prompt.things):
        return "garden"
    if {"gaming", "gaming-room"} & {*prompt.subjects}:
        # A boss fight has the look of its game: a hall to fight in.
        fight = any(thing.name in _FOUGHT or thing.size == "huge" for thing in prompt.things)
        return "boss-arena" if fight else "gaming-room" if prompt.person else None
    where = [thing.name for thing in prompt.things]
    if prompt.vessel:  # a laptop in a hammock is in no office
        where = [prompt.vessel.name, *(name for name in where if usual_place([name]) != "office")]
    usual = usual_place(where)
    if usual in _ROOMS and {"storm", "winter"} & {*prompt.hours}:
        return "street"  # rain and snow fall outdoors
    return usual or ("meadow" if prompt.hours else None)


def places_of_halves(text: str, *, versus: bool) -> tuple[str, str] | None:
    """Return the place that a text gives each of two halves; None where it is one and the same.

    >>> places_of_halves("before in a messy kitchen, after on a tropical beach", versus=False)
    ('kitchen', 'beach')
    """
    parts = tuple(two_sides(text)) if versus else halves_of(text) or ()
    places = [_place_of(part) for part in parts]
    if len(places) != _HALVES or None in places or len({*places}) < _HALVES:
        return None
    return places[0] or "", places[1] or ""


_HALVES = 2


def drawn_half(text: str, photos: Sequence[str]) -> tuple[Side, str] | None:
    """Return the side and the place of the half that has not the one photo of a text.

    >>> drawn_half("on the left a dry garden, on the right my dahlia @image1", ["image1"])
    ('left', 'garden')
    """
    parts = halves_of(text)
    if parts is None or len(photos) != 1:
        return None
    first, second = (bool(image_tokens.numbers(part)) for part in parts)
    if not (first or second) and image_tokens.numbers(text):
        # "@image1 in the left half, the right half a stadium": it has the half said first.
        first = text.find(parts[0]) < text.find(parts[1])
        second = not first
    if first == second:
        return None
    place = _place_of(parts[1 if first else 0])
    return None if place is None else ("right" if first else "left", place)


def _place_of(text: str) -> str | None:
    """Return the place that a part of a prompt is in, by its name or by what stands there."""
    said = parse_prompt(text)
    named = [place for place in (*said.places, *said.subjects) if place in PLACES]
    named += [subject for subject in said.subjects if subject in _PAINTED_PLACES]
    return next(iter(named), None) or unnamed_place(said)


_PAINTED_PLACES = frozenset({"city", "desert", "forest", "mountains", "ocean", "office", "sports"})
"""Places with a painting of their own that is no drawing."""


def photo_ground(prompt: ParsedPrompt, views: Sequence[ImageView]) -> str:
    """Return what the one photo of a prompt is to stand before: a place, "colour", or nothing.

    Scenery stands before nothing.
    """
    if len(views) != 1 or (views[0].subject is None and views[0].face is None):
        return ""
    marked = prompt.number or prompt.circle or prompt.steps
    coloured = prompt.background_colour and prompt.effects and not marked
    return prompt.place_behind or ("colour" if coloured else "")


def ground_of_things(
    subject: str, prompt: ParsedPrompt, preset: str, *, two_sides: bool
) -> list[Literal["painting"]]:
    """Return the place that things stand in, if they have one; ``two_sides``: of things alone."""
    if preset in _BRIGHT and not prompt.places and unnamed_place(prompt) in _SOBER:
        return []
    if two_sides and subject in _PROPS_IN_MIDDLE:
        return []  # between the two sides only their "VS" stands
    return ["painting"] if prompt.places or unnamed_place(prompt) else []


_BRIGHT = frozenset({"mrbeast-viral"})
_SOBER = frozenset({"office", "trading-floor", "vault"})
"""Usual places that are duller than the rays and colours that some presets live by."""

_FOUGHT = frozenset(
    {"alien", "axe", "bow-and-arrow", "devil", "dragon", "knight-helmet", "monster", "shield",
     "skeleton", "sword", "troll", "golem", "trident", "zombie"}
)  # fmt: skip
"""What there is a fight with in a game."""

_ROOMS = frozenset({"bedroom", "kitchen", "library", "living-room"})
"""The usual places of things that no weather reaches."""

_PROPS_IN_MIDDLE = frozenset({"music", "ocean", "office", "space", "sports", "studio"})
"""Painted places with something of their own in the middle."""


def has_table(subject: str) -> bool:
    """Whether a place has a table in the foreground."""
    return subject in _WITH_TABLE


_WITH_TABLE = frozenset({"kitchen", "office", "classroom", "laboratory", "restaurant"})


def places_of(prompt: ParsedPrompt) -> tuple[str, ...]:
    """Return the places and scenes of a prompt, else the one that its things are found in."""
    places = prompt.places if prompt.things else prompt.subjects
    place = None if places else unnamed_place(prompt)
    return (place,) if place else places
