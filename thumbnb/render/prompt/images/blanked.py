"""Words of a prompt with photos that are shown by themselves, and name nothing else."""

from __future__ import annotations

import re

from thumbnb.render.prompt.images.face_cams import blank_face_cams
from thumbnb.render.prompt.images.numbered_steps import blank_steps


def blank_extras(prompt: str) -> str:
    """Return a prompt with spaces in place of counted steps, face cams, and "reading 5"."""
    return _READING.sub(lambda said: " " * len(said[0]), blank_face_cams(blank_steps(prompt)))


_READING = re.compile(r"\breading(?=\s+[\"\u201c]?\d)", re.IGNORECASE)
"""What an instrument does: no library."""
