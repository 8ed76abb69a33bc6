"""A better prompt by rule: what this compositor understands, said where the prompt does not."""

from __future__ import annotations

from thumbnb.render.presets import PRESETS
from thumbnb.render.reading import read


def enhance_prompt(prompt: str, preset: str = "free") -> str:
    """Add to a prompt what it leaves open: a subject, a light, a place for the words.

    Nothing that is there is taken away; @imageN tokens stay as they are. Rules, not a model.

    >>> enhance_prompt("Excited creator", "mrbeast-viral")
    'Excited creator, ...
    """
    style = PRESETS[preset]
    said = read(prompt)
    parts = [prompt.strip().rstrip(".,;")]
    if said.person and said.expression is None:
        parts.append("expressive face")
    if said.subject is None:
        parts.append(style.example[0].lower() + style.example[1:] + " in the background")
    if not said.moods:
        parts.append(
            "dramatic light"
            if style.palettes[0]["ink"] > "#8" and "dark" in style.description
            else "bright vivid light"
        )
    parts.append(
        "one clear subject on one side, empty space for the title on the other, strong contrast"
    )
    return ", ".join(parts)[:2000]
