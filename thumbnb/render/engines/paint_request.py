"""Paint requests: what an engine is asked to paint, without the words."""

from __future__ import annotations

import io
import re
import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from PIL import Image

from thumbnb.render.engines.protocol import PaintRequest, Reference, Share
from thumbnb.render.painted_image import PaintedImage
from thumbnb.render.planning.planner import plan
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.scene import Words
from thumbnb.text import image_tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.brief import Brief
    from thumbnb.render.scene import Scene

SHEET = (1280, 720)
# Twice as many pixels as an image is shown with help no engine.
REFERENCE_SIDE = 1536
NO_TEXT = "text, letters, words, numbers, captions, subtitles, logo, watermark, signature"
# What the words need around them, as shares of the image.
_MARGIN = 0.03

_QUOTED = re.compile(
    # What leads in to the words goes with them: "with the text saying ...".
    r"(?:(?:,|\band|\bwith|\bthat|\bwhich)\s+)?(?:(?:the|a|big|bold)\s+)*"
    r"(?:\b(?:words?|text|title|headline|caption|letters)\b\s*)?"
    r"(?:(?:that\s+)?\b(?:says?|saying|reads?|reading)\b)?[\s:,]*"
    r"(?:\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|「[^」]*」|『[^』]*』)",
    re.IGNORECASE,
)
_KEPT = {None, "keep-original"}


def paint_request(
    brief: Brief,
    seed: int = 0,
    variation: int = 0,
    *,
    references: int = 0,
    negative_prompt: bool = False,
) -> PaintRequest:
    """Return what an engine is asked for, to paint what lies behind a brief's words.

    ``references`` is how many images the engine works from; ``negative_prompt`` whether
    it takes one apart from the prompt. The words to be set are not in it, and room is asked for
    where the compositor is going to set them.

    >>> from thumbnb.render.brief import Brief
    >>> brief = Brief(prompt="A fox in the snow", title="WILD")
    >>> "WILD" in paint_request(brief).prompt
    False
    """
    given = _references(brief, references)
    scene = _planned(brief, seed, variation, [item.name for item in given])
    calm = words_box(scene)
    return PaintRequest(
        prompt=_prompt(brief, calm, given, negative=not negative_prompt),
        negative_prompt=_negative(brief) if negative_prompt else "",
        seed=(seed * 31 + variation) % 2**31,
        references=tuple(given),
        calm=calm,
        layout=scene.layout,
    )


def words_box(scene: Scene) -> Share | None:
    """Return the part of a scene that its headline takes; None where it has none."""
    words = next((layer for layer in scene.layers if isinstance(layer, Words)), None)
    if words is None or not words.lines:
        return None
    left = min(line.x for line in words.lines) / SHEET[0]
    right = max(line.x + line.width for line in words.lines) / SHEET[0]
    top = min(line.y - line.size for line in words.lines) / SHEET[1]
    bottom = max(line.y + line.size * 0.25 for line in words.lines) / SHEET[1]
    edges = left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN
    x, y, r, b = (min(1.0, max(0.0, edge)) for edge in edges)
    return x, y, r, b


def _planned(brief: Brief, seed: int, variation: int, given: Sequence[str]) -> Scene:
    """Plan the brief before an empty image, to know where its words will stand."""
    empty = PaintedImage(image=Image.new("RGB", (320, 180), "#808080"), engine="", used=(*given,))
    return plan(replace(brief, painted=empty), seed, variation)


# -- words to the engine --------------------------------------------------------------


def _prompt(brief: Brief, calm: Share | None, given: Sequence[Reference], *, negative: bool) -> str:
    options = brief.options
    parts = [_subject(brief, given), _styles()[brief.preset]]
    if options.face_expression not in _KEPT:
        parts.append(f"the person looks {options.face_expression}")
    if options.clothing_style not in _KEPT:
        parts.append(f"the person wears {options.clothing_style} clothes")
    sentences = [f"{', '.join(part for part in parts if part)}."]
    sentences += [words for item in given if (words := _reference_words(item.name, given))]
    sentences.append("A wide 16:9 image that fills the frame.")
    if calm:
        sentences.append(_calm_words(calm))
    sentences.append("Leave the bottom right corner plain.")
    sentences.append("No text, no letters, no numbers, no logos, no watermark anywhere.")
    if negative and options.negative_prompt:
        sentences.append(f"Avoid: {options.negative_prompt.strip().rstrip('.')}.")
    return " ".join(sentences)


def _negative(brief: Brief) -> str:
    wanted = (brief.options.negative_prompt or "").strip().rstrip(".,")
    return f"{wanted}, {NO_TEXT}" if wanted else NO_TEXT


def _subject(brief: Brief, given: Sequence[Reference]) -> str:
    """Return the prompt without the words to be set and the tokens of images."""
    text = brief.prompt
    quoted = parse_prompt(text).quoted
    if quoted:
        text = _QUOTED.sub(" ", text)
    if brief.title:
        text = text.replace(brief.title, " ")
    numbers = {item.name: place for place, item in enumerate(given, 1)}

    def named(number: int) -> str:
        place = numbers.get(f"image{number}")
        return "" if place is None else f"what reference image {place} shows"

    text = " ".join(image_tokens.replace(text, named).split())
    return text.strip(" ,.;:") or parse_prompt(brief.prompt).subjects[0]


def _reference_words(name: str, given: Sequence[Reference]) -> str:
    place = [item.name for item in given].index(name) + 1
    if name.startswith("portrait"):
        return f"The person is the one in reference image {place}."
    if name in {"style_reference", "template"}:
        return f"Take colours, light and style from reference image {place}, not what it shows."
    return ""


def _calm_words(calm: Share) -> str:
    left, top, right, bottom = (round(edge * 100) for edge in calm)
    across = "left" if left + right < 90 else "right" if left + right > 110 else "middle"  # noqa: PLR2004 - percent
    down = "top" if top + bottom < 80 else "bottom" if top + bottom > 120 else "middle"  # noqa: PLR2004 - percent
    return (
        f"Keep the area from {left}% to {right}% across and {top}% to {bottom}% down "
        f"({across}, {down}) calm: plain, soft, without faces, objects or detail. "
        "Put the main subject beside it."
    )


@cache
def _styles() -> dict[str, str]:
    return tomllib.loads(files("thumbnb.render.engines").joinpath("styles.toml").read_text("utf-8"))


# -- images to the engine -------------------------------------------------------------


def _references(brief: Brief, limit: int) -> list[Reference]:
    """Encode the images an engine is to work from; a logo stays as it is, for the compositor."""
    roles = parse_prompt(brief.prompt).roles
    images = {
        name: image
        for name, image in brief.images().items()
        if not (name.startswith("image") and roles.get(int(name[5:])) == "logo")
    }
    for name in ("style_reference", "template"):
        if (image := getattr(brief, name)) is not None:
            images[name] = image
    return [encoded_reference(name, image) for name, image in list(images.items())[:limit]]


def encoded_reference(name: str, image: Image.Image) -> Reference:
    """Encode an image for an engine: PNG where part of it is transparent, else JPEG."""
    image = image.copy()
    image.thumbnail((REFERENCE_SIDE, REFERENCE_SIDE))
    out = io.BytesIO()
    if image.mode == "RGBA":
        image.save(out, "PNG")
        return Reference(name, out.getvalue(), "image/png")
    image.convert("RGB").save(out, "JPEG", quality=92, subsampling=0)
    return Reference(name, out.getvalue(), "image/jpeg")
