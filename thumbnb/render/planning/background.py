"""The background: an image, a painting or a pattern, with its blur, colours and shade."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from thumbnb.render.colour import palette, style_reference
from thumbnb.render.painted_image import NAME as PAINTED
from thumbnb.render.planning.painted_subject import subject_painting
from thumbnb.render.planning.weather_layers import weather_behind
from thumbnb.render.scene import (
    Blur,
    Glow,
    Grade,
    ImageLayer,
    Match,
    Scrim,
    Sharpen,
    Split,
    Vignette,
    Wash,
    Wedge,
)
from thumbnb.render.scene.images import SLANT
from thumbnb.render.subjects import SUBJECTS, Place
from thumbnb.render.vision import faces
from thumbnb.render.vision.saliency import salient_rows
from thumbnb.render.vision.tones import spread_tones

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image

    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast import Cast
    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.scene import Layer
    from thumbnb.render.vision.faces import ImageView

Side = Literal["left", "right", "top", "bottom"]

_ZOOM = 1.12
"""Images are brought this much nearer, so that their subject can be moved aside."""

_SOFT, _SOFT_PHOTO, _OUT_OF_FOCUS = 5, 5, 30
"""How much a painting or a photo behind somebody is blurred unless told otherwise.

A photo is what the thumbnail speaks of: it has to be known again. Behind somebody photographed,
a painted place is as far out of focus as a portrait lens would leave it: else a photo stands in
a cartoon.
"""


def background_layers(context: PlanContext) -> list[Layer]:
    """Lay out the ground, and the shade that words stand on."""
    cast, preset = context.cast, context.preset
    layers: list[Layer] = []
    if cast.background_image:
        layers += _image_layers(context)
    elif cast.paints:
        aim = 0.5 if cast.person else context.layout.aim
        layers += [subject_painting(context, aim), *_blur_layers(context)]
        layers += weather_behind(context)
        if cast.portrait:
            layers += _photographic_layers(context)
    else:
        layers += context.recipes.layers(
            preset.other_ground if cast.background_kind == "other" else preset.ground
        )
        layers += _blur_layers(context)
        if cast.versus and (cast.things or cast.group) and not cast.portrait:
            layers += _sides()
    layers += _reference_layers(context)
    if cast.split:
        layers.append(_split(context))
    elif cast.background_image or cast.paints:
        layers += context.recipes.layers(preset.over)
    layers += _mood_layers(context)
    if _has_panel(context):
        return [*layers, *context.recipes.layers(preset.panel)]
    if context.words and (cast.background_image or cast.paints):
        layers += _scrim_layers(context)
    return layers


def filling_images(
    cast: Cast, layout: Layout, view_of: Callable[[str], ImageView]
) -> list[ImageLayer]:
    """Place the images that fill the frame: one, or a half of it each."""
    if cast.background_image is None:
        return []
    view = view_of(cast.background_image)
    first = view.focus
    if cast.background_image == PAINTED:
        # It was asked to leave room for the words: moved, the room would not be where they are.
        return [ImageLayer(image=PAINTED, focus=first)]
    name = cast.background_image
    if cast.panel and layout.side in {"left", "right"}:
        left = 1280 - _BESIDE_PANEL if layout.side == "left" else 0.0
        area = (left, 0.0, _BESIDE_PANEL, 720.0)
        return [ImageLayer(image=name, focus=first, area=area, **photo_finish(view))]
    if not cast.split:
        if _is_beside_person(cast, layout):
            return [_beside_person(name, view, layout)]
        aim = _aim(cast, layout)
        return [ImageLayer(image=name, focus=first, aim=aim, zoom=_ZOOM, **photo_finish(view))]
    other = cast.after_image or name
    aim = (0.5, {"bottom": 0.42, "top": 0.6}.get(layout.side, 0.5))
    return [
        ImageLayer(
            image=image, focus=seen.focus, aim=aim, zoom=_ZOOM, half=half, **photo_finish(seen)
        )
        for image, seen, half in ((name, view, "left"), (other, view_of(other), "right"))
    ]


def photo_finish(view: ImageView) -> dict[str, Any]:
    """Return what a creator's tool gives any photo, as it has to stand out in a feed."""
    black, white = view.tones
    margin = _CONTRAST * (white - black)
    return {
        "tones": (round(black + margin, 3), round(white - margin, 3)),
        "saturation": _SATURATION,
    }


