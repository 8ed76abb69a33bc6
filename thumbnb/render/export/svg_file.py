"""SVG files: images below, and the words as text that can be edited."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from string import ascii_letters, digits
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from thumbnb.render.raster.canvas import UNITS
from thumbnb.render.scene import Chip, Words
from thumbnb.render.type import fonts, typesetting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from thumbnb.render.export.separate_layers import SeparateLayer
    from thumbnb.render.scene import SetLine, Type

# Without fontTools a typeface goes along whole; one of more bytes than this is only named.
_LARGEST_FACE = 1_000_000


def write_svg(layers: Sequence[SeparateLayer], size: tuple[int, int]) -> bytes:
    """Write layers, back to front, as an SVG of ``size`` pixels; headline and labels are text.

    Their typefaces go along, cut down to the alphabet by fontTools where it is installed.
    Plates and gradients of the words are kept; worn edges, glow and veils are not.
    """
    root = ET.Element("svg", {
        "xmlns": "http://www.w3.org/2000/svg",
        "width": str(size[0]), "height": str(size[1]), "viewBox": f"0 0 {UNITS[0]:g} {UNITS[1]:g}",
    })  # fmt: skip
    definitions = ET.SubElement(root, "defs")
    texts: dict[Type, str] = {}
    for layer in layers:
        source = layer.source
        if isinstance(source, Words | Chip):
            texts[source.face] = texts.get(source.face, "") + _text_of(source)
    if rules := "\n".join(filter(None, (_face_rule(*each) for each in texts.items()))):
        ET.SubElement(definitions, "style").text = rules
    scale = UNITS[1] / size[1]
    for layer in layers:
        group = ET.SubElement(root, "g")
        ET.SubElement(group, "title").text = layer.name
        if isinstance(layer.source, Words):
            _write_words(layer.source, group, definitions)
        elif isinstance(layer.source, Chip):
            _write_label(layer.source, group)
        else:
            group.append(_image(layer, scale))
    body: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body


def _text_of(layer: Words | Chip) -> str:
    if isinstance(layer, Chip):
        return layer.text
    return " ".join(typesetting.joined(line.words) for line in layer.lines)


def _image(layer: SeparateLayer, scale: float) -> ET.Element:
    width, height = layer.image.size
    data = io.BytesIO()
    if layer.image.getchannel("A").getextrema() == (255, 255):
        kind = "jpeg"
        layer.image.convert("RGB").save(data, "JPEG", quality=95, subsampling=0)
    else:
        kind = "png"
        layer.image.save(data, "PNG")
    place = {"x": layer.left, "y": layer.top, "width": width, "height": height}
    address = f"data:image/{kind};base64,{base64.b64encode(data.getvalue()).decode()}"
    return ET.Element(
        "image", {name: f"{value * scale:g}" for name, value in place.items()} | {"href": address}
    )


def _face_rule(face: Type, text: str) -> str:
    """Return the CSS that brings a typeface along, with the letters of a text; or nothing."""
    path = fonts.file_of(fonts.Face(face.family, face.weight, face.file))
    data = None if path is None else _font_data(path, text)
    if path is None or data is None:
        return ""
    weight = "100 900" if "wght" in Path(path).name else face.weight
    return (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {weight}; '
        f"src: url(data:font/ttf;base64,{base64.b64encode(data).decode()}); }}"
    )


def _font_data(path: str, text: str) -> bytes | None:
    """Return what a text needs of a font, or all of it; None where that is too much."""
    try:
        from fontTools import subset  # noqa: PLC0415 - an extra, and heavy
    except ImportError:
        small = Path(path).stat().st_size <= _LARGEST_FACE
        return Path(path).read_bytes() if small else None
    options = subset.Options(layout_features=["*"], notdef_outline=True, font_number=0)
    subsetter = subset.Subsetter(options)
    # Capitals and small letters, so that a word can be edited in its own alphabet.
    subsetter.populate(text="".join({*text, *text.upper(), *text.lower(), *ascii_letters, *digits}))
    file = io.BytesIO()
    with subset.load_font(path, options) as font:
        subsetter.subset(font)
        subset.save_font(font, file, options)
    return file.getvalue()


def _text_style(face: Type, size: float) -> dict[str, str]:
    return {
        "font-family": face.family, "font-weight": str(face.weight), "font-size": f"{size:g}",
        "xml:space": "preserve",
    }  # fmt: skip


def _write_words(words: Words, group: ET.Element, definitions: ET.Element) -> None:
    """Write a headline: for each line its plate, then its words from back to front."""
    effects = words.effects
    face = fonts.Face(words.face.family, words.face.weight, words.face.file)
    cap = typesetting.cap_height(face)
    x, y, width, height = typesetting.extent(words.lines, cap)
    group.set("transform", _bent(effects.slant, effects.turn, (x + width / 2, y + height / 2)))
    if effects.plate in {"line", "block"}:
        for box in _plates(words, cap):
            group.append(_rect(box, effects.plate_colour))
    largest = max(line.size for line in words.lines)
    letters = group
    if effects.shadow and effects.shadow[3]:
        name = f"shadow{len(definitions)}"
        across, down, blur, strength = effects.shadow
        around = {"x": "-20%", "y": "-50%", "width": "140%", "height": "200%"}
        shadow = ET.SubElement(definitions, "filter", {"id": name} | around)
        ET.SubElement(shadow, "feDropShadow", {
            "dx": f"{across * largest:g}", "dy": f"{down * largest:g}",
            "stdDeviation": f"{blur * largest / 2:g}", "flood-opacity": f"{strength:g}",
        })  # fmt: skip
        letters = ET.SubElement(group, "g", {"filter": f"url(#{name})"})
    fill = _paint(effects.fill, (y, y + height), definitions)
    stress = _paint(effects.stress, (y, y + height), definitions)
    strokes = [(effects.stroke + effects.rim, effects.rim_colour)] if effects.rim else []
    strokes += [(effects.stroke, effects.stroke_colour)] if effects.stroke else []
    for line in words.lines:
        if effects.plate == "word":
            for box in _word_plates(line, face, words.track, cap):
                group.insert(1, _rect(box, effects.plate_colour, line.size * 0.06))
        for stroke, colour in strokes:
            outline = {
                "fill": "none", "stroke": colour, "stroke-width": f"{2 * stroke * line.size:g}",
                "stroke-linejoin": "round", "aria-hidden": "true",
            }  # fmt: skip
            # A word on a plate of its own has no outline.
            plated = {"stroke": "none"} if effects.plate == "word" else {}
            letters.append(_line(words, line, outline, plated))
        letters.append(_line(words, line, {"fill": fill}, {"fill": stress}))


def _line(words: Words, line: SetLine, style: dict[str, str], stress: dict[str, str]) -> ET.Element:
    """Write one line as a text; its stressed words in the style ``stress``."""
    whole = typesetting.joined(line.words)
    rtl = typesetting.is_rtl(whole)
    start = line.x + line.width if rtl else line.x
    text = ET.Element("text", {
        "x": f"{start:g}", "y": f"{line.y:g}",
        **_text_style(words.face, line.size), **style,
    })  # fmt: skip
    if rtl:
        text.set("direction", "rtl")
    if words.track:
        text.set("letter-spacing", f"{words.track * line.size:g}")
    for run, stressed in _runs(line.words):
        span = ET.SubElement(text, "tspan")
        span.text = run
        if stressed:
            span.attrib.update(stress)
    return text


def _runs(words: Sequence[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """Give a line's words with the spaces before them."""
    for place, (word, stressed) in enumerate(words):
        joined = word.startswith(typesetting.JOINER)
        bare = word.removeprefix(typesetting.JOINER)
        yield bare if joined or place == 0 else f" {bare}", stressed


