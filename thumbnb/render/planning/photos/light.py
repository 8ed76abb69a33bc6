"""The light and colours of a photo: contrast for a feed, the hour and the mood the prompt names."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from thumbnb.render.painted_image import NAME as PAINTED
from thumbnb.render.prompt.images.in_grey import is_in_grey
from thumbnb.render.scene import Duotone, Grade, Vignette
from thumbnb.render.subjects import SUBJECTS, Place
from thumbnb.render.vision.tones import spread_tones

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.scene import Box, Layer
    from thumbnb.render.vision.faces import ImageView

_CONTRAST, _SATURATION = 0.028, 1.12
"""Which share of the tones becomes black or white at either end; how much more colour there is."""


def photo_finish(view: ImageView) -> dict[str, Any]:
    """Return what a creator's tool gives any photo, as it has to stand out in a feed."""
    black, white = view.tones
    margin = _CONTRAST * (white - black)
    return {
        "tones": (round(black + margin, 3), round(white - margin, 3)),
        "saturation": round(1 + (_SATURATION - 1) * _room_for_colour(view), 3),
    }


def room_for_colour(view: ImageView) -> float:
    """Return how much of more colour a photo takes: 1 if it is grey, 0 if it is vivid."""
    return min(max(_room_for_colour(view), 0.0), 1.0)


def _room_for_colour(view: ImageView) -> float:
    """Return how much of a preset's colour a photo takes: 1 if it is grey, below 0 if glaring."""
    return 1 - 1.25 * view.vividness


def tempered(layers: Iterable[Layer], view: ImageView) -> list[Layer]:
    """Return a preset's layers over a photo, adding less colour the more it has of its own."""
    return [_tempered(each, view) for each in layers]


def _tempered(layer: Layer, view: ImageView) -> Layer:
    if isinstance(layer, Grade):
        return tempered_grade(layer, view)
    if isinstance(layer, Duotone):
        # What a photo is of is known by its colours, too: a grey leopard is none.
        return layer.model_copy(update={"strength": round(_TONED * layer.strength, 3)})
    return layer


_TONED = 0.5
"""How much of a preset's two tones a photo gets, of what a painting does."""


def tempered_grade(grade: Grade, view: ImageView) -> Grade:
    """Return a grade that adds less colour the more a photo has of its own."""
    less = max(_room_for_colour(view), 0.0)
    more: dict[str, float] = {}
    if grade.saturation > 1:
        more["saturation"] = round(1 + (grade.saturation - 1) * less, 3)
    if grade.contrast > 1:
        # Contrast drives each colour apart from the others, too.
        more["contrast"] = round(1 + (grade.contrast - 1) * (0.5 + 0.5 * less), 3)
    if grade.warmth > 0:
        more["warmth"] = round(grade.warmth * less, 3)
    return grade.model_copy(update=more)


def mood_layers(context: PlanContext) -> list[Layer]:
    """Grade as the prompt and the negative prompt say."""
    tones, excluded = set(context.parsed.tones), context.excluded
    prompt = context.brief.prompt
    gamma = saturation = contrast = 1.0
    if context.cast.paints and "dark" in tones and _is_room(context.cast.subject):
        gamma, saturation, contrast = _DARK_ROOM  # no hour of the day makes a room dark
    name = context.cast.background_image
    hour: list[Layer] = []
    if context.cast.split and not context.cast.versus:
        tones = set()  # said of one half only: see ``half_grades``
    if name is not None and name != PAINTED:
        # Paintings are painted in that light to begin with.
        view = context.view_of(name)
        gamma = 1.28 if "dark" in tones else 0.86 if "bright" in tones else 1.0
        vivid = 1 + 0.3 * max(_room_for_colour(view), 0.0)
        saturation = vivid if "vivid" in tones else 0.6 if {"muted", "pastel"} & tones else 1.0
        contrast = 1.18 if "epic" in tones else 0.88 if "pastel" in tones else 1.0
        small = spread_tones(view.small, view.tones)
        hour = [] if context.cast.split else _hour_layers(context.parsed.hours, small)
        # Of two photos that are compared, a dark one stays so.
        two = context.cast.after_image not in {None, name} and not context.cast.versus
        starry = _is_starry(context.image(name))
        if "night" not in context.parsed.hours and not two and not starry:
            gamma *= _exposure(small, view.subject)
    if {"mono", "sepia"} & tones or (not context.cast.split and is_in_grey(prompt, name or "")):
        saturation = 0.0
    grade = Grade(
        gamma=gamma * (0.8 if "dark" in excluded else 1.0) * (1.2 if "bright" in excluded else 1.0),
        saturation=saturation * (0.65 if "vivid" in excluded else 1.0),
        contrast=contrast,
        warmth=next((warm for tone, warm in _WARMTH.items() if tone in tones), 0.0),
    )
    edges = [Vignette(strength=_EDGES)] if _DARK_EDGES.search(prompt) else []
    return [*hour, *([] if grade == Grade() else [grade]), *edges]


