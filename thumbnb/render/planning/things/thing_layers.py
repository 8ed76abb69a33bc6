"""The layers of the things a prompt names: their colours, their light, which way they face."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from thumbnb.render.colour.mixing import rgb
from thumbnb.render.colour.names import named_colour
from thumbnb.render.objects.painting import describe
from thumbnb.render.objects.vocabulary.thing_kinds import (
    AIRBORNE,
    EATEN,
    IN_GROUND,
    LANDMARKS,
    LIT,
    RIDDEN,
    RUSTING,
    SHINING,
    WITHERING,
)
from thumbnb.render.planning.cast.large_thing import large_thing
from thumbnb.render.planning.people.acting import acting
from thumbnb.render.planning.people.gestures import held_mirrored, held_thing
from thumbnb.render.planning.photos.half_grades import AFTER_GRADE, before_grade
from thumbnb.render.planning.thing_colours import thing_colours
from thumbnb.render.planning.things.animal_acts import (
    animal_marks,
    mood_of_animal,
    side_faced_by_animal,
)
from thumbnb.render.planning.things.placement import place_things
from thumbnb.render.prompt.people.actions import is_alive
from thumbnb.render.scene import Finish, ObjectLayer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.planning.things.placed_thing import PlacedThing
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Layer

_AMBIENT = 0.65
"""How much of a place's light falls on what stands in it, 0 to 1."""

_SMALLER_IN = {"burning": 0.82, "crashed": 0.84, "toppling": 0.86, "wheelie": 0.86}
"""How much smaller a thing is that flames or smoke rise over: they need room too."""


def is_behind_people(name: str) -> bool:
    """Whether people stand before a thing: one as large as a house, or in the sky."""
    return name in LANDMARKS or name in AIRBORNE


def thing_finish(context: PlanContext) -> dict[str, Any]:
    """Fill in how a preset finishes people and things, less what is ruled out."""
    finish = context.recipes.resolved(context.preset.person)
    if "outline" in context.excluded:
        finish.pop("outline", None)
    if "glow" in context.excluded:
        finish = {k: v for k, v in finish.items() if not k.startswith("glow") and k != "rims"}
    return finish


class ThingLayers(NamedTuple):
    """The layers of things: those that people stand before, and those before them."""

    behind: list[Layer]
    front: list[ObjectLayer]


def thing_layers(context: PlanContext) -> ThingLayers:
    """Lay out the things of a cast."""
    cast, finish = context.cast, thing_finish(context)
    grade = context.recipes.resolved(context.preset.person_grade) or None
    # What stands in a place is a part of it, no sticker.
    in_place = {key: value for key, value in finish.items() if not key.startswith("outline")}
    layers = ThingLayers([], [])
    placed, held = place_things(cast, context.layout), held_thing(cast, context.layout)
    does = acting(cast, context.layout)
    large = large_thing(cast) if context.layout.whole < 1 else None
    rightmost = max((one.x for one in placed if one.thing is cast.things[0]), default=0.0)
    for index, copy in enumerate(placed):
        illustration = describe(copy.thing.name)
        away = "right" if context.layout.side == "left" else "left"
        as_sticker = _is_sticker(copy.thing, cast) and not (copy.behind or copy.thing.spread)
        if copy.thing is large and _faces_somebody(copy.thing, cast):
            away = "left" if context.layout.hero[0] > _MIDDLE else "right"
        if cast.versus:  # Two against each other face each other.
            away = "right" if index else "left"
        elif len(placed) > 1 and copy.thing is not cast.things[0] and copy.x < rightmost:
            away = "left"  # towards the main thing
        if (
            does
            and copy.thing.word == does.thing.word
            and (copy.thing.name not in RIDDEN or does.staging.place == "seat")
        ):
            # Towards who does it; what is pushed goes on.
            away = "left" if context.layout.hero[0] > _MIDDLE else "right"
            if does.staging.place == "seat":  # to where its rider looks
                away = "right" if away == "left" else "left"
        fight = cast.mood == "angry" and not cast.animal_act and not cast.person
        if len(placed) > 1 and (fight or copy.thing.name in _REACHING):
            others = [one.x for one in placed if one is not copy]
            # Who fight face each other, and hands reach for each other.
            away = "left" if copy.x < sum(others) / len(others) else "right"
        if faced := side_faced_by_animal(cast, copy.thing.word):
            away = "right" if faced == "left" else "left"
        compared = before_grade(another=len(cast.things) > 1) if index == 0 else AFTER_GRADE
        halves = cast.split and not cast.versus
        colours = thing_colours(copy.thing)
        alike = cast.versus and len({one.thing.name for one in placed}) == 1
        alike = alike or _is_second_of_kind(copy, placed[:index])
        dull = halves
        if alike and index and not colours and copy.thing.name not in EATEN:
            # Two of a kind are told apart by their colour, where they have one.
            colours = _other_colours(copy.thing)
        place = layers.behind if _is_behind(copy) else layers.front
        place.append(
            ObjectLayer(
                name=copy.thing.name,
                at=(copy.x, copy.foot),
                height=copy.height * _SMALLER_IN.get(copy.thing.state, 1.0),
                colours=colours,
                mood=mood_of_animal(cast, copy.thing.word) or ("" if dull and index else cast.mood),
                state=_state(copy.thing, index, cast) if dull else copy.thing.state,
                mirrored=held_mirrored(copy.thing, context.layout)
                if held and copy.thing.word == held.word
                else copy.mirrored != (illustration.faces == away),
                turn=copy.turn,
                below=copy.below,
                ground=0.8 if _is_on_ground(copy) and not (as_sticker or copy.below) else 0.0,
                finish=Finish(shadow=0.0)
                if copy.below
                else Finish.model_validate(
                    in_place if (cast.paints and not as_sticker) or copy.thing.spread else finish
                ),
                **_light_on(copy.thing.name, cast, compared if dull else grade, dull=dull),
            )
        )
    layers.behind.extend(animal_marks(cast, placed))
    return layers


