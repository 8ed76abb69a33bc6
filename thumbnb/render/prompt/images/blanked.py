"""Words of a prompt with photos that are shown by themselves, and name nothing else."""

from __future__ import annotations

import re

from thumbnb.render.prompt.images.corners import POLAROID, insets_of_images
from thumbnb.render.prompt.images.divider import DIVIDER
from thumbnb.render.prompt.images.face_cams import blank_face_cams
from thumbnb.render.prompt.images.numbered_steps import blank_steps
from thumbnb.text import image_tokens


def blank_extras(prompt: str) -> str:
    """Return a prompt with spaces in place of counted steps, face cams and mere phrases."""
    text = blank_face_cams(blank_steps(prompt))
    if any(inset.polaroid for inset in insets_of_images(prompt).values()):
        text = POLAROID.sub(lambda said: " " * len(said[0]), text)
    if len(image_tokens.numbers(prompt)) > 1:
        text = DIVIDER.sub(lambda said: " " * len(said[0]), text)
    return _NAMES_NOTHING.sub(lambda said: " " * len(said[0]), text)


_NAMES_NOTHING = re.compile(
    r"\breading(?=\s+[\"\u201c]?\d)|\bface[\s-]to[\s-]face\b|\bface[\s-]off\b|"
    r"\bpodcast(?=\s+(?:thumbnail|episode|cover|clip|style|interview)\b)",
    re.IGNORECASE,
)
"""What an instrument does, which is no library; how two stand, who are no one's face;
what a thumbnail is for."""
