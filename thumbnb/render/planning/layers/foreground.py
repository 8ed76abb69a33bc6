"""The foreground: people, cards, a logo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from thumbnb.render.colour import palette
from thumbnb.render.figures import SHEET, face_box, glove_of, is_whole
from thumbnb.render.objects.raster import can_draw
from thumbnb.render.planning.cast.insets import POLAROID_FOOT, POLAROID_RIM
from thumbnb.render.planning.layers.around_layers import with_what_is_around
from thumbnb.render.planning.layers.painted_subject import subject_painting
from thumbnb.render.planning.layers.whole_portrait import whole_portrait_layers, zoom_to_head
from thumbnb.render.planning.people.aboard import layers_aboard
from thumbnb.render.planning.people.acting import acting
from thumbnb.render.planning.people.carried import with_what_is_carried, with_what_is_in_each_hand
from thumbnb.render.planning.people.gestures import hand, held_thing, reaching
from thumbnb.render.planning.people.halves import (
    has_halves_of_people,
    people_in_halves,
    room_in_halves,
)
from thumbnb.render.planning.people.held_by_each import (
    held_in_halves,
    with_each_holding,
    with_what_each_holds,
)
from thumbnb.render.planning.people.looking import looking
from thumbnb.render.planning.people.onlookers import with_onlookers
from thumbnb.render.planning.people.paired_cuts import paired_cut_layers
from thumbnb.render.planning.people.placement import (
    figure_position,
    finish_and_light,
    group_layers,
    person_layers,
)
from thumbnb.render.planning.people.tools_in_hand import tool_layers
from thumbnb.render.planning.photos.half_grades import half_grades
from thumbnb.render.planning.things.placement import thing_boxes
from thumbnb.render.planning.things.price_tag_text import with_texts
from thumbnb.render.planning.things.thing_layers import ThingLayers, thing_layers
from thumbnb.render.scene import Blur, Card, Cutout, Fingers, Grade, ObjectLayer, Scrim
from thumbnb.render.subjects import SUBJECTS, Place
from thumbnb.render.vision import faces

if TYPE_CHECKING:
    from PIL import Image

    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.scene import Box, Layer

_FANS = {1: (1.0, 1.0, 0.0, 0.0), 2: (0.72, 0.56, 0.28, 0.44), 3: (0.58, 0.37, 0.21, 0.315)}
_ROWS = {1: (1.0, 1.0, 0.0, 0.0), 2: (0.52, 0.84, 0.48, 0.16), 3: (0.36, 0.68, 0.32, 0.16)}
"""Of one, two or three cards: their width and height, how far across and down the next one lies.