def _faces_somebody(large: NamedThing, cast: Cast) -> bool:
    """Whether what is large faces who stands before it: what is alive, huge or fled from."""
    return large.size == "huge" or is_alive(large.name) or cast.action.fleeing


_REACHING = frozenset({"hand", "robot-hand"})

_MIDDLE = 640.0
"""The middle of the sheet."""


def _is_second_of_kind(copy: PlacedThing, before: Sequence[PlacedThing]) -> bool:
    """Whether another one of the same drawing is shown that has another name: a Tesla, a car."""
    return any(
        one.thing.name == copy.thing.name and one.thing.word != copy.thing.word for one in before
    )


def _is_behind(copy: PlacedThing) -> bool:
    """Whether people stand before a thing: it is far away, or flies."""
    scattered = copy.thing.spread == "air"
    if copy.front or (copy.thing.how and not copy.behind):
        return False
    return copy.behind or scattered or is_behind_people(copy.thing.name)


def _is_on_ground(copy: PlacedThing) -> bool:
    """Whether a thing casts a shadow on the ground: what is on or in another one does not."""
    thing = copy.thing
    if thing.state in IN_GROUND:
        return False  # the earth around it says so
    if thing.how or thing.spread in {"air", "pile"}:
        return thing.how in {"on", "in"} and thing.spread == ""
    return thing.spread == "floor" or describe(thing.name).stands


def _state(thing: NamedThing, half: int, cast: Cast) -> str:
    """Return what a thing is like in a half: before, a plant is withered, a car rusty."""
    if half:
        return thing.state if len(cast.things) > 1 else ""
    usual = "wilted" if thing.name in WITHERING else "rusty" if thing.name in RUSTING else ""
    return thing.state or usual


def _is_sticker(thing: NamedThing, cast: Cast) -> bool:
    """Whether a thing is put on like the person beside it: in front of a place out of focus."""
    return bool(cast.portrait and cast.paints and not is_behind_people(thing.name))


def _light_on(name: str, cast: Cast, grade: Any, *, dull: bool) -> dict[str, Any]:
    """Return the light on a thing: what shines keeps its own, and so do lit windows."""
    if name in SHINING and not dull:
        return {"grade": None}
    in_place = cast.paints and not (cast.split and not cast.versus)
    return {
        "grade": grade,
        "ambient": _AMBIENT if in_place else 0.0,
        "lamps": name in LIT and not dull,
    }


def _other_colours(thing: NamedThing) -> dict[str, str]:
    """Return the colours of the second of two that are alike: orange for what is blue.

    What changes is what has the most colour: the screen of a phone in a black body.
    """
    slots = describe(thing.name).slots
    if not slots:
        return thing_colours(replace(thing, colour="blue"))
    slot = max(slots, key=lambda each: _chroma(slots[each]))
    red, _, blue = rgb(slots[slot])
    return {slot: named_colour("orange" if blue > red + _BLUISH else "blue")}


def _chroma(colour: str) -> float:
    channels = rgb(colour)
    return float(max(channels) - min(channels))


_BLUISH = 30
