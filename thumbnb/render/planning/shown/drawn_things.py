"""Which of the things of a cast a scene shows, and which are hidden in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from thumbnb.render.objects.vocabulary.seats import empty_form, ridden_form, single_form
from thumbnb.render.planning.shown.visibility import HIDDEN, seen_objects
from thumbnb.render.planning.things.placement import SHOWN_BY_WEATHER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Layer


class DrawnThings(NamedTuple):
    """The things that are ``seen``, and those that are drawn but ``hidden`` by others."""

    seen: tuple[NamedThing, ...]
    hidden: tuple[NamedThing, ...]


def drawn_things(cast: Cast, layers: Sequence[Layer]) -> DrawnThings:
    """Return what of a cast's things the layers of a scene show.

    A thing of which less than a quarter is seen is hidden. Of two things of one drawing, each
    takes a layer of its own.
    """
    free = seen_objects(layers)
    seen: list[NamedThing] = []
    hidden: list[NamedThing] = []
    bases = {thing.base for thing in cast.things if thing.how == "on"}
    for thing in cast.things:
        if SHOWN_BY_WEATHER.get(thing.name) in cast.weather:
            seen.append(thing)
            continue
        forms = {each(thing.name) for each in (str, empty_form, single_form, ridden_form)}
        mine = [each for each in free if each.layer.name in forms]
        if not mine:
            continue
        best = max(mine, key=lambda each: each.share)
        free.remove(best)
        is_seen = best.share >= HIDDEN or thing.name in bases
        (seen if is_seen else hidden).append(thing)
    return DrawnThings(tuple(seen), tuple(hidden))