def _word_plates(
    line: SetLine, face: fonts.Face, track: float, cap: float
) -> Iterator[tuple[float, float, float, float]]:
    """Give the plates (x, y, width, height) of a line's stressed words."""
    whole = typesetting.joined(line.words)
    rtl, end, edge = typesetting.is_rtl(whole), 0, 0.09 * line.size
    for run, stressed in _runs(line.words):
        start, end = end + (len(run) - len(run.lstrip(" "))), end + len(run)
        if stressed:
            before = typesetting.width(face, whole[:start], track) if start else 0.0
            width_so_far = typesetting.width(face, whole[:end], track)
            left = line.width - width_so_far * line.size if rtl else before * line.size
            yield (
                line.x + left - edge,
                line.y - line.size * cap - edge * 1.15,
                (width_so_far - before) * line.size + 2 * edge,
                line.size * cap + edge * 2.4,
            )


def _plates(words: Words, cap: float) -> list[tuple[float, float, float, float]]:
    if words.effects.plate == "block":
        x, y, width, height = typesetting.extent(words.lines, cap)
        return [(x - 30, y - 30, width + 60, height + 60)]
    return [
        (q.x - 0.18 * q.size, q.y - q.size * (cap + 0.2), q.width + 0.36 * q.size,
         q.size * (cap + 0.43))
        for q in words.lines
    ]  # fmt: skip


