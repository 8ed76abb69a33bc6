"""An image from a prompt: its words choose a subject, and the light it is painted in."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from PIL import ImageOps

from thumbnb.errors import InvalidInput
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.prompt.words.folded_words import folded_words
from thumbnb.render.subjects import SUBJECTS
from thumbnb.render.subjects.lighting import lighting_for

if TYPE_CHECKING:
    from PIL import Image

MIN_SIDE, MAX_SIDE = 16, 4096


def backdrop(prompt: str, size: tuple[int, int], seed: int | None = None) -> Image.Image:
    """Paint what ``prompt`` names, as an RGB image of exactly ``size`` pixels.

    The thing it names most (mountains, sea, city, space, ...) is painted; the time of day, the
    mood and the colours named choose its light. A prompt with none of these gets a calm
    abstract. It is an illustration composed by rules, not a photograph. The same
    prompt, size and seed give the same pixels, another seed another image of the
    same thing. Raises ``InvalidInput`` for a side outside 16..4096.

    >>> backdrop("a rocket at sunset", (1280, 720)).size
    (1280, 720)
    """
    if not all(MIN_SIDE <= side <= MAX_SIDE for side in size):
        raise InvalidInput(
            f"An image of {size[0]}x{size[1]} pixels cannot be painted.",
            hint=f"Each side must be from {MIN_SIDE} to {MAX_SIDE}.",
        )
    text = " ".join(folded_words(prompt))
    digest = hashlib.sha256(f"{text}\n{seed}".encode()).digest()
    parsed = parse_prompt(prompt)
    subject = SUBJECTS[parsed.subjects[0] if parsed.subjects else "abstract"]
    number = int.from_bytes(digest[:8], "big")
    painting = subject(size, palette=lighting_for(parsed, subject), seed=number)
    first, last = subject.shows
    image = painting.frame(first + (last - first) * digest[8] / 255)
    return ImageOps.mirror(image) if digest[9] % 2 else image
