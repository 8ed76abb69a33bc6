"""Words of a prompt with photos that are shown by themselves, and name nothing else."""

from __future__ import annotations

from thumbnb.render.prompt.images.face_cams import blank_face_cams
from thumbnb.render.prompt.images.numbered_steps import blank_steps


def blank_extras(prompt: str) -> str:
    """Return a prompt with spaces in place of counted steps and face cams."""
    return blank_face_cams(blank_steps(prompt))
