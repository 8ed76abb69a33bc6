"""Letters: a headline's strokes, depths, plates and fills, and labels on chips."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageDraw

from thumbnb.render.raster.brushes import noise_field
from thumbnb.render.raster.stencil import Stencil
from thumbnb.render.type import fonts, legibility, typesetting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from thumbnb.render import scene
    from thumbnb.render.painters.context import PaintContext
    from thumbnb.render.raster.canvas import Canvas


def _face(kind: scene.Type) -> fonts.Face:
    return fonts.Face(kind.family, kind.weight, kind.file)


def letter_stencil(  # noqa: PLR0917 - a line of letters
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
    language = fonts.language_of(face)
    left, top, right, bottom = font.getbbox(
        text, anchor="ls", stroke_width=stroke, language=language
    )
    extra = track * size * max(0, len(text) - 1)
    width = math.ceil(right - min(left, 0) + extra) + 2 * pad
    ox, oy = pad - min(left, 0), pad - top
    mask = Image.new("L", (max(1, width), max(1, math.ceil(bottom - top) + 2 * pad)))
    draw = ImageDraw.Draw(mask)
    if not track:
        draw.text(
            (ox + fx, oy + fy), text, fill=255, font=font, anchor="ls", stroke_width=stroke,
            language=language,
        )  # fmt: skip
    else:
        x = ox + fx
        for i, char in enumerate(text):
            draw.text(
                (x, oy + fy), char, fill=255, font=font, anchor="ls", stroke_width=stroke,
                language=language,
            )  # fmt: skip
            x += (
                font.getlength(text[i : i + 2]) - font.getlength(text[i + 1 : i + 2]) + track * size
            )
    return Stencil(mask, round(x0 - ox), round(y0 - oy))


@dataclass(frozen=True, slots=True)
class _Word:
    """A word where it stands: pixels, the start of its baseline."""

    text: str
    stress: bool
    size: float
    at: tuple[float, float]
    width: float


def _placed(layer: scene.Words, k: float) -> Iterator[_Word]:
    """Give every word where it stands in its whole line, so that spaces and kerning are kept."""
    face = _face(layer.face)
    for line in layer.lines:
        whole = typesetting.joined(line.words)
        rtl = typesetting.is_rtl(whole)
        end = 0
        for piece, stress in line.words:
            start = end + (end > 0 and not piece.startswith(typesetting.JOINER))
            text = piece.removeprefix(typesetting.JOINER)
            end = start + len(text)
            before = (
                typesetting.width(face, whole[:start], layer.track) + layer.track if start else 0.0
            )
            width_so_far = typesetting.width(face, whole[:end], layer.track)
            left = line.width - width_so_far * line.size if rtl else before * line.size
            at = ((line.x + left) * k, line.y * k)
            yield _Word(text, stress, line.size * k, at, (width_so_far - before) * line.size * k)


class _Headline:
    """The shapes of a headline on a canvas: letters, strokes and plates, bent as its layer says."""

    def __init__(self, layer: scene.Words, scale: float) -> None:
        self.scale = scale
        self.face = _face(layer.face)
        self.cap = typesetting.cap_height(self.face)
        self.largest = max(line.size for line in layer.lines) * scale
        self.smallest_cap = min(line.size for line in layer.lines) * self.cap
        self._track = layer.track
        self._words = list(_placed(layer, scale))
        self._slant, self._turn = layer.effects.slant, layer.effects.turn
        left, top, wide, tall = typesetting.extent(layer.lines, self.cap)
        self._centre = (left + wide / 2) * scale, (top + tall / 2) * scale

    def letters(
        self, stroke: float = 0.0, *, stress: bool | None = None, plated: bool = True
    ) -> Stencil | None:
        """Give the letters with a stroke (font sizes): all, or only those (not) stressed.

        ``plated=False`` leaves out words that stand on a plate of their own.
        """
        return self._bent(
            [
                letter_stencil(w.text, self.face, w.size, w.at, self._track, w.size * stroke)
                for w in self._words
                if stress in {None, w.stress} and (plated or not w.stress)
            ]
        )

    def plate(self, layer: scene.Words) -> Stencil | None:
        """Give what words are put on."""
        return self._bent(_plates(layer, self._words, self.cap, self.scale))

    def _bent(self, parts: list[Stencil]) -> Stencil | None:
        if not parts:
            return None
        whole = parts[0].joined(*parts[1:]).trimmed()
        return whole.slanted(self._slant, self._centre).turned(self._turn, self._centre)


def paint_words(layer: scene.Words, canvas: Canvas, context: PaintContext) -> scene.Words:
    """Set a headline, made legible first; returns it as it was set."""
    headline = _Headline(layer, canvas.scale)
    plain, strong = headline.letters(stress=False), headline.letters(stress=True)
    ink = _joined(plain, strong)
    if not layer.legibility_ensured:
        layer = legibility.ensure_legible(layer, canvas, ink, strong)
    effects = layer.effects
    own_plate = effects.plate != "word"  # else stressed words have no stroke
    stroke = headline.letters(effects.stroke, plated=own_plate) if effects.stroke else None
    rim = None
    if effects.rim and effects.stroke:
        rim = headline.letters(effects.stroke + effects.rim, plated=own_plate)
    plate = headline.plate(layer)
    _paint_veil(layer, canvas, ink, headline.largest)
    _paint_behind(layer, canvas, _joined(ink, stroke, rim, plate), headline.largest)
    for shape, colour in (
        (rim, effects.rim_colour),
        (stroke, effects.stroke_colour),
        (plate, effects.plate_colour),
    ):
        if shape:
            canvas.fill(shape, colour)
    for part, colours in ((plain, effects.fill), (strong, effects.stress)):
        if part:
            _paint_letters(part, colours, canvas, worn=effects.worn, box=ink.box)
    context.letters += [part for part in (plain, strong) if part]
    context.cap_height = headline.smallest_cap / 720
    return layer


def _paint_veil(layer: scene.Words, canvas: Canvas, ink: Stencil, largest: float) -> None:
    """Lay a soft shade behind letters."""
    if not layer.veil:
        return
    soft = ink.grown(largest * legibility.VEIL_GROWN).blurred(largest * legibility.VEIL_SOFT)
    # Twice over, it is nearly even under the letters and still fades out softly.
    canvas.fill_twice(soft, layer.veil_colour, 1 - (1 - layer.veil) ** 0.5)


def _paint_behind(layer: scene.Words, canvas: Canvas, whole: Stencil, largest: float) -> None:
    """Paint glow, shadow and depth, in this order."""
    effects = layer.effects
    if effects.glow:
        colour, radius, strength = effects.glow
        canvas.shine(whole.blurred(radius * largest), colour, strength)
    if effects.shadow and effects.shadow[3]:
        dx, dy, blur, strength = effects.shadow
        canvas.shade(whole.moved(dx * largest, dy * largest).blurred(blur * largest), strength)
    if effects.depth:
        colour, length = effects.depth
        steps = max(1, round(length * largest))
        canvas.fill(whole.joined(*(whole.moved(i, i) for i in range(1, steps + 1))), colour)


def _paint_letters(
    part: Stencil, colours: tuple[str, ...], canvas: Canvas, *, worn: float, box: Any
) -> None:
    """Fill letters with one colour, or with several from the top to the bottom of ``box``."""
    shape = _worn(part, worn, canvas.scale) if worn else part
    if len(colours) > 1:
        canvas.fill_down(shape, colours, box[1], box[3])
    else:
        canvas.fill(shape, colours[0])


def _joined(first: Stencil | None, *others: Stencil | None) -> Stencil:
    parts = [s for s in (first, *others) if s]
    return parts[0].joined(*parts[1:])


def _plates(layer: scene.Words, placed: list[_Word], cap: float, k: float) -> list[Stencil]:
    """Give what words are put on: the stressed ones, each line, or all of them."""
    if layer.effects.plate == "word":
        return [_plate(*w.at, w.width, w.size, cap) for w in placed if w.stress]
    if layer.effects.plate == "line":
        return [
            _plate(q.x * k, q.y * k, q.width * k, q.size * k, cap, pad=0.18) for q in layer.lines
        ]
    if layer.effects.plate == "block":
        x, y, w, h = (v * k for v in typesetting.extent(layer.lines, cap))
        pad = 30 * k
        return [Stencil.rounded((x - pad, y - pad, x + w + pad, y + h + pad), 16 * k)]
    return []


def _plate(  # noqa: PLR0917 - a line of letters
    x: float, y: float, width: float, size: float, cap: float, pad: float = 0.09
) -> Stencil:
    """Give a plate for capitals that stand on (x, y); ``pad`` is in font sizes."""
    edge = pad * size
    box = (x - edge, y - size * cap - edge * 1.15, x + width + edge, y + edge * 1.25)
    return Stencil.rounded(box, size * 0.06)


def _worn(stencil: Stencil, amount: float, k: float) -> Stencil:
    """Rub specks and scratches off the letters."""
    width, height = stencil.mask.size
    holes = _holes((max(8, round(width / k)), max(8, round(height / k))), amount)
    holes = holes.resize((width, height), Image.Resampling.BICUBIC)
    mask = np.asarray(stencil.mask, dtype=np.float32) * np.asarray(holes, dtype=np.float32) / 255
    return Stencil(Image.fromarray(mask.astype(np.uint8)), stencil.x, stencil.y)


@lru_cache(maxsize=8)
def _holes(small: tuple[int, int], amount: float) -> Image.Image:
    """Return how much the specks leave (L)."""
    rng = np.random.default_rng(5)
    specks = noise_field(small, 4, rng) * 0.6 + noise_field(small, 46, rng) * 0.4
    keep = np.clip((specks - (0.27 + 0.10 * amount)) * 14, 0.25, 1)
    return Image.fromarray((keep * 255).astype(np.uint8))


def _paint_chip(layer: scene.Chip, canvas: Canvas, _: PaintContext) -> None:
    k, face = canvas.scale, _face(layer.face)
    size = layer.size * k
    cap = typesetting.cap_height(face) * size
    wide = typesetting.width(face, layer.text, layer.track) * size
    x, y = layer.at[0] * k, layer.at[1] * k
    pad_x, pad_y = 0.5 * size, 0.32 * size
    box = (x, y, x + wide + 2 * pad_x, y + cap + 2 * pad_y)
    centre = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    text = letter_stencil(layer.text, face, size, (x + pad_x, y + pad_y + cap), layer.track)
    text = text.slanted(layer.slant, centre).turned(layer.turn, centre)
    if layer.plate:
        plate = Stencil.rounded(box, min(layer.radius * size, (box[3] - box[1]) / 2))
        plate = plate.slanted(layer.slant, centre).turned(layer.turn, centre)
        canvas.shade(plate.moved(4 * k, 8 * k).blurred(12 * k), 0.45)
        canvas.fill(plate, layer.plate)
    else:
        canvas.shade(text.moved(0, 2 * k).blurred(6 * k), 0.8)
    canvas.fill(text, layer.ink)


PAINTERS: dict[str, Callable[..., Any]] = {"words": paint_words, "chip": _paint_chip}
