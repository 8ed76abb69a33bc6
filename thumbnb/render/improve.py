"""A better prompt by rule: what this compositor understands, said where the prompt does not."""

from __future__ import annotations

from thumbnb.errors import InvalidInput
from thumbnb.render.presets import PRESETS
from thumbnb.render.reading import read

_LONGEST = 2000


def enhance_prompt(prompt: str, preset: str = "free") -> str:
    """Add to a prompt what it leaves open: a place, an expression, a light, room for words.

    What is there stays as it is, @imageN tokens too; what it says already is not said
    again. Rules, not a model: the same prompt gives the same answer. At most 2000 characters.

    >>> enhance_prompt("Excited creator in the city at night", "gaming-esports")
    'Excited creator in the city at night, one clear subject beside empty space for the title, \
strong contrast'
    """
    if preset not in PRESETS:
        raise InvalidInput(f"There is no preset {preset!r}.", hint=f"Take {', '.join(PRESETS)}.")
    style, said = PRESETS[preset], read(prompt)
    parts = [prompt.strip().rstrip(".,;")]
    if said.person and said.expression is None:
        parts.append(f"{style.feeling} expression")
    if not said.subjects and not said.roles:
        parts.append(f"{style.place} in the background")
    if not said.hours and not said.tones and not said.colours:
        parts.append(style.mood)
    folded = prompt.casefold()
    parts += [rule for rule in _RULES if rule.split()[-1] not in folded]
    while len(", ".join(parts)) > _LONGEST and len(parts) > 1:
        parts.pop()
    return ", ".join(parts)


_RULES = ("one clear subject beside empty space for the title", "strong contrast")
