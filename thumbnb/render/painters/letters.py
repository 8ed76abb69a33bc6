"""Letters: a headline's strokes, depths, plates and fills, and labels on chips."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

from thumbnb.render import fonts, setting
from thumbnb.render.brushes import noise_field
from thumbnb.render.stencil import Stencil

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thumbnb.render import scene
    from thumbnb.render.canvas import Canvas
    from thumbnb.render.studio import Studio


def _face(kind: scene.Type) -> fonts.Face:
    return fonts.Face(kind.family, kind.weight, kind.file)


def run(
    text: str,
    face: fonts.Face,
    size: float,
    at: tuple[float, float],
    track: float = 0.0,
    stroke: float = 0.0,
) -> Stencil:
    """Set one run of letters, the start of its baseline ``at`` a pixel, as a stencil.

    ``stroke`` pixels of outline are added all round. ``track`` is in font sizes.
    """
    font = fonts.load(face, size)
    pad = math.ceil(stroke) + math.ceil(size * 0.12) + 2
    x0, y0 = math.floor(at[0]), math.floor(at[1])
    fx, fy = at[0] - x0, at[1] - y0
    left, top, right, bottom = font.getbbox(text, anchor="ls", stroke_width=stroke)
    extra = track * size * max(0, len(text) - 1)
    width = math.ceil(right - min(left, 0) + extra) + 2 * pad
    ox, oy = pad - min(left, 0), pad - top
    mask = Image.new("L", (max(1, width), max(1, math.ceil(bottom - top) + 2 * pad)))
    draw = ImageDraw.Draw(mask)
    if not track:
        draw.text((ox + fx, oy + fy), text, fill=255, font=font, anchor="ls", stroke_width=stroke)
    else:
        x = ox + fx
        for i, char in enumerate(text):
            draw.text((x, oy + fy), char, fill=255, font=font, anchor="ls", stroke_width=stroke)
            x += (
                font.getlength(text[i : i + 2]) - font.getlength(text[i + 1 : i + 2]) + track * size
            )
    return Stencil(mask, round(x0 - ox), round(y0 - oy))


def _placed(
    layer: scene.Words, k: float
) -> Iterator[tuple[str, bool, float, tuple[float, float], float]]:
    """Every word of a headline: text, stress, size, start of baseline, width; in pixels.

    Words stand where they would in the whole line, so that spaces and kerning are kept.
    """
    face = _face(layer.face)
    for line in layer.lines:
        whole = " ".join(w for w, _ in line.words)
        rtl = setting.is_rtl(whole)
        at = 0
        for word, stress in line.words:
            end = at + len(word)
            before = (
                setting.width(face, whole[:at], layer.track) + (layer.track if at else 0)
                if at
                else 0.0
            )
            upto = setting.width(face, whole[:end], layer.track)
            x = line.x + before * line.size
            wide = (upto - before) * line.size
            if rtl:
                x = line.x + line.width - upto * line.size
            yield word, stress, line.size * k, (x * k, line.y * k), wide * k
            at = end + 1


def words(layer: scene.Words, canvas: Canvas, studio: Studio) -> None:
    k, e, face = canvas.scale, layer.effects, _face(layer.face)
    cap = setting.cap_height(face)
    plain: list[Stencil] = []
    strong: list[Stencil] = []
    strokes: list[Stencil] = []
    rims: list[Stencil] = []
    plates: list[Stencil] = []
    largest = max(line.size for line in layer.lines) * k
    left = min(line.x for line in layer.lines) * k
    right = max(line.x + line.width for line in layer.lines) * k
    top = min(line.y - line.size * cap for line in layer.lines) * k
    bottom = max(line.y for line in layer.lines) * k
    centre = ((left + right) / 2, (top + bottom) / 2)
    for text, stress, size, at, wide in _placed(layer, k):
        glyphs = run(text, face, size, at, layer.track)
        on_plate = e.plate == "word" and stress
        (strong if stress else plain).append(glyphs)
        if on_plate:
            pad = size * 0.09
            box = (
                at[0] - pad,
                at[1] - size * cap - pad * 1.1,
                at[0] + wide + pad,
                at[1] + pad * 1.2,
            )
            plates.append(Stencil.rounded(box, size * 0.06))
        elif e.stroke:
            strokes.append(run(text, face, size, at, layer.track, size * e.stroke))
            if e.rim:
                rims.append(run(text, face, size, at, layer.track, size * (e.stroke + e.rim)))
    if e.plate == "line":
        for line in layer.lines:
            pad = line.size * k * 0.16
            box = (
                line.x * k - pad * 1.3,
                (line.y - line.size * cap) * k - pad,
                (line.x + line.width) * k + pad * 1.3,
                line.y * k + pad,
            )
            plates.append(Stencil.rounded(box, pad * 0.35))
    elif e.plate == "block":
        pad = 30 * k
        plates.append(Stencil.rounded((left - pad, top - pad, right + pad, bottom + pad), 16 * k))

    def bent(parts: list[Stencil]) -> Stencil | None:
        if not parts:
            return None
        whole = parts[0].joined(*parts[1:]).trimmed()
        return whole.slanted(e.slant, centre).turned(e.turn, centre)

    a, b, stroke, rim, plate = bent(plain), bent(strong), bent(strokes), bent(rims), bent(plates)
    glyphs = [s for s in (a, b) if s]
    ink = glyphs[0].joined(*glyphs[1:])
    if e.worn:
        a, b = (_worn(s, e.worn, k) if s else None for s in (a, b))
    everything = ink.joined(*(s for s in (stroke, rim, plate) if s))
    if layer.veil:
        canvas.fill(
            everything.grown(largest * 0.25).blurred(largest * 0.35), layer.veil_colour, layer.veil
        )
    if e.glow:
        colour, radius, strength = e.glow
        canvas.shine(everything.blurred(radius * largest), colour, strength)
    if e.shadow and e.shadow[3]:
        dx, dy, soft, strength = e.shadow
        canvas.shade(everything.moved(dx * largest, dy * largest).blurred(soft * largest), strength)
    if e.depth:
        colour, length = e.depth
        solid = ink.joined(*(s for s in (stroke, rim, plate) if s))
        steps = max(1, round(length * largest))
        deep = solid.joined(*(solid.moved(i, i) for i in range(1, steps + 1)))
        canvas.fill(deep, colour)
    if rim:
        canvas.fill(rim, e.rim_colour)
    if stroke:
        canvas.fill(stroke, e.stroke_colour)
    if plate:
        canvas.fill(plate, e.plate_colour)
    box = ink.box
    for part, colours in ((a, e.fill), (b, e.stress)):
        if part and len(colours) > 1:
            canvas.fill_down(part, colours, box[1], box[3])
        elif part:
            canvas.fill(part, colours[0])
    studio.letters.append(ink)
    studio.cap_height = min(line.size for line in layer.lines) * cap / 720


def _worn(stencil: Stencil, amount: float, k: float) -> Stencil:
    """Rub specks and scratches off the letters."""
    width, height = stencil.mask.size
    small = (max(8, round(width / k)), max(8, round(height / k)))
    rng = np.random.default_rng(5)
    fine = noise_field(small, 7, rng) * 0.6 + noise_field(small, 60, rng) * 0.4
    keep = np.clip((fine - (0.30 + 0.10 * amount)) * 12, 1 - amount, 1)
    holes = Image.fromarray((keep * 255).astype(np.uint8)).resize(
        (width, height), Image.Resampling.BICUBIC
    )
    mask = np.asarray(stencil.mask, dtype=np.float32) * np.asarray(holes, dtype=np.float32) / 255
    return Stencil(Image.fromarray(mask.astype(np.uint8)), stencil.x, stencil.y)


def chip(layer: scene.Chip, canvas: Canvas, _: Studio) -> None:
    k, face = canvas.scale, _face(layer.face)
    size = layer.size * k
    cap = setting.cap_height(face) * size
    wide = setting.width(face, layer.text, layer.track) * size
    x, y = layer.at[0] * k, layer.at[1] * k
    pad_x, pad_y = 0.5 * size, 0.32 * size
    box = (x, y, x + wide + 2 * pad_x, y + cap + 2 * pad_y)
    centre = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    text = run(layer.text, face, size, (x + pad_x, y + pad_y + cap), layer.track)
    text = text.slanted(layer.slant, centre).turned(layer.turn, centre)
    if layer.plate:
        plate = Stencil.rounded(box, min(layer.radius * size, (box[3] - box[1]) / 2))
        plate = plate.slanted(layer.slant, centre).turned(layer.turn, centre)
        canvas.shade(plate.moved(4 * k, 8 * k).blurred(12 * k), 0.45)
        canvas.fill(plate, layer.plate)
    else:
        canvas.shade(text.moved(0, 2 * k).blurred(6 * k), 0.8)
    canvas.fill(text, layer.ink)


PAINTERS = {"words": words, "chip": chip}
