"""Hats and helmets of people at work and of times past, on a head whose middle is the origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.figures.wardrobe.hat_pieces import dark, light, piece, shine
from thumbnb.render.figures.wardrobe.headwear import HEADWEAR
from thumbnb.render.raster.sketch import oval, points, smooth

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render.figures.pen import Recorder
    from thumbnb.render.raster.stencil import Stencil

_GOLD, _STEEL = "#f0b93a", "#aab4c4"


def _toque(s: Recorder, colour: str) -> None:
    top = piece(
        s,
        "-96,-122 -150,-176 -138,-238 -76,-252 -34,-286 34,-286 76,-252 138,-238 150,-176 96,-122",
        colour,
    )
    for x in (-58, -18, 22, 62):
        s.inside(top, points(f"{x},-236 {x + 7},-236 {x * 0.9 + 5},-130 {x * 0.9},-130"), "#93a0b5")
    piece(s, "-106,-84 -102,-148 0,-160 102,-148 106,-84 0,-104", colour)


def _peaked_cap(s: Recorder, colour: str) -> None:
    crown = piece(s, "-124,-124 -142,-176 -96,-216 0,-228 96,-216 142,-176 124,-124", colour)
    shine(s, crown, "-110,-180 -60,-210 20,-214 -20,-196 -80,-176", 0.25)
    piece(s, "-107,-92 -112,-140 0,-158 112,-140 107,-92 0,-112", dark(colour))
    brim = piece(s, "-106,-98 0,-116 106,-98 88,-60 0,-46 -88,-60", "#15171d")
    shine(s, brim, "-80,-84 0,-98 60,-90 0,-80", 0.35)
    s.fill(smooth(points("0,-206 22,-192 18,-162 0,-148 -18,-162 -22,-192")), "#fff0b0", _GOLD)


def _dome(s: Recorder, colour: str) -> Stencil:
    dome = piece(
        s,
        "-118,-74 -120,-136 -78,-198 0,-218 78,-198 120,-136 118,-74 60,-92 0,-98 -60,-92",
        colour,
    )
    shine(s, dome, "-96,-130 -60,-182 -6,-202 -34,-160 -76,-112")
    return dome


def _hard_hat(s: Recorder, colour: str) -> None:
    dome = _dome(s, colour)
    for x in (-34, 0, 34):
        s.inside(
            dome,
            points(f"{x - 8},-230 {x + 8},-230 {x * 1.3 + 9},-80 {x * 1.3 - 9},-80"),
            light(colour),
            0.9,
        )
    piece(s, "-132,-72 -100,-98 0,-110 100,-98 132,-72 70,-70 0,-76 -70,-70", colour)


def _fire_helmet(s: Recorder, colour: str) -> None:
    _dome(s, colour)
    s.fill(smooth(points("-12,-100 -14,-236 0,-248 14,-236 12,-100")), light(colour), colour)
    piece(s, "-170,-52 -118,-96 0,-112 118,-96 170,-52 80,-66 0,-72 -80,-66", colour)
    s.fill(points("-34,-186 34,-186 38,-136 0,-104 -38,-136"), "#fff0b0", _GOLD)
    s.fill(smooth(points("0,-172 14,-146 8,-124 0,-120 -10,-126 -14,-144")), "#d8342c")


def _combat_helmet(s: Recorder, colour: str) -> None:
    dome = _dome(s, colour)
    for x, y, wide in ((-70, -130, 30), (20, -170, 38), (70, -110, 26), (-20, -112, 24)):
        s.inside(dome, smooth(oval(x, y, wide, wide * 0.55)), dark(colour), 0.6)
    piece(s, "-124,-62 -116,-92 0,-106 116,-92 124,-62 60,-84 0,-88 -60,-84", dark(colour))


def _brimmed(s: Recorder, colour: str, band: str, brim: str) -> None:
    piece(s, "-88,-92 -94,-176 -56,-224 0,-208 56,-224 94,-176 88,-92 0,-104", colour)
    s.fill(smooth(points("-89,-98 -92,-130 0,-144 92,-130 89,-98 0,-110")), band)
    piece(s, brim, colour)


def _straw_hat(s: Recorder, colour: str) -> None:
    brim = "-196,-78 -110,-112 0,-122 110,-112 196,-78 110,-62 0,-74 -110,-62"
    _brimmed(s, colour, "#a83a2a", brim)
    for step in range(-3, 4):
        s.line([(step * 52 - 16, -70), (step * 46, -104)], dark(colour), 2.4)


def _cowboy_hat(s: Recorder, colour: str) -> None:
    brim = "-204,-138 -150,-96 -80,-76 0,-70 80,-76 150,-96 204,-138 120,-118 0,-112 -120,-118"
    _brimmed(s, colour, dark(colour), brim)


def _fedora(s: Recorder, colour: str) -> None:
    brim = "-158,-84 -100,-112 0,-118 100,-112 158,-84 90,-68 0,-64 -90,-68"
    _brimmed(s, colour, "#1c1a1d", brim)


def _pointed_hat(s: Recorder, colour: str) -> None:
    cone = piece(
        s, "-92,-88 -64,-170 -34,-240 10,-318 34,-300 48,-232 74,-160 92,-88 0,-104", colour
    )
    for x, y in ((-30, -150), (28, -190), (8, -256), (50, -128)):
        s.inside(cone, smooth(oval(x, y, 9, 9)), _GOLD)
    s.fill(smooth(points("-92,-90 -82,-124 0,-138 82,-124 92,-90 0,-104")), _GOLD)
    piece(s, "-190,-74 -100,-106 0,-114 100,-106 190,-74 100,-62 0,-70 -100,-62", colour)


def _crown(s: Recorder, colour: str) -> None:
    way = "-100,-86 -116,-196 -58,-150 0,-216 58,-150 116,-196 100,-86 0,-104"
    crown = piece(s, way, colour, round_=False)
    shine(s, crown, "-96,-110 -98,-160 -60,-130 -66,-104", 0.45)
    for x, y in ((-116, -200), (0, -222), (116, -200)):
        s.oval(x, y, 12, 12, "#fff6cf", colour)
    for x, y, gem in ((-58, -116, "#3f7bd8"), (0, -128, "#d8342c"), (58, -116, "#2fa35a")):
        s.oval(x, y, 12, 14, "#ffffff", gem)


def _mortarboard(s: Recorder, colour: str) -> None:
    piece(s, "-104,-76 -108,-140 0,-160 108,-140 104,-76 0,-96", colour)
    piece(s, "0,-226 176,-164 0,-118 -176,-164", colour, round_=False)
    s.line([(0, -170), (110, -148), (118, -84)], _GOLD, 6)
    s.fill(smooth(points("110,-90 126,-90 130,-40 104,-40")), _GOLD)


def _santa_hat(s: Recorder, colour: str) -> None:
    piece(
        s,
        "-100,-92 -96,-160 -30,-232 60,-238 130,-176 158,-96 128,-110 98,-150 96,-92 0,-106",
        colour,
    )
    s.oval(146, -88, 28, 28, "#ffffff", "#dfe5ee")
    piece(s, "-118,-70 -116,-116 0,-134 116,-116 118,-70 0,-92", "#f7f9fc")


def _pirate_hat(s: Recorder, colour: str) -> None:
    hat = "-184,-96 -156,-176 -60,-210 0,-246 60,-210 156,-176 184,-96 90,-104 0,-92 -90,-104"
    piece(s, hat, colour)
    edge = smooth(
        points("-180,-108 -152,-178 -60,-210 0,-246 60,-210 152,-178 180,-108"), closed=False
    )
    s.line(edge, _GOLD, 6)
    s.oval(0, -166, 24, 22, "#f7f4ea")
    s.fill(points("-13,-152 13,-152 11,-134 -11,-134"), "#f7f4ea")
    for side in (-1, 1):
        s.oval(side * 9, -166, 6, 7, colour)


def _horned_helmet(s: Recorder, colour: str) -> None:
    for side in (-1, 1):
        horn = points("104,-128 150,-142 182,-190 186,-250 150,-212 112,-176 88,-166", side)
        s.fill(smooth(horn), "#fff4d8", "#cdb88c")
    _dome(s, colour)
    piece(s, "-122,-68 -118,-106 0,-122 118,-106 122,-68 0,-90", "#8a6a3a")
    for x in (-84, -42, 0, 42, 84):
        s.oval(x, -98 - (42 - abs(x) / 2) * 0.2, 6, 6, "#f4e2b0")
    s.fill(points("-12,-104 12,-104 9,-8 -9,-8"), light(colour), colour)


def _crested_helmet(s: Recorder, colour: str) -> None:
    crest = "-96,-176 -104,-236 -58,-282 0,-294 58,-282 104,-236 96,-176 0,-196"
    piece(s, crest, "#c1272d")
    for x in (-70, -36, 0, 36, 70):
        s.line([(x * 0.9, -190), (x, -278 + abs(x) * 0.5)], "#8d161c", 3)
    _dome(s, colour)
    _cheek_guards(s, colour)
    piece(s, "-124,-70 -116,-104 0,-118 116,-104 124,-70 0,-90", dark(colour))


def _cheek_guards(s: Recorder, colour: str) -> None:
    """Hang plates of metal beside the cheeks: a bright rim and rivets tell them from hair."""
    for side in (-1, 1):
        guard = points("126,-84 98,-66 92,-6 76,44 88,78 112,84 126,40 132,-20", side)
        plate = s.fill(smooth(guard), light(colour), colour, dark(colour))
        rim = points("98,-62 92,-6 77,44 88,77 110,82", side)
        s.line(smooth(rim, closed=False), light(light(colour)), 5.0)
        s.inside(plate, smooth(points("112,-70 122,-66 122,40 110,60", side)), "#000000", 0.22,
                 soft=4)  # fmt: skip
        for x, y in ((108, -34), (104, 22)):
            s.oval(side * x, y, 5.5, 5.5, "#fff6d8", dark(colour))


def _knights_helmet(s: Recorder, colour: str) -> None:
    plume = "-6,-206 -30,-280 30,-318 120,-300 172,-236 168,-160 140,-214 90,-238 30,-222"
    piece(s, plume, "#c1272d")
    _cheek_guards(s, colour)
    _dome(s, colour)
    visor = piece(s, "-128,-92 -112,-148 0,-176 112,-148 128,-92 70,-120 0,-130 -70,-120", colour)
    for x in (-70, -35, 0, 35, 70):
        s.inside(visor, smooth(oval(x, -140 + abs(x) * 0.16, 8, 7)), "#20242c")


def _samurai_helmet(s: Recorder, colour: str) -> None:
    for side in (-1, 1):
        for step in range(3):
            x, y = 92 + 16 * step, -70 + 46 * step
            plate = points(
                f"{x},{y - 30} {x + 44},{y - 16} {x + 52},{y + 22} {x - 2},{y + 14}", side
            )
            s.fill(plate, light(colour), colour, dark(colour))
            s.line(points(f"{x},{y + 10} {x + 50},{y + 18}", side), "#c1272d", 5)
    _dome(s, colour)
    for side in (-1, 1):
        horn = points("8,-126 40,-160 66,-220 60,-286 92,-220 80,-150 44,-112 10,-108", side)
        s.fill(smooth(horn), "#fff0b0", _GOLD)
    s.oval(0, -124, 18, 18, "#fff0b0", _GOLD)
    piece(s, "-130,-66 -112,-98 0,-112 112,-98 130,-66 0,-88", dark(colour))


def _hood(s: Recorder, colour: str) -> None:
    """Cover all of the head but the eyes."""
    piece(
        s,
        "-112,-44 -122,-110 -80,-168 0,-184 80,-168 122,-110 112,-44 60,-62 0,-66 -60,-62",
        colour,
    )
    piece(s, "-114,20 -60,30 0,34 60,30 114,20 112,80 72,150 0,172 -72,150 -112,80", colour)
    for side in (-1, 1):
        s.fill(points("112,-60 92,-54 92,34 114,30", side), colour)
    s.fill(smooth(points("-116,-78 0,-104 116,-78 114,-110 0,-136 -114,-110")), "#a3202a")


def _beanie(s: Recorder, colour: str) -> None:
    piece(s, "-108,-84 -112,-146 -66,-196 0,-208 66,-196 112,-146 108,-84 0,-104", colour)
    piece(s, "-114,-64 -112,-110 0,-128 112,-110 114,-64 0,-86", dark(colour))


def _burglars_mask(s: Recorder, colour: str) -> None:
    """Hide the face around the eyes behind a black mask, under a woolly hat."""
    for side in (-1, 1):
        for part in (
            "0,-44 30,-52 70,-54 108,-48 112,-26 84,-40 46,-44 16,-26 0,-18",
            "0,-22 16,-28 14,-4 26,18 52,26 84,18 92,-8 84,-42 112,-30 116,6 92,40 56,50 0,26",
        ):
            s.fill(points(part, side), colour)
    _beanie(s, "#33363f")


def _cloak_hood(s: Recorder, colour: str) -> None:
    """Put up the hood of a cloak: it frames the face."""
    rim = (
        "0,-196 92,-176 138,-96 140,20 122,110 84,176 84,90 92,10 86,-60 56,-100 0,-114 "
        "-56,-100 -86,-60 -92,10 -84,90 -84,176 -122,110 -140,20 -138,-96 -92,-176"
    )
    hood = piece(s, rim, colour)
    inner = (
        "0,-132 64,-116 100,-66 106,10 98,90 84,90 92,10 86,-60 56,-100 0,-114 "
        "-56,-100 -86,-60 -92,10 -84,90 -98,90 -106,10 -100,-66 -64,-116"
    )
    s.inside(hood, smooth(points(inner)), "#000000", 0.45, soft=5)


def space_helmet_behind(s: Recorder) -> None:
    """Draw the shell of a space helmet, which the head is in."""
    s.oval(0, -8, 212, 208, "#ffffff", "#d3dae6", "#8b96aa")
    s.oval(0, -4, 180, 176, "#122244", "#25406e")


def _space_glass(s: Recorder, colour: str) -> None:
    """Draw the glass of a space helmet before the head: what it reflects."""
    glass = s.shape(smooth(oval(0, -4, 180, 176)))
    s.inside(
        glass,
        smooth(points("-160,-60 -120,-140 -40,-170 -90,-100 -130,-20")),
        "#ffffff",
        0.5,
        soft=8,
    )
    s.inside(
        glass, smooth(points("120,90 150,30 160,-20 168,60 120,130 70,150")), "#9fd0ff", 0.4, soft=9
    )
    s.line(smooth(oval(0, -4, 184, 180)), colour, 9)


HATS: dict[str, tuple[Callable[[Recorder, str], None], str, float]] = {
    "toque": (_toque, "#fbfcff", 1.73),
    "police cap": (_peaked_cap, "#1f2b4d", 1.4),
    "pilot cap": (_peaked_cap, "#1a2030", 1.4),
    "hard hat": (_hard_hat, "#ffc21f", 1.34),
    "fire helmet": (_fire_helmet, "#c9262b", 1.51),
    "combat helmet": (_combat_helmet, "#5f6b3c", 1.34),
    "straw hat": (_straw_hat, "#e2bd6a", 1.37),
    "cowboy hat": (_cowboy_hat, "#8a5a2f", 1.37),
    "fedora": (_fedora, "#6b5a48", 1.37),
    "wizard hat": (_pointed_hat, "#3a3fa8", 1.91),
    "witch hat": (_pointed_hat, "#2a2036", 1.91),
    "crown": (_crown, _GOLD, 1.43),
    "mortarboard": (_mortarboard, "#23242e", 1.39),
    "santa hat": (_santa_hat, "#d02a2e", 1.46),
    "pirate hat": (_pirate_hat, "#23202a", 1.5),
    "horned helmet": (_horned_helmet, _STEEL, 1.52),
    "crested helmet": (_crested_helmet, "#d9a441", 1.77),
    "knight helmet": (_knights_helmet, _STEEL, 1.91),
    "samurai helmet": (_samurai_helmet, "#2b2b38", 1.73),
    "hood": (_hood, "#22242c", 1.15),
    "burglar mask": (_burglars_mask, "#17181d", 1.29),
    "cloak hood": (_cloak_hood, "#2f5a3c", 1.24),
    "beanie": (_beanie, "#33363f", 1.29),
    "space helmet": (_space_glass, "#dfe5ee", 1.33),
    **HEADWEAR,
}
"""By name: how a hat is drawn, its colour, and how far it reaches above the middle of a face.

The last is in face widths.
"""

WITHOUT_HAIR = frozenset(
    {
        "hood", "space helmet", "knight helmet", "crested helmet", "samurai helmet",
        "clown wig", "plague mask", "nemes", "diving hood",
    }
)  # fmt: skip
"""Hats under which no hair is seen."""


def draw_hat(s: Recorder, name: str) -> None:
    """Draw a hat on the head."""
    draw, colour, _ = HATS[name]
    draw(s, colour)
