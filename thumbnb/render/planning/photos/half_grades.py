"""The colours of two halves: what was before is duller than what comes after, or as words say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb.render.planning.photos.light import room_for_colour, tempered_grade
from thumbnb.render.prompt.half_states import find_states
from thumbnb.render.scene import Grade

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thumbnb.render.planning.context import PlanContext

AFTER_GRADE = Grade(contrast=1.08, saturation=1.22, warmth=0.02, gamma=0.92)
"""What comes after."""

_OTHER_BEFORE = Grade(contrast=0.95, saturation=0.84, gamma=1.06)
_OTHER_AFTER = Grade(contrast=1.04, saturation=1.08, gamma=0.96)
"""Two photos differ by themselves: little is added."""


def before_grade(*, another: bool) -> Grade:
    """Give what was before; it keeps more colour where ``another`` image comes after."""
    return Grade(contrast=0.80, saturation=0.55 if another else 0.12, gamma=1.25, lift=0.02)


_GRADES: dict[str, dict[str, Any]] = {
    "dull": {"saturation": 0.3, "contrast": 0.8, "gamma": 1.08, "lift": 0.05},
    "dark": {"saturation": 0.8, "contrast": 0.9, "gamma": 1.8},
    "night": {
        "saturation": 0.6, "contrast": 0.86, "gamma": 2.1, "warmth": -0.2, "shadows": "#0a1438",
        "highlights": "#8fa6e0", "tint": 0.5,
    },
    "cold": {"saturation": 0.72, "gamma": 1.1, "warmth": -0.14},
    "poor": {
        "saturation": 0.36, "contrast": 0.84, "gamma": 1.42, "shadows": "#3a3020",
        "highlights": "#c2ab7c", "tint": 0.42,
    },
    "mono": {"saturation": 0.0},
    "bright": {"saturation": 1.06, "contrast": 1.04, "gamma": 0.74},
    "vivid": {"saturation": 1.32, "contrast": 1.08},
    "warm": {"saturation": 1.08, "gamma": 0.94, "warmth": 0.12},
    "good": {"saturation": 1.18, "contrast": 1.06, "gamma": 0.84},
}  # fmt: skip
"""What each state does to a photo; see ``prompt.half_states``."""


def half_grades(context: PlanContext, *, another: bool) -> tuple[Grade, Grade]:
    """Return how the photos of two halves are graded: as the prompt and the title say.

    ``another``: the halves show two photos, not one photo twice.
    """
    states = find_states(f"{context.brief.prompt}\n{context.brief.title or ''}")
    differ = another or context.cast.drawn_half is not None
    usual = (_OTHER_BEFORE, _OTHER_AFTER) if differ else (before_grade(another=False), AFTER_GRADE)
    strength = 0.5 if another else 1.0
    first, second = (
        _grade(said, strength) if said else grade
        for said, grade in zip((states.first, states.second), usual, strict=True)
    )
    if context.cast.background_image:
        view = context.view_of(context.cast.after_image or context.cast.background_image)
        mild = tempered_grade(second, view)
        # In between: more colour is what the words say. What glares already would burn out.
        said = 0.35 + 0.15 * room_for_colour(view)
        between = round(mild.saturation + (second.saturation - mild.saturation) * said, 3)
        gamma = min(second.gamma, 1) ** room_for_colour(view) * max(second.gamma, 1)
        second = mild.model_copy(update={"saturation": between, "gamma": round(gamma, 3)})
    return first, second


def _grade(states: Iterable[str], strength: float) -> Grade:
    """Return the grade of some states together, each of this strength."""
    found: dict[str, Any] = {}
    for state in sorted(states):
        for name, value in _GRADES[state].items():
            if name in {"saturation", "contrast", "gamma"}:
                found[name] = found.get(name, 1.0) * value**strength
            elif name in {"shadows", "highlights"}:
                found[name] = value
            else:
                found[name] = found.get(name, 0.0) + value * strength
    limits = {"gamma": (0.6, 2.3), "contrast": (0.65, 1.25), "saturation": (0.0, 1.5)}
    for name, (least, most) in limits.items():
        if name in found:
            found[name] = min(max(found[name], least), most)
    return Grade.model_validate(
        {k: round(v, 4) if isinstance(v, float) else v for k, v in found.items()}
    )