def _rect(box: tuple[float, float, float, float], colour: str, radius: float = 12) -> ET.Element:
    x, y, width, height = (f"{value:g}" for value in box)
    return ET.Element("rect", {
        "x": x, "y": y, "width": width, "height": height, "rx": f"{radius:g}", "fill": colour,
    })  # fmt: skip


def _paint(colours: Sequence[str], rows: tuple[float, float], definitions: ET.Element) -> str:
    """Return a fill: a colour, or a gradient from the top row to the bottom one."""
    if len(colours) == 1:
        return colours[0]
    name = f"fill{len(definitions)}"
    gradient = ET.SubElement(definitions, "linearGradient", {
        "id": name, "gradientUnits": "userSpaceOnUse", "x1": "0", "x2": "0",
        "y1": f"{rows[0]:g}", "y2": f"{rows[1]:g}",
    })  # fmt: skip
    for place, colour in enumerate(colours):
        offset = place / (len(colours) - 1)
        ET.SubElement(gradient, "stop", {"offset": f"{offset:g}", "stop-color": colour})
    return f"url(#{name})"


def _bent(slant: float, turn: float, centre: tuple[float, float]) -> str:
    """Return the transform of letters that lean and turn about a centre, as they are painted."""
    if not slant and not turn:
        return "translate(0 0)"
    x, y = centre
    return (
        f"translate({x:g} {y:g}) rotate({-turn:g}) matrix(1 0 {-slant:g} 1 0 0) "
        f"translate({-x:g} {-y:g})"
    )


def _write_label(chip: Chip, group: ET.Element) -> None:
    """Write a label: its plate and its text."""
    face = fonts.Face(chip.face.family, chip.face.weight, chip.face.file)
    cap = typesetting.cap_height(face) * chip.size
    wide = typesetting.width(face, chip.text, chip.track) * chip.size
    x, y = chip.at
    across, down = 0.5 * chip.size, 0.32 * chip.size
    box = (x, y, wide + 2 * across, cap + 2 * down)
    group.set("transform", _bent(chip.slant, chip.turn, (x + box[2] / 2, y + box[3] / 2)))
    if chip.plate:
        group.append(_rect(box, chip.plate, min(chip.radius * chip.size, box[3] / 2)))
    text = ET.SubElement(group, "text", {
        "x": f"{x + across:g}", "y": f"{y + down + cap:g}", "fill": chip.ink,
        **_text_style(chip.face, chip.size),
    })  # fmt: skip
    if chip.track:
        text.set("letter-spacing", f"{chip.track * chip.size:g}")
    text.text = chip.text
