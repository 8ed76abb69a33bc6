"""The background: an image, a painting or a pattern, with its blur, colours and shade."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from thumbnb.render.colour import palette, style_reference
from thumbnb.render.painted_image import NAME as PAINTED
from thumbnb.render.planning.headline import extent
from thumbnb.render.planning.layers.painted_subject import subject_painting, subject_paintings
from thumbnb.render.planning.layers.weather_layers import weather_behind
from thumbnb.render.planning.photos.decoration import is_on_photo, over_photo
from thumbnb.render.planning.photos.effect_layers import effect_layers
from thumbnb.render.planning.photos.half_grades import half_grades
from thumbnb.render.planning.photos.light import mood_layers
from thumbnb.render.planning.photos.placement import filling_images
from thumbnb.render.planning.photos.strip import strip_lines
from thumbnb.render.prompt.images.divider import is_jagged
from thumbnb.render.prompt.places.painted_places import WORLD
from thumbnb.render.scene import (
    Blur,
    Glow,
    Grade,
    Match,
    Scrim,
    Sharpen,
    Split,
    Vignette,
    Wash,
    Wedge,
)
from thumbnb.render.scene.images import SLANT
from thumbnb.render.vision import faces

if TYPE_CHECKING:
    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.scene import Layer, Words

Side = Literal["left", "right", "top", "bottom"]

_SOFT, _SOFT_PHOTO, _OUT_OF_FOCUS, _SAID, _SOFT_WORLD = 5, 5, 30, 9, 1
"""How much a painting or a photo behind somebody is blurred unless told otherwise.

