"""The painted subject behind everything: its light, where it stands, how near it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.colour.palette import to_hex
from thumbnb.render.objects.vocabulary.thing_kinds import HEAVENLY
from thumbnb.render.planning.variations import MAX_VARIATIONS
from thumbnb.render.prompt.places.painted_places import OUTDOORS
from thumbnb.render.scene import Painting
from thumbnb.render.subjects import SUBJECTS
from thumbnb.render.subjects.lighting import HOURS, lighting_for
from thumbnb.render.subjects.placement import can_come_nearer

if TYPE_CHECKING:
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.prompt.parser import ParsedPrompt

_OTHER_HOURS = ("dusk", "day", "dawn")


def subject_paintings(context: PlanContext, aim: float) -> list[Painting]:
    """Have the subject painted, or one in each half where a prompt gives the halves two."""
    if context.cast.half_subjects is None:
        return [subject_painting(context, aim)]
    before, after = (
        subject_painting(context, 0.5, subject) for subject in context.cast.half_subjects
    )
    return [
        before.model_copy(update={"half": "left"}),
        after.model_copy(update={"half": "right"}),
    ]


def subject_painting(context: PlanContext, aim: float, subject: str | None = None) -> Painting:
    """Have the subject, or another one, painted in the light the prompt asks for."""
    subject = subject or context.cast.subject
    light = lighting_for(_in_usual_hour(context, subject), SUBJECTS[subject])
    by_day = SUBJECTS[subject].hours != {"night"}
    if light is None and by_day and context.cast.things and context.turn % 4:
        # What is shown stays the same in every variation; its light may differ.
        light = HOURS[_OTHER_HOURS[context.turn % 4 - 1]]
    colours = None
    if light is not None:
        colours = {
            "sky": " ".join(to_hex(c) for c in light.sky),
            "light": to_hex(light.light),
            "land": to_hex(light.land),
            "accent": to_hex(light.accent),
        }
    return Painting(
        subject=subject,
        seed=context.recipes.number % 10_000,
        aim=aim,
        zoom=_distance(context),
        light=colours,
        bare=_is_bare(context.cast, subject),
    )


_HOURS_OF_PRESETS = {
    "mystery-dark": "night", "cinematic-film": "dusk", "dramatic-intense": "storm",
    "gaming-esports": "night",
}  # fmt: skip
"""The hour outdoors of presets that live by dark or low light, where the prompt says none."""

_ONLY_DARK = frozenset({"gaming-esports", "dramatic-intense"})
"""Presets that are so only where it is dark, or somebody fights."""


_SUNNY = frozenset({"garden", "farm", "beach", "pool", "maldives", "playground"})
"""Places that are known by their sun."""


def _in_usual_hour(context: PlanContext, subject: str) -> ParsedPrompt:
    """Return the prompt with the hour that a preset has outdoors where nothing is said of light."""
    prompt, preset = context.parsed, context.preset.key
    hour = _HOURS_OF_PRESETS.get(preset)
    outdoors = subject in OUTDOORS - {"space"} and not context.cast.portrait
    if subject in _SUNNY and preset != "mystery-dark":
        return prompt
    if hour is None or prompt.hours or prompt.colours or prompt.background_colour or not outdoors:
        return prompt
    fights = prompt.act is not None and prompt.act.name in {"attack", "aim", "chase"}
    grim = fights or prompt.fleeing or {"dark", "epic"} & {*prompt.tones}
    return replace(prompt, hours=(hour,)) if grim or preset not in _ONLY_DARK else prompt


def _is_bare(cast: Cast, subject: str) -> bool:
    """Whether a painting leaves out its own main thing: another one stands before it."""
    if subject == "space":
        return any(thing.name in HEAVENLY for thing in cast.things)
    return bool(cast.things or cast.person)


def _distance(context: PlanContext) -> float:
    """Return how much nearer the subject is seen: in later variations, which repeat a layout."""
    again = context.variation % MAX_VARIATIONS >= MAX_VARIATIONS // 2
    cast = context.cast
    # What is put into a place stands on its floor as it is seen whole.
    free = cast.alone and not cast.split and can_come_nearer(cast.subject)
    return _NEARER if again and free else 1.0


_NEARER = 1.3