_CONTRAST, _SATURATION = 0.028, 1.12
"""Which share of the tones becomes black or white at either end; how much more colour there is."""


def _is_beside_person(cast: Cast, layout: Layout) -> bool:
    """Whether the main thing of a photo is to be seen beside somebody who stands in front."""
    beside = layout.name.startswith("trio") and not cast.card_images
    return bool(cast.portrait and beside)


def _beside_person(name: str, view: ImageView, layout: Layout) -> ImageLayer:
    """Show a photo as large as the side that somebody leaves of the sheet, clear of the words.

    Filling the whole sheet it would be enlarged so far that its main thing goes out of the frame.
    """
    left = 0.0 if layout.side == "left" else 1280 - _BESIDE_PERSON
    top, high = _clear_of_words(view, layout)
    seen = 0.5 * _SEEN_BESIDE / _BESIDE_PERSON
    return ImageLayer(
        image=name,
        focus=view.focus,
        aim=(seen if layout.side == "left" else 1 - seen, 0.5),
        area=(left, top, _BESIDE_PERSON, high),
        fade=_FADE,
        **photo_finish(view),
    )


_BESIDE_PERSON, _SEEN_BESIDE = 900.0, 680.0
"""How wide a photo beside somebody is, and how much of that they do not hide (units)."""

_BESIDE_HEIGHT = 610.0
"""How high it is: as much as words above or below it leave, and where it fades under them."""


def _clear_of_words(view: ImageView, layout: Layout) -> tuple[float, float]:
    """Return where a photo beside somebody begins and how high it is: clear of the words."""
    if layout.position not in {"top", "bottom"}:
        return 0.0, 720.0
    top, foot = salient_rows(view.saliency, view.focus)
    if layout.position == "bottom":
        above = layout.text[1] - _OFF_WORDS - foot * _BESIDE_HEIGHT
        return min(max(above, -_MOVED), 0.0), _BESIDE_HEIGHT
    first = 720 - _BESIDE_HEIGHT
    below = layout.text[1] + layout.text[3] - _OFF_WORDS - top * _BESIDE_HEIGHT
    return min(max(below, first), first + _MOVED), _BESIDE_HEIGHT


_OFF_WORDS, _MOVED = 8.0, 150.0
"""Words seldom fill the last units of their room; how far a photo is moved at the most."""

_FADE = 190.0
"""Over how many units its edges fade."""

_BESIDE_PANEL = 730.0
"""How wide the image beside a panel of words is (units); the panel's edge lies over its side."""


def _aim(cast: Cast, layout: Layout) -> tuple[float, float]:
    """Return where in the frame an image's focus is to be: away from words, and from people."""
    if cast.person and layout.name.startswith("trio") and not cast.card_images:
        x, y, w, h = layout.card
        return (x + w / 2) / 1280, (y + h / 2) / 720
    across = {"left": 0.70, "right": 0.30}.get(layout.side, 0.5)
    down = {"bottom": 0.40, "top": 0.62}.get(layout.side, 0.5)
    return across, down


def _image_layers(context: PlanContext) -> list[Layer]:
    """Fill the frame with images; somebody in a single one stays sharp when the rest is blurred."""
    cast = context.cast
    grounds = filling_images(cast, context.layout, context.view_of)
    blurs = _blur_layers(context)
    crisp = [] if cast.background_image == PAINTED else [Sharpen()]
    layers: list[Layer] = [*grounds, *crisp, *blurs]
    if blurs and not (cast.person or cast.split):
        name = grounds[0].image
        if context.view_of(name).face and faces.find_person(context.image(name)).cut is not None:
            layers.append(grounds[0].model_copy(update={"cut": True}))
    return layers


