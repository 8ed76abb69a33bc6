"""The layers of what is put on or beside a photo: a thing, a large number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb.render.objects.painting import describe
from thumbnb.render.planning.callouts import label_chip, strongest_ink
from thumbnb.render.planning.thing_colours import thing_colours
from thumbnb.render.planning.things.thing_layers import thing_finish
from thumbnb.render.scene import Finish, ObjectLayer

if TYPE_CHECKING:
    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Box, Chip, Layer

GLYPHS = frozenset({"exclamation-mark", "question-mark"})


@dataclass(frozen=True, slots=True)
class PhotoMarks:
    """What is drawn on a photo: its layers, the ``things`` shown, whether a ``circle`` is."""

    layers: tuple[Layer, ...] = ()
    things: tuple[NamedThing, ...] = ()
    circle: bool = False
    number: bool = False
    """Whether a number is shown that the prompt wants large."""


def large_number(context: PlanContext) -> Chip | None:
    """Return the number that the prompt wants large, on a plate, still in no place."""
    if not context.parsed.number:
        return None
    plate = context.recipes.colours["accent"]
    label = context.preset.label.model_copy(update={"slant": 0.0, "radius": 0.28})
    return label_chip(
        context.parsed.number, label, (0.0, 0.0), size=_NUMBER, align="left",
        ink=strongest_ink(plate), plate=plate,
    )  # fmt: skip


_NUMBER = 150.0
"""The font size of a number that is wanted large."""


def drawn_thing(context: PlanContext, thing: NamedThing, box: Box) -> ObjectLayer:
    """Return the layer of a thing that fills a box."""
    x, y, wide, high = box
    colours = thing_colours(thing)
    slots = describe(thing.name).slots
    if thing.name in GLYPHS and slots and not colours:
        colours = {next(iter(slots)): context.recipes.colours["accent"]}
    return ObjectLayer(
        name=thing.name,
        at=(x + wide / 2, y + high),
        height=high * (_UNDER_FLAMES if thing.state == "burning" else 1.0),
        colours=colours,
        mood=context.cast.mood,
        state=thing.state,
        finish=Finish.model_validate(thing_finish(context)),
    )


_UNDER_FLAMES = 0.8
"""How much smaller a thing is that flames rise over: they need room too."""

_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}


def copies(thing: NamedThing) -> int:
    """Return how many of a thing stand in a row: "five stars" are five."""
    said = re.match(r"(two|three|four|five|[2-5])\b", thing.word, re.IGNORECASE)
    if said and thing.count == 1:
        return _NUMBERS.get(said[1].casefold()) or int(said[1])
    return thing.count
