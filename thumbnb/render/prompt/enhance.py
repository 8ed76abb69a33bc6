"""Prompt enhancement by rule: adds what a prompt leaves open and the compositor understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.errors import InvalidInput
from thumbnb.render.presets import PRESETS
from thumbnb.render.prompt.parser import parse_prompt

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_LONGEST = 2000

AXES = ("composition", "hook", "readability")
"""What of a thumbnail can be made better: what stands where, what catches, what can be read."""


def enhance_prompt(prompt: str, preset: str = "free", axes: Collection[str] = ()) -> str:
    """Add to a prompt what it leaves open: an expression, a light, room for words.

    No things or places are added: what is shown is the user's to say.
    ``axes`` are those of ``composition`` (one subject with room beside it), ``hook``
    (a feeling, a mood) and ``readability`` (contrast) to add to; none means all of them.
    What is there stays as it is, @imageN tokens too; what it says already is not said
    again. Rules, not a model: the same prompt gives the same answer. At most 2000 characters.

    >>> enhance_prompt("Excited creator in the city at night", "gaming-esports")
    'Excited creator in the city at night, one clear subject beside empty space for the title, \
strong contrast'
    >>> enhance_prompt("A creator", axes=["readability"])
    'A creator, strong contrast'
    """
    if preset not in PRESETS:
        raise InvalidInput(f"There is no preset {preset!r}.", hint=f"Take {', '.join(PRESETS)}.")
    if unknown := [axis for axis in axes if axis not in AXES]:
        raise InvalidInput(f"There is no axis {unknown[0]!r}.", hint=f"Take {', '.join(AXES)}.")
    parts = [prompt.strip().rstrip(".,;")]
    parts += [text for axis, text in _missing(prompt, preset) if not axes or axis in axes]
    while len(", ".join(parts)) > _LONGEST and len(parts) > 1:
        parts.pop()
    return ", ".join(parts)


def _missing(prompt: str, preset: str) -> Iterator[tuple[str, str]]:
    """Give what a prompt leaves open: the axis it serves, and the words for it."""
    style, parsed, folded = PRESETS[preset], parse_prompt(prompt), prompt.casefold()
    if parsed.person and parsed.expression is None:
        yield "hook", f"{style.feeling} expression"
    if not parsed.hours and not parsed.tones and not parsed.colours:
        yield "hook", style.mood
    if "space for the title" not in folded:
        yield "composition", "one clear subject beside empty space for the title"
    if "contrast" not in folded:
        yield "readability", "strong contrast"