They overlap at a corner or an edge, so that a face in any of them is seen. Wide rooms take rows.
"""

_WIDE = 1.4

_LANDMARK_BLUR = 24
"""How much a drawn landmark behind somebody photographed is blurred: it stands far away."""

_ENHANCE = {"subtle": 0.3, "normal": 0.55, "enhanced": 0.9}


def foreground_layers(context: PlanContext) -> list[Layer]:
    """Lay out cards, and whoever stands in front of them."""
    cast = context.cast
    layers = _card_layers(context)
    empty = cast.rooms or not (cast.person or cast.things)
    room = cast.split and cast.paints and empty and not cast.versus
    if room and issubclass(SUBJECTS[cast.subject], Place) and can_draw():
        layers += room_in_halves()
    apart = cast.card_images or cast.cut_pair
    things = ThingLayers([], []) if apart else thing_layers(context)
    layers += things.behind
    if things.behind and cast.portrait and cast.paints and "blur" not in context.excluded:
        layers += [Blur(amount=_LANDMARK_BLUR), Grade(saturation=0.72, contrast=1.06)]
    people = paired_cut_layers(context) if cast.cut_pair else _people(context)
    people = with_what_is_around(people, cast, context.recipes.colours["glow"])
    behind, before = tool_layers(people, cast, context.layout)
    layers += [*behind, *people]
    does = acting(cast, context.layout)
    on_table = cast.table or bool(does and does.staging.place == "table")
    if on_table and (things.front or cast.person) and not _stands_whole(layers):
        layers.append(_table(context))
    layers += with_texts(things.front, cast.things)
    layers += before
    if held_thing(cast, context.layout):
        layers += _fingers(context, layers)
    if cast.person and context.words and context.layout.side == "bottom" and not cast.split:
        # The words lie over the body.
        veil = palette.veil_colour(context.recipes.colours)
        layers.append(Scrim(colour=veil, side="bottom", reach=0.5, strength=0.8))
    layers += _face_cam(context)
    layers += _in_corners(context)
    if cast.logo:
        layers.append(Card(image=cast.logo, box=(1136, 36, 108, 108), border=None, shadow=0.4))
    return layers


def _face_cam(context: PlanContext) -> list[Layer]:
    """Frame the portrait in a corner, as cameras of streamers do."""
    camera = context.cast.face_cam
    if camera is None:
        return []
    view = context.view_of(camera.image)
    context.report.applied("person", "In a frame in the corner, as a face cam.")
    return [
        Card(
            image=camera.image, box=camera.box, focus=view.focus, zoom=zoom_to_head(view),
            border=context.recipes.colours["accent"], border_width=7, shadow=0.8,
        )
    ]  # fmt: skip


_TILT = 6.0
"""How far a small image is turned that is said to be tilted (degrees)."""


def _in_corners(context: PlanContext) -> list[Layer]:
    """Frame the images that are shown small, and put whoever is drawn small in their corner."""
    cast = context.cast
    layers: list[Layer] = []
    for inset in cast.insets:
        view = context.view_of(inset.image)
        frame = (
            {"shape": "square", "border_width": POLAROID_RIM, "foot": POLAROID_FOOT}
            if inset.polaroid
            else {"shape": "disc" if inset.round else "rounded", "border_width": 7}
        )
        # It leans towards the middle of the sheet.
        tilt = _TILT if inset.box[0] > 640 else -_TILT  # noqa: PLR2004 - the middle
        layers.append(
            Card.model_validate(
                {
                    "image": inset.image, "box": inset.box, "focus": view.focus, "shadow": 0.8,
                    "tilt": tilt if inset.tilted else 0.0, **frame,
                }
            )
        )  # fmt: skip
    if one := cast.corner_figure:
        finish, _ = finish_and_light(context)
        layers.append(
            Cutout(
                at=one.at, face_width=one.face_width, face=face_box(figure=one.figure),
                figure=one.figure, finish=finish,
                grade=context.recipes.resolved(context.preset.person_grade) or None,
            )
        )  # fmt: skip
    return layers


def _people(context: PlanContext) -> list[Layer]:
    """Lay out whoever stands in front: photographed, in halves, several, or one."""
    cast = context.cast
    if cast.portrait:
        return _portrait_layers(context, cast.portrait)
    if cast.vessel:
        finish, ambient = finish_and_light(context)
        grade = context.recipes.resolved(context.preset.person_grade) or None
        return layers_aboard(context, finish, ambient, grade)
    if has_halves_of_people(cast):
        before, *after = people_in_halves(context, *finish_and_light(context))
        was, became = held_in_halves(cast)
        return [
            *with_each_holding([before], cast, was),
            *with_each_holding(after, cast, became),
        ]
    if cast.group:
        beside = thing_boxes(cast, context.layout)
        return with_what_each_holds(group_layers(context, beside), cast)
    if cast.figures:
        figure = reaching(cast, context.layout)
        x, y, _, _ = figure_position(cast, context.layout, figure=figure)
        beside = [*thing_boxes(cast, context.layout), *card_boxes(cast, context.layout)]
        figure = looking(figure, cast, (x, y), beside)
        person = person_layers(context, SHEET, figure=figure, face=face_box(figure=figure))
        person = (with_what_each_holds if cast.rooms else with_what_is_carried)(person, cast)
        person = with_what_is_in_each_hand(person, cast)
        return with_onlookers(person, cast, context.layout)
    return []


def _stands_whole(layers: list[Layer]) -> bool:
    """Whether somebody is seen from head to foot: no table's edge is before their legs."""
    return any(isinstance(x, Cutout) and x.figure and is_whole(x.figure) for x in layers)


