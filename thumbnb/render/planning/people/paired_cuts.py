"""The layers of two people cut out of their photos, and of what is between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.objects.drawn import object_aspect
from thumbnb.render.objects.raster import can_draw
from thumbnb.render.planning.headline import extent
from thumbnb.render.planning.people.placement import finish_and_light, grade_of
from thumbnb.render.planning.thing_colours import thing_colours
from thumbnb.render.scene import Cutout, ObjectLayer

if TYPE_CHECKING:
    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.scene import Layer

_HIGH, _WIDE, _FOOT = 230.0, 240.0, 690.0
"""How high and wide what is between two people is at the most, where it ends (units)."""


def paired_cut_layers(context: PlanContext) -> list[Layer]:
    """Lay out two people cut out: who is cut off towards the middle stands behind the other."""
    finish, ambient = finish_and_light(context)
    grade = context.recipes.resolved(context.preset.person_grade) or None
    pair = sorted(context.cast.cut_pair, key=lambda one: not one.open_edge)
    layers: list[Layer] = [
        Cutout(
            image=one.image, face=one.face, at=one.at, face_width=one.face_width,
            mirrored=one.mirrored, fade=one.fade, finish=finish, ambient=ambient,
            grade=grade_of(context, one.image, grade),
        )
        for one in pair
    ]  # fmt: skip
    return layers + _between(context)


def _between(context: PlanContext) -> list[Layer]:
    """Put the things that a prompt names between the two, above words at the foot."""
    things = [thing for thing in context.cast.things if thing.between][:1]
    if not can_draw():
        return []
    foot = _FOOT
    if context.words and context.layout.side == "bottom":
        foot = extent(context.words)[1] - 14
    layers: list[Layer] = []
    for thing in things:
        count = min(thing.count, _PAIR)
        aspect = object_aspect(thing.name)
        high = min(_HIGH, _WIDE / (count * aspect))
        for number in range(count):
            x = 640 + (number - (count - 1) / 2) * high * aspect * 1.1
            layers.append(
                ObjectLayer(
                    name=thing.name, at=(x, foot), height=high, colours=thing_colours(thing),
                    state=thing.state, mirrored=number > 0,
                )
            )  # fmt: skip
    return layers


_PAIR = 2
