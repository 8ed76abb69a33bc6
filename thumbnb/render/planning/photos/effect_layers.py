"""Effects over a photo, where they belong: steam above its subject, flames below, beans around."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.planning.headline import extent
from thumbnb.render.planning.photos.painted_effects import (
    EFFECT_LAYERS,
    LAMPS,
    SEEN_THROUGH,
    EffectRoom,
    effect_colour,
)
from thumbnb.render.planning.photos.set_off import light_on_subject, subject_above, the_photo
from thumbnb.render.prompt.images.in_grey import is_in_grey
from thumbnb.render.scene import ImageLayer
from thumbnb.render.vision.framing import box_on_sheet, salient_share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.prompt.images.effects import EffectKind
    from thumbnb.render.scene import Box, Layer

_SOME_SUBJECT: Box = (420.0, 180.0, 440.0, 420.0)

_OVER_ALL: frozenset[EffectKind] = frozenset({*LAMPS, *SEEN_THROUGH, "rain", "snow", "confetti"})
"""What lies over somebody cut out of a photo, too."""

_BEHIND: frozenset[EffectKind] = frozenset(
    {"flames", "smoke", "glow", "rays", "lightning", "explosion", "flashlight", "candle",
     "spotlight"}
)  # fmt: skip
"""Effects that are behind the subject of a photo, where that can be cut out of it."""


def effect_layers(context: PlanContext, below: Sequence[Layer]) -> list[Layer]:
    """Lay out the effects that the prompt wants over its photos, which are ``below``.

    The subject of a photo that fills the frame alone stands between what is behind it and the
    rest, on darker ground. Somebody cut out of the one photo stands before all of it.
    """
    if is_cut_from_photo(context.cast):
        effects = _effect_layers(context, below, free=True)
        return [each for kind, some in effects if kind not in _OVER_ALL for each in some]
    photo = the_photo(context, below)
    lit = photo and not any(effect.kind in LAMPS for effect in context.cast.effects)
    behind = [*(light_on_subject(context, photo) if photo and lit else ())]
    outline = next((each for each in context.cast.effects if each.kind == "outline"), None)
    cut = (
        subject_above(context, photo, effect_colour(outline, "#ffffff") if outline else None)
        if photo and not is_in_grey(context.brief.prompt, photo.image)
        else []
    )
    effects = _effect_layers(context, below, free=bool(cut))
    behind += [each for kind, some in effects if kind in _BEHIND for each in some]
    front = [each for kind, some in effects if kind not in _BEHIND for each in some]
    return [*behind, *cut, *front]


def effects_over_all(context: PlanContext) -> list[Layer]:
    """Lay out the effects that lie over somebody cut out of the one photo, too."""
    if not is_cut_from_photo(context.cast):
        return []
    effects = _effect_layers(context, (), free=True)
    return [each for kind, some in effects if kind in _OVER_ALL for each in some]


def is_cut_from_photo(cast: Cast) -> bool:
    """Whether somebody or something was cut out of a photo, which is seen no more itself."""
    own = bool(cast.portrait and cast.portrait.startswith("image"))
    return bool(cast.cut_pair) or (own and cast.background_image is None)


def _seen_of(box: Box | None, area: Box | None) -> Box | None:
    """Return what is seen of a box in the part of the sheet that its photo fills."""
    if area is None:
        return box
    if box is None:  # of scenery, the middle
        x, y, w, h = area
        return x + 0.2 * w, y + 0.2 * h, 0.6 * w, 0.6 * h
    left, top = max(box[0], area[0]), max(box[1], area[1])
    right = min(box[0] + box[2], area[0] + area[2])
    foot = min(box[1] + box[3], area[1] + area[3])
    return (left, top, right - left, foot - top) if right > left and foot > top else box


def _effect_layers(
    context: PlanContext, below: Sequence[Layer], *, free: bool
) -> list[tuple[EffectKind, list[Layer]]]:
    """Lay out each effect; ``free``: what is behind the subject does not hide it."""
    photos = [layer for layer in below if isinstance(layer, ImageLayer) and not layer.cut]
    before_place = is_cut_from_photo(context.cast)
    if not (photos or before_place) or not context.cast.effects:
        return []
    boxes = [
        _seen_of(
            box_on_sheet(layer, context.view_of(layer.image), context.view_of(layer.image).subject),
            layer.area,
        )
        for layer in photos
    ]
    x, y = context.layout.hero
    hero = (x - 190.0, y - 190.0, 380.0, 720.0 - y + 190.0)
    room = EffectRoom(
        next((box for box in boxes if box), hero if before_place else _SOME_SUBJECT),
        (extent(context.words),) if context.words else (),
        context.recipes.number,
        context.cast.split or bool(context.cast.cut_pair),
        lambda box: sum(
            salient_share(each, box, context.view_of(each.image)) for each in photos[:1]
        ),
        free,
    )
    return [
        (
            effect.kind,
            EFFECT_LAYERS[effect.kind](effect, replace(room, seed=room.seed + 7 * number)),
        )
        for number, effect in enumerate(context.cast.effects)
    ]
