"""Two things or rooms that are compared with somebody between them: a full and an empty fridge."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from thumbnb.render.prompt.half_states import find_states

if TYPE_CHECKING:
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.presets import Preset
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.prompt.parser import ParsedPrompt


def are_compared_things(prompt: ParsedPrompt, preset: Preset) -> bool:
    """Whether the first two things of a prompt are compared, and not whoever is there too."""
    if not (prompt.versus or prompt.compared or preset.split):
        return False
    return compared_pair(prompt.things) is not None


def are_compared_rooms(prompt: ParsedPrompt, preset: Preset, text: str) -> bool:
    """Whether a prompt compares an untidy room with the same one tidied."""
    if prompt.versus or not (prompt.compared or preset.split):
        return False
    room = bool(_ROOMS & {*prompt.places[:1]}) and compared_pair(prompt.things) is None
    states = find_states(text)
    return room and "poor" in states.first and "good" in states.second


_ROOMS = frozenset(
    {
        "bathroom", "bedroom", "classroom", "clothing-store", "gaming-room", "garage", "kitchen",
        "living-room", "office", "playroom",
    }
)  # fmt: skip


def pair_first(things: tuple[NamedThing, ...]) -> tuple[NamedThing, ...]:
    """Return the two things that are compared, and then what else there is but for them."""
    two = compared_pair(things) or ()
    words = {thing.word for thing in two}
    return (*two, *(thing for thing in things if thing.word not in words))


def compared_pair(things: tuple[NamedThing, ...]) -> tuple[NamedThing, NamedThing] | None:
    """Return the two things of one kind that differ: in state, price, colour or side."""
    for index, first in enumerate(things):
        for second in things[index + 1 :]:
            if _kind(first) == _kind(second):  # no two things are named alike but for a side
                return first, second
    return None


def _kind(thing: NamedThing) -> str:
    """Return what a thing is by the last word for it: a fridge, full or empty."""
    return thing.word.casefold().split()[-1].removesuffix("s")


def several_rivals(cast: Cast) -> tuple[NamedThing, ...]:
    """Return the three or more things of a list that are compared; none where it is two.

    What they are compared on, as a map, is none of them.
    """
    things = [thing for thing in cast.things if not (thing.how or thing.between)]
    if not cast.versus or cast.person or len(things) <= _TWO or not things[_TWO].listed:
        return ()
    return (*things[:_TWO], *takewhile(lambda thing: thing.listed, things[_TWO:_MOST]))


_TWO, _MOST = 2, 4