_TABLE_HIGH, _TABLE_FOOT = 172.0, 742.0
"""How high a table is drawn, and where it ends (units): its legs are out of the frame."""


def _table(context: PlanContext) -> ObjectLayer:
    return ObjectLayer(
        name="table-top",
        at=(640, _TABLE_FOOT),
        height=_TABLE_HIGH,
        ambient=0.5 if context.cast.paints else 0.0,
        grade=context.recipes.resolved(context.preset.person_grade) or None,
    )


def _fingers(context: PlanContext, layers: list[Layer]) -> list[Layer]:
    """Put the fingers of who holds something over its edge."""
    return [
        Fingers(
            at=hand(context.cast, context.layout),
            face_width=layer.face_width,
            skin=layer.figure.skin,
            glove=glove_of(layer.figure),
            reach=layer.figure.reach,
            grade=layer.grade,
            ambient=layer.ambient,
        )
        for layer in layers
        if isinstance(layer, Cutout) and layer.figure
    ]


def _card_finish(context: PlanContext) -> dict[str, Any]:
    """Fill in how a preset frames cards, less what is ruled out."""
    finish = context.recipes.resolved(context.preset.card)
    if context.layout.side == "right":
        finish["tilt"] = -finish.get("tilt", 0)
    if "tilt" in context.excluded:
        finish["tilt"] = 0
    if "outline" in context.excluded:
        finish["border"] = None
    if "glow" in context.excluded:
        finish["glow"] = None
    return finish


def card_boxes(cast: Cast, layout: Layout) -> list[Box]:
    """Return where the cards of a cast go: the two of a comparison, or a fan of what is shown."""
    if is_card_pair(cast):
        top = 214.0 if layout.side == "top" else 128.0
        return [(64.0, top, 544, 320), (672.0, top, 544, 320)]
    if not cast.card_images:
        return []
    x, y, w, h = layout.card
    if cast.person and not layout.name.startswith("trio"):
        # No words: beside the person.
        x, y, w, h = 60, 180, 440, 300
    wide, tall, across, down = (_ROWS if w > h * _WIDE else _FANS)[len(cast.card_images)]
    return [
        (x + across * w * i, y + down * h * i, w * wide, h * tall)
        for i in range(len(cast.card_images))
    ]


def is_card_pair(cast: Cast) -> bool:
    """Whether a comparison is shown on two cards."""
    return cast.split and bool(cast.card or cast.card_images) and not cast.person


def _card_layers(context: PlanContext) -> list[Layer]:
    cast, finish = context.cast, _card_finish(context)
    if is_card_pair(cast):
        return _card_pair(context, finish)
    if cast.card:
        box = _shaped(context.layout.card, finish)
        return [Card(painting=subject_painting(context, 0.5), box=box, **finish)]
    if not cast.card_images:
        return []
    if cast.person:
        finish["shape"] = "rounded"
    boxes = card_boxes(cast, context.layout)
    cards: list[Layer] = []
    # The first lies on top.
    for i, (name, box) in reversed(list(enumerate(zip(cast.card_images, boxes, strict=True)))):
        turned = finish | {"tilt": finish.get("tilt", 0) * (1 if i % 2 == 0 else -1.4)}
        focus = context.view_of(name).focus
        if cast.device and i == 0:
            size = context.image(name).size
            screen = screen_box(cast.device, box, size)
            cards.append(Card(image=name, box=screen, focus=focus, border=None, device=cast.device))
            continue
        cards.append(Card(image=name, box=_shaped(box, turned), focus=focus, **turned))
    return cards