A photo is what the thumbnail speaks of: it has to be known again. Behind somebody photographed,
a painted place is as far out of focus as a portrait lens would leave it: else a photo stands in
a cartoon. A place that a prompt puts them before is to be known: it is less so.
"""


def background_layers(context: PlanContext) -> list[Layer]:
    """Lay out the ground, and the shade that words stand on."""
    cast, preset = context.cast, context.preset
    layers: list[Layer] = []
    if cast.background_image:
        layers += [*(_sides() if cast.rival else ()), *_image_layers(context)]
    elif cast.paints:
        aim = 0.5 if cast.person else context.layout.aim
        layers += [*subject_paintings(context, aim), *_blur_layers(context)]
        layers += weather_behind(context)
        if cast.portrait or cast.cut_pair:
            layers += _photographic_layers(context)
    else:
        layers += context.recipes.layers(
            preset.other_ground if cast.background_kind == "other" else preset.ground
        )
        layers += _blur_layers(context)
        if cast.versus and (cast.things or cast.group or cast.cut_pair) and not cast.portrait:
            layers += _sides()
    layers += _reference_layers(context)
    if cast.split:
        layers.append(_split(context))
    elif cast.background_image or cast.paints:
        on_photo = is_on_photo(cast)
        layers += over_photo(context, layers) if on_photo else context.recipes.layers(preset.over)
    layers += mood_layers(context)
    layers += effect_layers(context, layers)
    if cast.strip:
        layers += strip_lines(len(cast.strip), context.recipes.colours["line"], film=cast.film)
    if _has_panel(context):
        return [*layers, *context.recipes.layers(preset.panel)]
    if context.words and (cast.background_image or cast.paints):
        layers += _scrim_layers(context)
    return layers


def _image_layers(context: PlanContext) -> list[Layer]:
    """Fill the frame with images; somebody in a single one stays sharp when the rest is blurred."""
    cast = context.cast
    images = filling_images(cast, context.layout, context.view_of)
    grounds: list[Layer] = [*images]
    if cast.drawn_half:
        side, place = cast.drawn_half
        painted = subject_painting(context, 0.5, place).model_copy(
            update={"half": side, "bare": True}
        )
        grounds = [painted, *(each for each in images if each.half != side)]
    elif cast.photo_ground:
        grounds = [*_behind_photo(context), *images]
    blurs = _blur_layers(context)
    crisp = [] if cast.background_image == PAINTED else [Sharpen()]
    layers: list[Layer] = [*grounds, *crisp, *blurs]
    if blurs and not (cast.person or cast.split):
        name = cast.background_image or ""
        if context.view_of(name).face and faces.find_person(context.image(name)).cut is not None:
            layers.append(images[0].model_copy(update={"cut": True}))
    return layers


def _behind_photo(context: PlanContext) -> list[Layer]:
    """Lay out what a photo fades into that could not be cut out: a place, or the one colour."""
    place = context.cast.photo_ground
    if place == "colour":
        return context.recipes.layers(context.preset.ground)
    soft = _SOFT_WORLD if place in WORLD | _FINE else _SAID
    # Its main thing stands where the photo is not.
    aim = {"left": 0.26, "right": 0.74}.get(context.layout.side, 0.5)
    return [subject_painting(context, aim, place), Blur(amount=soft)]


def _blur_layers(context: PlanContext) -> list[Layer]:
    level = context.brief.options.background_blur
    if level is None:
        level = 0
        if (context.cast.person or context.cast.cut_pair) and not context.cast.split:
            photographed = context.cast.portrait or context.cast.cut_pair
            place = _OUT_OF_FOCUS if photographed else _SOFT
            place = min(place, _SAID) if _is_said_behind(context) else place
            if context.cast.subject in WORLD | _FINE:  # it is what the image is about
                place = min(place, _SOFT_WORLD)
            soft = place if context.cast.paints else 0
            level = _SOFT_PHOTO if context.cast.background_image else soft
        elif context.cast.background_image in context.cast.card_images:
            level = _OUT_OF_FOCUS  # it is shown sharp on a card
    else:
        context.report.applied("background_blur", f"{level} of 100.")
    return [Blur(amount=level)] if level and "blur" not in context.excluded else []


_FINE = frozenset({"aurora", "code-rain", "space"})
"""Places of small lights: out of focus nothing of them is left."""


def _is_said_behind(context: PlanContext) -> bool:
    """Whether a prompt says outright before which place somebody photographed stands."""
    return bool(context.cast.portrait and context.parsed.place_behind)


def _photographic_layers(context: PlanContext) -> list[Layer]:
    """Give a painted place what a photo of it would have: milder colours, light behind, grain.

    Under light letters it is darker than the person, who stands out from it.
    """
    dim = "dark" not in context.excluded and not palette.is_for_dark_letters(
        context.recipes.colours
    )
    seen = _DIMMED_LESS if _is_said_behind(context) else _DIMMED
    return context.recipes.layers((seen if dim else _BRIGHT, *_LENS, *((_CORNERS,) * dim)))


_DIMMED: dict[str, Any] = {"kind": "grade", "saturation": 0.86, "contrast": 1.1, "gamma": 1.35}
_DIMMED_LESS: dict[str, Any] = {**_DIMMED, "saturation": 0.95, "gamma": 1.1}
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
        before = after = Grade()
    else:
        before, after = half_grades(context, another=context.cast.shows_two_places)
    return Split(
        dull=before,
        bright=after,
        line=context.recipes.colours["accent"],
        jagged=is_jagged(context.brief.prompt),
    )


def _near_edge(layout: Layout) -> Side:
    """Return the edge that a small room for words lies at."""
    return {"top": "top", "bottom": "bottom"}.get(layout.position, layout.side)  # type: ignore[return-value]


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


_VEIL_ON_PHOTO, _BEYOND = 0.42, 0.1
"""How strong the shade under words on a photo is, and how far beyond them it reaches (0..1)."""


def _reach_of(words: Words, side: Side) -> float:
    """Return how far from its side a shade has to reach to lie under words (0..1)."""
    x, y, w, h = extent(words)
    ends = {
        "left": (x + w) / 1280,
        "right": 1 - x / 1280,
        "top": (y + h) / 720,
        "bottom": 1 - y / 720,
    }
    return round(min(ends[side] + _BEYOND, 1.0), 3)


def _scrim_layers(context: PlanContext) -> list[Layer]:
    """Shade (under dark letters, lighten) the side of the words."""
    side: Side = context.layout.side  # type: ignore[assignment]
    if side not in {"left", "right", "top", "bottom"} or context.words_have_plate:
        return []
    if context.cast.photo_ground == "colour":
        return []  # beside the photo they stand on that colour
    if context.cast.split:
        veil = "#ffffff" if palette.is_for_dark_letters(context.recipes.colours) else "#000000"
        reach, strength = 0.55, 0.6
    else:
        veil = palette.veil_colour(context.recipes.colours)
        reach, strength = (0.72, 0.62) if side in {"left", "right"} else (0.62, 0.66)
    if is_on_photo(context.cast) and context.words:
        # Letters get the contrast they lack by themselves: the photo beside them stays seen.
        strength *= _VEIL_ON_PHOTO
        reach = min(reach, _reach_of(context.words, side))
    if context.cast.split:
        return [Scrim(colour=veil, side=side, reach=reach, strength=strength)]
    if context.cast.paints and context.words and context.words.effects.stroke:
        # Outlined letters are read on anything: the place behind them stays seen.
        strength *= 0.6
    if context.layout.name.startswith("trio"):
        side, reach = _near_edge(context.layout), 0.5
    return [Scrim(colour=veil, side=side, reach=reach, strength=strength)]
