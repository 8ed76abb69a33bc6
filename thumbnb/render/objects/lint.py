"""What is wrong with a drawing: resvg leaves parts out in silence, so this looks for the causes."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from thumbnb.render.objects.extent import measure
from thumbnb.render.objects.finish import finished
from thumbnb.render.objects.illustration import LANGUAGES, Illustration, split
from thumbnb.render.objects.kit import fill_in
from thumbnb.render.objects.raster import rasterise
from thumbnb.render.objects.vocabulary.words import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
LARGEST_FILE = 9000
"""Bytes; a drawing that needs more is made of too many parts to be seen at 72 px."""

_FATAL = ("cannot be filled in", "not XML")
_LOOKED_AT = 128
_TOUCHING = 24
"""An alpha (of 255) at the image's very edge from which on it is cut off."""
_MIN_EXTENT = 0.8
"""How much of its width or of its height a drawing fills at least."""
_CALLED = re.compile(r"url\(#([^)]+)\)|href=\"#([^\"]+)\"")
_MADE = re.compile(r"\sid=\"([^\"]+)\"")
# resvg knows none of these, and draws black or nothing where they stand.
_UNKNOWN = (
    "$", "var(", "color-mix(", "oklch(", "BackgroundImage", "FillPaint", "plus-lighter",
    "nth-child", "circle(", "deg)", "<text", "<image", "<script", "<foreignObject", "http://", "https://",
)  # fmt: skip


def faults(drawing: Illustration) -> list[str]:
    """Return what is wrong with one drawing, in plain words; empty if nothing."""
    try:
        svg = fill_in(drawing)
    except (KeyError, ValueError) as error:
        return [f"{_FATAL[0]}: {error}"]
    try:
        ET.fromstring(svg)  # noqa: S314 - a file of ours
    except ET.ParseError as error:
        return [f"{_FATAL[1]}: {error}"]
    return [*_of_metadata(drawing), *_of_text(drawing, svg), *_of_picture(drawing, svg)]


def is_fatal(fault: str) -> bool:
    """Return whether a drawing with this fault cannot be drawn at all."""
    return fault.startswith(_FATAL)


def _of_metadata(drawing: Illustration) -> Iterator[str]:
    if not NAME.match(drawing.name):
        yield "the file's name is not lower case with hyphens"
    for language in LANGUAGES:
        if not drawing.words.get(language):
            yield f"no words in {language}"
    for language in {*drawing.words, *drawing.also} - set(LANGUAGES):
        yield f"words in {language}, which is not one of {', '.join(LANGUAGES)}"
    for language, words in drawing.words.items():
        twice = [
            w
            for w, n in Counter(map(key, (*words, *drawing.also.get(language, ())))).items()
            if n > 1
        ]
        if twice:
            yield f"{language} says {', '.join(twice)} twice"
    if not drawing.slots:
        yield "no colour can be replaced: [slots] is empty"
    _, body = split(drawing.path.read_text("utf-8"))
    for slot in (*drawing.slots, *drawing.fixed):
        if not re.search(rf"\${slot}(?![a-z])|url\(#{slot}-", body):
            yield f"the colour {slot} is not used"


def _of_text(drawing: Illustration, svg: str) -> Iterator[str]:
    text = drawing.path.read_text("utf-8")
    if 'viewBox="0 0 512 512"' not in text.split(">", 1)[0]:
        yield "its viewBox is not 0 0 512 512"
    if len(text.encode()) > LARGEST_FILE:
        yield f"larger than {LARGEST_FILE} bytes"
    inner = svg.replace('xmlns="http://www.w3.org/2000/svg"', "", 1)
    for mark in _UNKNOWN:
        if mark in inner:
            yield f"resvg does not draw {mark!r}"
    made = Counter(_MADE.findall(svg))
    for name, count in made.items():
        if count > 1:
            yield f"the id {name} is there {count} times"
    for called in sorted({a or b for a, b in _CALLED.findall(svg)} - set(made)):
        yield f"#{called} is not defined"


def _of_picture(drawing: Illustration, svg: str) -> Iterator[str]:
    image = rasterise(svg, _LOOKED_AT)
    image = finished(image) if drawing.finish else image
    place = measure(image)
    if place is None:
        yield "nothing is drawn"
        return
    alpha = image.getchannel("A")
    last = _LOOKED_AT - 1
    sides = {
        "left": (0, 0, 1, last), "top": (0, 0, last, 1),
        "right": (last, 0, last + 1, last), "bottom": (0, last, last, last + 1),
    }  # fmt: skip
    for side, box in sides.items():
        darkest = alpha.crop(box).getextrema()[1]
        if isinstance(darkest, int | float) and darkest >= _TOUCHING:
            yield f"it touches the {side} edge"
    left, top, right, bottom = place.box
    if max(right - left, bottom - top) < _MIN_EXTENT:
        yield f"it fills only {max(right - left, bottom - top):.0%} of its image"


def shared_names(drawings: Iterable[Illustration]) -> list[str]:
    """Return the words that two drawings both call their own; those belong under ``[also]``."""
    owners: dict[tuple[str, str], list[str]] = {}
    for drawing in drawings:
        for language, words in drawing.words.items():
            for word in words:
                owners.setdefault((language, key(word)), []).append(drawing.name)
    return [
        f"{language} {word!r}: {', '.join(names)}"
        for (language, word), names in owners.items()
        if len(names) > 1
    ]