def _card_pair(context: PlanContext, finish: dict[str, Any]) -> list[Layer]:
    """Show before and after on a card each."""
    shown = context.cast.card_images
    grades = half_grades(context, another=len(set(shown)) > 1)
    cards: list[Layer] = []
    for i, (box, grade) in enumerate(
        zip(card_boxes(context.cast, context.layout), grades, strict=True)
    ):
        what: dict[str, Any] = {"painting": subject_painting(context, 0.5)}
        if shown:
            what = {"image": shown[i], "focus": context.view_of(shown[i]).focus}
        turned = finish | {"tilt": 2.0 if i else -2.0, "shape": "rounded", "grade": grade}
        cards.append(Card(box=box, **what, **turned))
    return cards


def screen_box(device: str, box: Box, size: tuple[int, int]) -> Box:
    """Return where the screen of a device is that fills a box and shows an image of a size."""
    x, y, w, h = box
    x, y, w, h = x + _RIM, y + _RIM, w - 2 * _RIM, h - 2 * _RIM - _BELOW.get(device, 0.0)
    aspect = size[0] / size[1]
    if device == "phone":
        aspect = min(max(aspect, 1.6), 2.0) if aspect >= 1 else 0.5
    elif device == "tablet":
        aspect = min(max(aspect, 1.33), 1.6) if aspect >= 1 else 0.72
    else:
        aspect = 16 / 10
    wide = min(w, h * aspect)
    high = wide / aspect
    return x + (w - wide) / 2, y + (h - high) / 2, wide, high


_RIM, _BELOW = 18.0, {"laptop": 34.0, "monitor": 70.0, "television": 40.0}
"""How wide a device is around its screen, and how much more below that (units)."""


def _shaped(box: Box, finish: dict[str, Any]) -> Box:
    """Make a box square where its shape is one."""
    x, y, w, h = box
    if finish.get("shape") not in {"disc", "square"}:
        return box
    side = min(w, h) * (1.12 if finish["shape"] == "disc" else 1.08)
    return x + (w - side) / 2, y + (h - side) / 2, side, side


def _foot(cut: Image.Image) -> int:
    """Return how far down a cut-out reaches (pixels): a person to the end of the photo."""
    box = cut.getchannel("A").getbbox()
    return box[3] if box else cut.height


def _cut_off(cut: Image.Image) -> tuple[float | None, float | None]:
    """Return where the left and right edges of a portrait cut somebody off (pixels), if they do."""
    left, right = np.asarray(cut.getchannel("A"))[:, [0, -1]].max(axis=0)
    return (0.0 if left > _SEEN else None), (float(cut.width) if right > _SEEN else None)


_SEEN = 128
"""From this opacity on (of 255) an edge is seen."""


def _portrait_layers(context: PlanContext, name: str) -> list[Layer]:
    """Show a portrait: cut out where that is sure, else whole."""
    own = name.startswith("portrait")
    sight = (faces.find_person if own else faces.find_cutout)(context.image(name))
    strength = context.brief.options.face_enhancement
    enhance = _ENHANCE.get(strength or "", 0.0) if sight.face else 0.0
    if enhance:
        context.report.applied("face_enhancement", "Skin evened and lit; features as they are.")
    elif strength in _ENHANCE:
        context.report.ignored("face_enhancement", "No face was found.")
    if sight.cut is not None and sight.face is not None:
        context.report.applied("person", sight.how)
        return person_layers(
            context,
            _foot(sight.cut),
            image=name,
            face=sight.face,
            enhance=enhance,
            cut_off=_cut_off(sight.cut),
        )
    context.report.approximated("person", sight.how)
    finish = _card_finish(context)
    return whole_portrait_layers(context, name, face=sight.face, enhance=enhance, finish=finish)
