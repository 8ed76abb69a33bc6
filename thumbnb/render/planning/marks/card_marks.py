"""What is put beside a card: things and a large number at its corners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.colour.names import named_colour
from thumbnb.render.objects.raster import can_draw
from thumbnb.render.planning.callouts import chip_box
from thumbnb.render.planning.headline import extent
from thumbnb.render.planning.marks.mark_layers import PhotoMarks, copies, drawn_thing, large_number
from thumbnb.render.planning.photos.arrow_between import arrow_between
from thumbnb.render.planning.things.beside_cards import boxes_beside_card, corner_boxes, is_clear
from thumbnb.render.planning.things.placement import shown_things
from thumbnb.render.planning.things.price_tag_text import with_texts
from thumbnb.render.scene import Card, Chip, Words
from thumbnb.render.vision.framing import face_in_layer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Box, Layer


def marks_beside_cards(context: PlanContext, below: Sequence[Layer]) -> PhotoMarks:
    """Lay out things and a number at the corners of a card."""
    cards = [layer for layer in below if isinstance(layer, Card)]
    card = cards[-1]  # in front of the others
    taken = [extent(each) for each in below if isinstance(each, Words)]
    faces = (face_in_layer(each, context.view_of) for each in below)
    taken += [chip_box(each) for each in below if isinstance(each, Chip)]
    taken += filter(None, faces)
    layers: list[Layer] = []
    shown: list[NamedThing] = []
    if context.cast.split:
        return _arrow_between_cards(context, taken)
    numbers = large_number(context)
    if numbers:
        corners = corner_boxes(card.box, chip_box(numbers)[2:])
        free = next((box for box in corners if is_clear(box, taken)), None)
        if free:
            layers.append(numbers.model_copy(update={"at": free[:2]}))
            taken.append(free)
    number = bool(layers)
    for thing in shown_things(context.cast.things) if can_draw() else ():
        side = context.parsed.word_sides.get(thing.word)
        if boxes := boxes_beside_card(thing.name, copies(thing), card.box, taken, side):
            for box in boxes:
                layers += with_texts([drawn_thing(context, thing, box)], [thing])
            taken += boxes
            shown.append(thing)
    return PhotoMarks(tuple(layers), tuple(shown), number=number)


def _arrow_between_cards(context: PlanContext, taken: Sequence[Box]) -> PhotoMarks:
    """Lay an arrow over the gap between two cards; other things have no room there."""
    arrow = next((thing for thing in context.cast.things if thing.name == "arrow"), None)
    if arrow is None:
        return PhotoMarks()
    colour = named_colour(arrow.colour or "red")
    layer = arrow_between(context.brief.prompt, colour, taken)
    return PhotoMarks((layer,), (arrow,)) if layer else PhotoMarks()
