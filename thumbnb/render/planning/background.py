"""What lies behind: a picture, a painting or a pattern, its blur, its colours, its shade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.colour import palette, style_reference
from thumbnb.render.colour.palette import hexed
from thumbnb.render.scene import (
    Blur,
    Grade,
    Match,
    Painting,
    Picture,
    Scrim,
    Sharpen,
    Split,
)
from thumbnb.render.subjects import SUBJECTS
from thumbnb.render.subjects.lighting import light_for
from thumbnb.render.vision import faces

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast import Cast
    from thumbnb.render.planning.context import Setup
    from thumbnb.render.scene import Layer
    from thumbnb.render.vision.faces import View

_ZOOM = 1.12
"""Pictures are brought this much nearer, so that their subject can be moved aside."""

_SOFT = 20
"""How much a picture or a painting behind somebody is blurred unless told otherwise."""


def behind(setup: Setup) -> list[Layer]:
    """Lay out the ground, and the shade that words stand on."""
    who, preset = setup.who, setup.preset
    layers: list[Layer] = []
    if who.behind:
        layers += _pictures(setup)
    elif who.paints:
        aim = 0.5 if who.person else setup.layout.aim
        layers += [painting(setup, aim), *_blur(setup)]
    else:
        layers += setup.recipes.layers(
            preset.other_ground if who.back == "other" else preset.ground
        )
        layers += _blur(setup)
    layers += _reference(setup)
    if who.split:
        layers.append(_split(setup))
    elif who.behind or who.paints:
        layers += setup.recipes.layers(preset.over)
    layers += _mood(setup)
    if setup.words and (who.behind or who.paints):
        layers += _scrim(setup)
    return layers


def filling(who: Cast, layout: Layout, look: Callable[[str], View]) -> list[Picture]:
    """Place the pictures that fill the frame: one, or a half of it each."""
    if who.behind is None:
        return []
    first = look(who.behind).focus
    if not who.split:
        return [Picture(image=who.behind, focus=first, aim=_aim(layout), zoom=_ZOOM)]
    after = who.after or who.behind
    return [
        Picture(image=who.behind, focus=first, half="left"),
        Picture(image=after, focus=look(after).focus, half="right"),
    ]


def _aim(layout: Layout) -> tuple[float, float]:
    """Say where in the frame a picture's focus is to be: away from the words."""
    across = {"left": 0.70, "right": 0.30}.get(layout.side, 0.5)
    down = {"bottom": 0.40, "top": 0.62}.get(layout.side, 0.5)
    return across, down


def painting(setup: Setup, aim: float) -> Painting:
    """Have the subject painted, in the light the prompt asks for."""
    subject = setup.who.subject
    light = light_for(setup.said, SUBJECTS[subject])
    colours = None
    if light is not None:
        colours = {
            "sky": " ".join(hexed(c) for c in light.sky),
            "light": hexed(light.light),
            "land": hexed(light.land),
            "accent": hexed(light.accent),
        }
    return Painting(subject=subject, seed=setup.recipes.number % 10_000, aim=aim, light=colours)


def _pictures(setup: Setup) -> list[Layer]:
    """Fill the frame with images; somebody in a single one stays sharp when the rest is blurred."""
    who = setup.who
    grounds = filling(who, setup.layout, setup.look)
    blurs = _blur(setup)
    layers: list[Layer] = [*grounds, Sharpen(), *blurs]
    if blurs and not (who.person or who.split):
        name = grounds[0].image
        if setup.look(name).face and faces.sight(setup.image(name)).cut is not None:
            layers.append(grounds[0].model_copy(update={"cut": True}))
    return layers


def _blur(setup: Setup) -> list[Layer]:
    level = setup.brief.options.background_blur
    if level is None:
        pictured = setup.who.behind or setup.who.paints
        level = _SOFT if pictured and setup.who.person and not setup.who.split else 0
    else:
        setup.report.applied("background_blur", f"{level} of 100.")
    return [Blur(amount=level)] if level and "blur" not in setup.off else []


def _reference(setup: Setup) -> list[Layer]:
    """Take over the colours of a style reference or a template."""
    brief = setup.brief
    reference = brief.style_reference or brief.template
    if reference is None:
        return []
    option = "style_reference" if brief.style_reference is not None else "template"
    lent = brief.layout is not None and setup.layout.name == brief.layout
    what = "colours, light and layout" if lent else "colours and light"
    left = "lettering was" if lent else "composition and lettering were"
    setup.report.approximated(option, f"Its {what} were taken over; its {left} not.")
    mean, spread = style_reference.statistics(reference)
    return [Match(mean=mean, spread=spread)]


BRIGHT = Grade(contrast=1.08, saturation=1.22, warmth=0.02, gamma=0.92)
"""What comes after."""


def dull(*, another: bool) -> Grade:
    """Give what was before; it keeps more colour where ``another`` picture comes after."""
    return Grade(contrast=0.80, saturation=0.55 if another else 0.12, gamma=1.25, lift=0.02)


def _split(setup: Setup) -> Split:
    """Cut the ground in two: before is dull, after is bright."""
    before = dull(another=setup.who.after is not None)
    return Split(dull=before, bright=BRIGHT, line=setup.recipes.colours["accent"])


def _mood(setup: Setup) -> list[Layer]:
    """Grade as the prompt and the negative prompt say."""
    tones, off = set(setup.said.tones), setup.off
    gamma = saturation = contrast = 1.0
    if setup.who.behind:
        # Paintings are painted in that light to begin with.
        gamma = 1.28 if "dark" in tones else 0.86 if "bright" in tones else 1.0
        saturation = 1.3 if "vivid" in tones else 0.6 if {"muted", "pastel"} & tones else 1.0
        contrast = 1.18 if "epic" in tones else 0.88 if "pastel" in tones else 1.0
    if "mono" in tones:
        saturation = 0.0
    grade = Grade(
        gamma=gamma * (0.8 if "dark" in off else 1.0) * (1.2 if "bright" in off else 1.0),
        saturation=saturation * (0.65 if "vivid" in off else 1.0),
        contrast=contrast,
        warmth=0.07 if "warm" in tones else -0.07 if "cool" in tones else 0.0,
    )
    return [] if grade == Grade() else [grade]


def _scrim(setup: Setup) -> list[Layer]:
    """Shade (under dark letters, lighten) the side of the words."""
    side = setup.layout.side
    if side not in {"left", "right", "top", "bottom"} or setup.plated:
        return []
    if setup.who.split:
        return [Scrim(colour="#000000", side=side, reach=0.55, strength=0.6)]
    reach, strength = (0.72, 0.62) if side in {"left", "right"} else (0.62, 0.66)
    colour = palette.veil_of(setup.recipes.colours)
    return [Scrim(colour=colour, side=side, reach=reach, strength=strength)]