def _blur_layers(context: PlanContext) -> list[Layer]:
    level = context.brief.options.background_blur
    if level is None:
        level = 0
        if context.cast.person and not context.cast.split:
            place = _OUT_OF_FOCUS if context.cast.portrait else _SOFT
            soft = place if context.cast.paints else 0
            level = _SOFT_PHOTO if context.cast.background_image else soft
    else:
        context.report.applied("background_blur", f"{level} of 100.")
    return [Blur(amount=level)] if level and "blur" not in context.excluded else []


def _photographic_layers(context: PlanContext) -> list[Layer]:
    """Give a painted place what a photo of it would have: milder colours, light behind, grain.

    Under light letters it is darker than the person, who stands out from it.
    """
    dim = "dark" not in context.excluded and not palette.is_for_dark_letters(
        context.recipes.colours
    )
    return context.recipes.layers((_DIMMED if dim else _BRIGHT, *_LENS, *((_CORNERS,) * dim)))


_DIMMED: dict[str, Any] = {"kind": "grade", "saturation": 0.86, "contrast": 1.1, "gamma": 1.35}
_BRIGHT: dict[str, Any] = {"kind": "grade", "saturation": 0.86, "contrast": 1.1}
_CORNERS: dict[str, Any] = {"kind": "vignette", "strength": 0.34}
_LENS: tuple[dict[str, Any], ...] = (
    {"kind": "glow", "colour": "$glow", "at": "$hero", "radius": 460, "strength": 0.26},
    {
        "kind": "bokeh", "colours": ["$glow", "#fff4dc"], "count": 14, "least": 10, "most": 54,
        "strength": 0.2,
    },
    {"kind": "grain", "strength": 0.016},
)  # fmt: skip


def _reference_layers(context: PlanContext) -> list[Layer]:
    """Take over the colours of a style reference or a template."""
    brief = context.brief
    reference = brief.style_reference or brief.template
    if reference is None:
        return []
    option = "style_reference" if brief.style_reference is not None else "template"
    if brief.is_in_painting(option):
        context.report.approximated(option, "The engine was asked for its style.")
        return []
    lent = brief.layout is not None and context.layout.name == brief.layout
    what = "colours, light and layout" if lent else "colours and light"
    left = "lettering was" if lent else "composition and lettering were"
    context.report.approximated(option, f"Its {what} were taken over; its {left} not.")
    mean, spread = style_reference.statistics(reference)
    return [Match(mean=mean, spread=spread)]


AFTER_GRADE = Grade(contrast=1.08, saturation=1.22, warmth=0.02, gamma=0.92)
"""What comes after."""


def before_grade(*, another: bool) -> Grade:
    """Give what was before; it keeps more colour where ``another`` image comes after."""
    return Grade(contrast=0.80, saturation=0.55 if another else 0.12, gamma=1.25, lift=0.02)


def _sides() -> list[Layer]:
    """Give each side of a "versus" a ground of its own: a cool one and a warm one."""
    return [
        Wash(colour=_COOL_SIDE, strength=0.62),
        Wedge(
            colour=_WARM_SIDE, side="right", top=SLANT[0], bottom=SLANT[1], edge="#ffffff",
            edge_width=-9, opacity=0.86,
        ),
        Glow(colour="#ffffff", at=(300, 300), radius=430, strength=0.34),
        Glow(colour="#ffffff", at=(980, 300), radius=430, strength=0.4),
        Vignette(strength=0.4),
    ]  # fmt: skip


_COOL_SIDE, _WARM_SIDE = "#1557c0", "#c8202c"


