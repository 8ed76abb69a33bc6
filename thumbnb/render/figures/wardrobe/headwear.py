"""What is worn on the head on stages, at work and in tales, beside hats and helmets."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from thumbnb.render.figures.wardrobe.hat_pieces import dark, light, piece
from thumbnb.render.raster.sketch import blend, oval, points, smooth

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render.figures.pen import Recorder

_GOLD = "#f0b93a"


def _beret(s: Recorder, colour: str) -> None:
    piece(s, "-112,-92 -140,-140 -96,-196 0,-204 96,-186 132,-130 108,-88 0,-116", colour)
    s.line([(-10, -200), (-4, -222)], dark(colour), 8)


def _headband(s: Recorder, colour: str) -> None:
    piece(s, "-104,-60 -106,-92 0,-116 106,-92 104,-60 0,-84", colour)


def _bandana(s: Recorder, colour: str) -> None:
    s.fill(smooth(points("100,-70 150,-40 160,10 132,-10 104,-44")), light(colour), dark(colour))
    cloth = piece(s, "-108,-66 -104,-128 -58,-166 0,-174 58,-166 104,-128 108,-66 0,-96", colour)
    for x, y in ((-62, -118), (-18, -142), (32, -124), (70, -108), (-40, -96), (8, -106)):
        s.inside(cloth, smooth(oval(x, y, 7, 7)), "#ffffff", 0.85)


def _veil(s: Recorder, colour: str) -> None:
    for side in (-1, 1):
        fall = points("60,-138 112,-110 130,-20 152,120 176,300 128,300 112,120 100,-10", side)
        s.fill(smooth(fall), colour, opacity=0.6)
    tiara = "-78,-122 -60,-156 -30,-146 0,-182 30,-146 60,-156 78,-122 0,-140"
    piece(s, tiara, "#f4d67c", round_=False)
    s.oval(0, -150, 8, 9, "#ffffff", "#9fd0ff")


def _bee_veil(s: Recorder, colour: str) -> None:
    """Let a veil of mesh hang from a wide hat all around the face, closed below the chin."""
    mesh = s.shape(smooth(points("-158,-84 0,-60 158,-84 164,40 138,172 0,196 -138,172 -164,40")))
    s.paint(mesh, "#3a3629", opacity=0.16)
    for x in range(-160, 161, 16):
        s.inside(mesh, points(f"{x},-120 {x + 2},-120 {x * 0.86 + 2},210 {x * 0.86},210"),
                 "#1d1b16", 0.3)  # fmt: skip
    for y in range(-84, 200, 16):
        s.inside(mesh, points(f"-170,{y} 170,{y} 170,{y + 2} -170,{y + 2}"), "#1d1b16", 0.3)
    hem = "-146,160 0,190 146,160 142,192 0,222 -142,192"
    piece(s, hem, "#f4f2ea")
    piece(s, "-92,-98 -98,-168 -60,-206 0,-214 60,-206 98,-168 92,-98 0,-110", colour)
    s.fill(smooth(points("-96,-104 -97,-132 0,-146 97,-132 96,-104 0,-116")), dark(colour))
    piece(s, "-206,-72 -112,-110 0,-120 112,-110 206,-72 110,-54 0,-66 -110,-54", colour)


def _surgical_mask(s: Recorder, colour: str) -> None:
    """Put a cap over the hair, and a mask over mouth and nose."""
    piece(s, "-112,-72 -122,-128 -72,-184 0,-196 72,-184 122,-128 112,-72 0,-106", colour)
    for side in (-1, 1):
        s.line(smooth(points("66,24 92,0 106,-26", side), closed=False), "#f3f7fa", 6)
    mask = piece(s, "-84,22 -40,-2 0,-10 40,-2 84,22 78,84 44,122 0,132 -44,122 -78,84", "#dff0f4")
    for y in (34, 60, 86):
        s.inside(mask, points(f"-90,{y} 90,{y} 90,{y + 4} -90,{y + 4}"), "#8fb6c2", 0.7)


def _clown_wig(s: Recorder, colour: str) -> None:
    """Put curls on both sides of the head, a red nose, and white around the mouth."""
    for side in (-1, 1):
        for i in range(8):
            a = math.radians(-120 + i * 30)
            x, y = side * (112 + 34 * math.cos(a)), -52 + 66 * math.sin(a)
            s.oval(x, y, 36, 34, light(colour), colour, dark(colour))
        s.fill(points("45,-68 56,-34 45,-26 34,-34", side), "#2f7fd8", opacity=0.8)
    piece(s, "-46,-122 -36,-196 36,-196 46,-122 0,-132", "#3f7bd8", round_=False)
    piece(s, "-84,-112 0,-132 84,-112 60,-100 0,-112 -60,-100", "#3f7bd8")
    s.oval(0, 34, 27, 26, "#ff8a80", "#e0242c", "#9e1018")
    s.oval(-8, 25, 7, 6, "#ffffff", opacity=0.8)


def _plague_mask(s: Recorder, colour: str) -> None:
    """Hide the face behind a mask with a long beak, under a wide hat."""
    piece(s, "-112,-70 -116,40 -84,112 0,140 84,112 116,40 112,-70 0,-104", "#1d1b20")
    face = piece(s, "-88,-74 -94,20 -58,82 0,96 58,82 94,20 88,-74 0,-96", colour)
    s.inside(face, points("30,-100 110,-100 110,120 40,120"), "#000000", 0.2, soft=10)
    beak = piece(s, "-44,-10 -34,60 -24,150 -6,216 6,216 24,150 34,60 44,-10 0,-34", colour)
    s.inside(beak, smooth(points("6,-30 44,-10 24,150 6,216 4,90")), "#000000", 0.26, soft=5)
    s.line(points("0,-20 0,206"), dark(colour), 3)
    for side in (-1, 1):
        s.oval(side * 48, -18, 32, 32, "#e9d9a8", "#7d5f2c")
        s.oval(side * 48, -18, 23, 23, "#20303a", "#0b1015")
        s.oval(side * 48 - 8, -27, 7, 6, "#ffffff", opacity=0.7)
        s.oval(side * 20, 66, 4, 9, "#2a2018")
    piece(s, "-104,-84 -100,-196 0,-210 100,-196 104,-84 0,-104", "#26232b")
    piece(s, "-196,-72 -110,-104 0,-114 110,-104 196,-72 100,-58 0,-70 -100,-58", "#26232b")


def _nemes(s: Recorder, colour: str) -> None:
    """Lay the striped cloth of the pharaohs around a head, the serpent at the brow."""
    for side in (-1, 1):
        lap = points("96,-110 140,-40 158,90 150,206 84,206 98,90 100,-20", side)
        fall = s.fill(smooth(lap), light(colour), colour, dark(colour))
        for y in range(-80, 220, 36):
            s.inside(fall, points(f"60,{y} 190,{y + 16} 190,{y + 32} 60,{y + 16}", side), "#27508f")
    crown = piece(s, "-114,-58 -118,-124 -64,-178 0,-188 64,-178 118,-124 114,-58 0,-88", colour)
    for x in (-84, -48, 0, 48, 84):
        s.inside(crown, points(f"{x - 8},-190 {x + 8},-190 {x * 1.2 + 8},-50 {x * 1.2 - 8},-50"),
                 "#27508f")  # fmt: skip
    piece(s, "-112,-64 0,-94 112,-64 110,-48 0,-76 -110,-48", _GOLD)
    piece(s, "0,-166 18,-140 10,-84 -10,-84 -18,-140", _GOLD)
    s.oval(0, -142, 5, 6, "#d8342c")


def _diving_hood(s: Recorder, colour: str) -> None:
    """Put a hood of rubber over the head, a mask before the eyes, and a snorkel beside it."""
    piece(s, "-104,70 -116,0 -110,-88 -70,-146 0,-158 70,-146 110,-88 116,0 104,70 90,20 88,-60 "
             "0,-92 -88,-60 -90,20", colour)  # fmt: skip
    frame = "-92,-56 92,-56 100,-10 84,32 24,34 0,14 -24,34 -84,32 -100,-10"
    s.line([*smooth(points(frame)), smooth(points(frame))[0]], "#ffb02e", 13)
    s.fill(smooth(points(frame)), "#9fd8ff", opacity=0.3)
    s.fill(smooth(points("-80,-46 -30,-48 -60,14 -84,10")), "#ffffff", opacity=0.3)
    tube = smooth(points("92,110 132,84 140,0 138,-170"), closed=False)
    s.line(tube, "#ffb02e", 22)
    s.line(points("138,-150 138,-176"), "#e2433a", 22)


def _goggles(s: Recorder, colour: str) -> None:
    """Push the goggles of a laboratory up on the forehead."""
    s.line(smooth(points("-104,-70 0,-100 104,-70"), closed=False), "#23262f", 18)
    for side in (-1, 1):
        s.oval(side * 42, -98, 40, 34, "#6b7488", "#2b303d")
        s.oval(side * 42, -98, 30, 25, blend(colour, "#ffffff", 0.4), colour)
        s.oval(side * 42 - 9, -106, 9, 6, "#ffffff", opacity=0.7)


def _horns(s: Recorder, colour: str) -> None:
    for side in (-1, 1):
        horn = points("40,-136 62,-180 54,-232 92,-206 104,-160 84,-118", side)
        s.fill(smooth(horn), light(colour), colour, dark(colour))


def _elf_hat(s: Recorder, colour: str) -> None:
    piece(s, "-96,-88 -84,-170 -36,-236 20,-282 66,-262 44,-214 76,-160 98,-88 0,-106", colour)
    s.oval(62, -262, 20, 20, "#fff0b0", _GOLD)
    piece(s, "-116,-66 -108,-108 -58,-96 -30,-130 0,-106 30,-130 58,-96 108,-108 116,-66 0,-90",
          "#d8342c", round_=False)  # fmt: skip


def _top_hat(s: Recorder, colour: str) -> None:
    piece(s, "-92,-92 -86,-250 0,-262 86,-250 92,-92 0,-106", colour)
    s.fill(smooth(points("-92,-100 -91,-134 0,-148 91,-134 92,-100 0,-112")), "#a3202a")
    piece(s, "-144,-84 -90,-104 0,-112 90,-104 144,-84 90,-70 0,-78 -90,-70", colour)


def _racing_helmet(s: Recorder, colour: str) -> None:
    shell = piece(s, "-120,96 -132,0 -118,-110 -64,-172 0,-184 64,-172 118,-110 132,0 120,96 "
                     "92,120 96,20 90,-56 0,-84 -90,-56 -96,20 -92,120", colour)  # fmt: skip
    s.inside(shell, points("-18,-200 18,-200 18,-60 -18,-60"), "#ffffff", 0.9)
    piece(s, "-104,-66 -120,-110 0,-146 120,-110 104,-66 0,-96", "#20242e")


def _bicorne(s: Recorder, colour: str) -> None:
    """Put on the wide hat of generals, folded up before and behind, with a cockade."""
    hat = piece(s, "-190,-74 -170,-118 -110,-196 0,-232 110,-196 170,-118 190,-74 100,-90 0,-98 "
                   "-100,-90", colour)  # fmt: skip
    edge = "-186,-82 -166,-122 -108,-196 0,-230 108,-196 166,-122 186,-82"
    s.line(smooth(points(edge), closed=False), _GOLD, 7)
    for x, tone in ((0, "#2f4fae"), (0, "#f7f4ea"), (0, "#c1272d")):
        size = {"#2f4fae": 27, "#f7f4ea": 18, "#c1272d": 9}[tone]
        s.inside(hat, smooth(oval(x, -158, size, size)), tone)
    s.line([(0, -138), (0, -100)], _GOLD, 8)


HEADWEAR: dict[str, tuple[Callable[[Recorder, str], None], str, float]] = {
    "beret": (_beret, "#2b2b38", 1.3),
    "headband": (_headband, "#e4484c", 1.3),
    "bandana": (_bandana, "#c1272d", 1.2),
    "veil": (_veil, "#ffffff", 1.3),
    "bee veil": (_bee_veil, "#e8cf92", 1.3),
    "surgical mask": (_surgical_mask, "#58b3a0", 1.25),
    "clown wig": (_clown_wig, "#ff7a1a", 1.25),
    "plague mask": (_plague_mask, "#a9895c", 1.35),
    "nemes": (_nemes, "#e8b23a", 1.25),
    "diving hood": (_diving_hood, "#23262f", 1.2),
    "goggles": (_goggles, "#4fc27a", 1.3),
    "horns": (_horns, "#c1272d", 1.5),
    "elf hat": (_elf_hat, "#2f9e56", 1.75),
    "top hat": (_top_hat, "#1c1a22", 1.62),
    "bicorne": (_bicorne, "#201f2a", 1.5),
    "racing helmet": (_racing_helmet, "#d8323c", 1.2),
}
"""By name: how each is drawn, its colour, and how far it reaches above the middle of a face."""