_DARK_EDGES = re.compile(
    r"\bvignett\w*|\b(?:dark(?:ened)?|black|shadowy)\s+(?:edges|corners|borders?)\b", re.IGNORECASE
)
_EDGES = 0.6
"""How dark the corners are where a prompt wants dark edges."""


_WARMTH = {"sepia": 0.19, "warm": 0.07, "cool": -0.07}
"""How warm each makes an image; grey becomes as brown as in an old print."""

_DARK_ROOM = 1.9, 0.72, 1.06


def _is_room(subject: str) -> bool:
    kind = SUBJECTS[subject]
    # One that is right for the night is drawn dark.
    return issubclass(kind, Place) and kind.indoors and "night" not in kind.hours


_LOW_SUN = Grade(
    warmth=0.16, gamma=0.98, shadows="#5a2f4c", highlights="#ffab55", tint=0.58, saturation=1.12
)
_MOONLIGHT = Grade(
    warmth=-0.14, gamma=1.95, contrast=0.94, shadows="#0c1640", highlights="#93a9e6", tint=0.5,
    saturation=0.72,
)  # fmt: skip
_WARM, _NIGHT = 0.18, 0.3
"""A photo so much redder than blue has that light already; one so dark is one of a night."""


def _hour_layers(hours: Iterable[str], photo: Image.Image) -> list[Layer]:
    """Give a photo the light of the hour that the prompt names, if it was taken at another."""
    pixels = np.asarray(photo, dtype=np.float32) / 255
    said = {*hours}
    if said & {"dusk", "dawn"} and "night" not in said:
        warm = float((pixels[..., 0] - pixels[..., 2]).mean()) >= _WARM
        return [] if warm or pixels.mean() < _NIGHT else [_LOW_SUN]
    return [_MOONLIGHT] if "night" in said and pixels.mean() >= _NIGHT else []


_DARK, _LIFTED, _MOST_LIFT = 0.34, 0.42, 0.7
"""A photo darker than this on average is lifted towards the second, by no lower gamma."""


_BLACK, _STARS = 0.08, 0.45
"""A photo is one of lights in the dark where half of it is darker, a hundredth lighter."""

_SAMPLE = 160
"""How many of its pixels are looked at across and down: made smaller, stars would fade."""


def _is_starry(photo: Image.Image) -> bool:
    """Whether a photo is of small lights in the dark: lifted, the black between them is grey."""
    sample = photo.convert("L").resize((_SAMPLE, _SAMPLE), Image.Resampling.NEAREST)
    half, lights = np.percentile(np.asarray(sample) / 255, (50, 99))
    return bool(half < _BLACK and lights > _STARS)


def _exposure(photo: Image.Image, subject: Box | None) -> float:
    """Return the gamma that lifts a dark photo: in a feed nothing would be seen of it.

    What is of it is seen where its subject is bright, as dark as all around may be.
    """
    grey = photo.convert("L")
    mean = float(np.asarray(grey).mean()) / 255
    if subject:
        x, y, w, h = subject
        edges = (x * grey.width, y * grey.height, (x + w) * grey.width, (y + h) * grey.height)
        part = np.asarray(grey.crop(edges))
        mean = max(mean, float(part.mean()) / 255 if part.size else 0.0)
    if mean >= _DARK or mean <= 0:
        return 1.0
    return max(_MOST_LIFT, math.log(_LIFTED) / math.log(mean))