def _split(context: PlanContext) -> Split:
    """Cut the ground in two: before is dull, after is bright; against each other both are even."""
    if context.cast.versus:
        return Split(dull=Grade(), bright=Grade(), line=context.recipes.colours["accent"])
    before = before_grade(another=context.cast.after_image is not None)
    return Split(dull=before, bright=AFTER_GRADE, line=context.recipes.colours["accent"])


def _mood_layers(context: PlanContext) -> list[Layer]:
    """Grade as the prompt and the negative prompt say."""
    tones, excluded = set(context.parsed.tones), context.excluded
    gamma = saturation = contrast = 1.0
    if context.cast.paints and "dark" in tones and _is_room(context.cast.subject):
        gamma, saturation, contrast = _DARK_ROOM  # no hour of the day makes a room dark
    name = context.cast.background_image
    if name is not None and name != PAINTED:
        # Paintings are painted in that light to begin with.
        gamma = 1.28 if "dark" in tones else 0.86 if "bright" in tones else 1.0
        saturation = 1.3 if "vivid" in tones else 0.6 if {"muted", "pastel"} & tones else 1.0
        contrast = 1.18 if "epic" in tones else 0.88 if "pastel" in tones else 1.0
        gamma *= _exposure(spread_tones(_small(context.image(name)), context.view_of(name).tones))
    if "mono" in tones:
        saturation = 0.0
    grade = Grade(
        gamma=gamma * (0.8 if "dark" in excluded else 1.0) * (1.2 if "bright" in excluded else 1.0),
        saturation=saturation * (0.65 if "vivid" in excluded else 1.0),
        contrast=contrast,
        warmth=0.07 if "warm" in tones else -0.07 if "cool" in tones else 0.0,
    )
    return [] if grade == Grade() else [grade]


_DARK_ROOM = 1.9, 0.72, 1.06


def _is_room(subject: str) -> bool:
    kind = SUBJECTS[subject]
    return issubclass(kind, Place) and kind.indoors


def _near_edge(layout: Layout) -> Side:
    """Return the edge that a small room for words lies at."""
    return {"top": "top", "bottom": "bottom"}.get(layout.position, layout.side)  # type: ignore[return-value]


_DARK, _LIFTED, _MOST_LIFT = 0.34, 0.42, 0.7
"""A photo darker than this on average is lifted towards the second, by no lower gamma."""


def _small(photo: Image.Image) -> Image.Image:
    return photo.convert("RGB").resize((32, 18))


def _exposure(photo: Image.Image) -> float:
    """Return the gamma that lifts a dark photo: in a feed nothing would be seen of it."""
    mean = float(np.asarray(photo.convert("L")).mean()) / 255
    if mean >= _DARK or mean <= 0:
        return 1.0
    return max(_MOST_LIFT, math.log(_LIFTED) / math.log(mean))


def _has_panel(context: PlanContext) -> bool:
    """Whether words stand on a preset's panel: beside an image that they leave enough of."""
    cast, layout = context.cast, context.layout
    return bool(
        context.preset.panel
        and context.words
        and (cast.background_image or cast.paints)
        and not cast.split
        and layout.side in {"left", "right"}
        and not layout.name.startswith("trio")
    )


def _scrim_layers(context: PlanContext) -> list[Layer]:
    """Shade (under dark letters, lighten) the side of the words."""
    side = context.layout.side
    if side not in {"left", "right", "top", "bottom"} or context.words_have_plate:
        return []
    if context.cast.split:
        return [Scrim(colour="#000000", side=side, reach=0.55, strength=0.6)]
    reach, strength = (0.72, 0.62) if side in {"left", "right"} else (0.62, 0.66)
    if context.cast.background_image != PAINTED:
        strength *= 0.85
    if context.cast.paints and context.words and context.words.effects.stroke:
        # Outlined letters are read on anything: the place behind them stays seen.
        strength *= 0.6
    if context.layout.name.startswith("trio"):
        side, reach = _near_edge(context.layout), 0.5
    colour = palette.veil_colour(context.recipes.colours)
    return [Scrim(colour=colour, side=side, reach=reach, strength=strength)]
