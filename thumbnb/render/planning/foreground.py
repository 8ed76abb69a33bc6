"""Who and what stands in front of the ground: people, cards, a logo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb.render.colour import palette
from thumbnb.render.figures import drawn
from thumbnb.render.planning.background import BRIGHT, dull, painting
from thumbnb.render.scene import Burst, Card, Cutout, Scrim
from thumbnb.render.vision import faces

if TYPE_CHECKING:
    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast import Cast
    from thumbnb.render.planning.context import Setup
    from thumbnb.render.scene import Box, Layer

_FANS = {1: (1.0, 1.0, 0.0, 0.0), 2: (0.72, 0.56, 0.28, 0.44), 3: (0.58, 0.37, 0.21, 0.315)}
_ROWS = {1: (1.0, 1.0, 0.0, 0.0), 2: (0.52, 0.84, 0.48, 0.16), 3: (0.36, 0.68, 0.32, 0.16)}
"""Of one, two or three cards: their width and height, how far across and down the next one lies.

They overlap at a corner or an edge, so that a face in any of them is seen. Wide rooms take rows.
"""

_WIDE = 1.4

_ENHANCE = {"subtle": 0.3, "normal": 0.55, "enhanced": 0.9}

_NEARER = 1.4
"""How much nearer a portrait may come that is cut off too high to reach the lower edge."""


def before(setup: Setup) -> list[Layer]:
    """Lay out cards, and whoever stands in front of them."""
    who = setup.who
    layers = _cards(setup)
    if who.portrait:
        layers += _portrait(setup, who.portrait)
    elif who.figure:
        image, face = drawn(who.figure)
        layers += _person(setup, image.height, figure=who.figure, face=face)
    if who.person and setup.words and setup.layout.side == "bottom" and not who.split:
        # The words lie over the body.
        veil = palette.veil_of(setup.recipes.colours)
        layers.append(Scrim(colour=veil, side="bottom", reach=0.5, strength=0.8))
    if who.logo:
        layers.append(Card(image=who.logo, box=(1136, 36, 108, 108), border=None, shadow=0.4))
    return layers


def _finish(setup: Setup) -> dict[str, Any]:
    """Fill in how a preset frames cards, less what is ruled out."""
    finish = setup.recipes.filled(setup.preset.card)
    if setup.layout.side == "right":
        finish["tilt"] = -finish.get("tilt", 0)
    if "tilt" in setup.off:
        finish["tilt"] = 0
    if "outline" in setup.off:
        finish["border"] = None
    if "glow" in setup.off:
        finish["glow"] = None
    return finish


def spots(who: Cast, layout: Layout) -> list[Box]:
    """Say where the cards of a cast go: the two of a comparison, or a fan of what is shown."""
    if paired(who):
        top = 214.0 if layout.side == "top" else 128.0
        return [(64.0, top, 544, 320), (672.0, top, 544, 320)]
    if not who.shown:
        return []
    x, y, w, h = layout.card
    if who.person and not layout.name.startswith("trio"):
        # No words: beside the person.
        x, y, w, h = 60, 180, 440, 300
    wide, tall, across, down = (_ROWS if w > h * _WIDE else _FANS)[len(who.shown)]
    return [
        (x + across * w * i, y + down * h * i, w * wide, h * tall) for i in range(len(who.shown))
    ]


def paired(who: Cast) -> bool:
    """Whether a comparison is shown on two cards."""
    return who.split and bool(who.card or who.shown) and not who.person


def _cards(setup: Setup) -> list[Layer]:
    who, finish = setup.who, _finish(setup)
    if paired(who):
        return _pair(setup, finish)
    if who.card:
        box = _shaped(setup.layout.card, finish)
        return [Card(painting=painting(setup, 0.5), box=box, **finish)]
    if not who.shown:
        return []
    if who.person:
        finish["shape"] = "rounded"
    boxes = spots(who, setup.layout)
    cards: list[Layer] = []
    # The first lies on top.
    for i, (name, box) in reversed(list(enumerate(zip(who.shown, boxes, strict=True)))):
        turned = finish | {"tilt": finish.get("tilt", 0) * (1 if i % 2 == 0 else -1.4)}
        focus = setup.look(name).focus
        cards.append(Card(image=name, box=_shaped(box, turned), focus=focus, **turned))
    return cards


def _pair(setup: Setup, finish: dict[str, Any]) -> list[Layer]:
    """Show before and after on a card each."""
    shown = setup.who.shown
    grades = (dull(another=len(set(shown)) > 1), BRIGHT)
    cards: list[Layer] = []
    for i, (box, grade) in enumerate(zip(spots(setup.who, setup.layout), grades, strict=True)):
        what: dict[str, Any] = {"painting": painting(setup, 0.5)}
        if shown:
            what = {"image": shown[i], "focus": setup.look(shown[i]).focus}
        turned = finish | {"tilt": 2.0 if i else -2.0, "shape": "rounded", "grade": grade}
        cards.append(Card(box=box, **what, **turned))
    return cards


def _shaped(box: Box, finish: dict[str, Any]) -> Box:
    """Make a box square where its shape is one."""
    x, y, w, h = box
    if finish.get("shape") not in {"disc", "square"}:
        return box
    side = min(w, h) * (1.12 if finish["shape"] == "disc" else 1.08)
    return x + (w - side) / 2, y + (h - side) / 2, side, side


def _portrait(setup: Setup, name: str) -> list[Layer]:
    """Show a portrait: cut out where that is sure, else whole, in a disc."""
    sight = faces.sight(setup.image(name))
    wish = setup.brief.options.face_enhancement
    enhance = _ENHANCE.get(wish or "", 0.0) if sight.face else 0.0
    if enhance:
        setup.report.applied("face_enhancement", "Skin evened and lit; features as they are.")
    elif wish in _ENHANCE:
        setup.report.ignored("face_enhancement", "No face was found.")
    if sight.cut is not None and sight.face is not None:
        setup.report.applied("person", sight.how)
        return _person(setup, sight.cut.height, image=name, face=sight.face, enhance=enhance)
    setup.report.approximated("person", sight.how)
    x, y = setup.layout.hero
    side = 450.0 * setup.layout.face
    box = (x - side / 2, min(max(y + 50 - side / 2, 40), 680 - side), side, side)
    return [
        Card(
            image=name,
            box=box,
            focus=setup.look(name).focus,
            enhance=enhance,
            face=sight.face,
            **_finish(setup) | {"shape": "disc", "tilt": 0},
        )
    ]


def _person(setup: Setup, height: int, *, face: Box, **who: Any) -> list[Layer]:
    """Place somebody cut out of an image of this ``height`` in pixels."""
    layout, recipes = setup.layout, setup.recipes
    x, y = layout.hero
    width = setup.preset.face_width * layout.face
    below = (height - face[1] - face[3] / 2) / face[2]
    # The lower edge of the cut-out must not show: it fades out under words that lie over it,
    # else the person comes nearer, then lower.
    width = max(width, min((722 - y) / below, width * _NEARER))
    fade = 0.0
    if y + below * width < 720 and layout.side == "bottom" and setup.words:  # noqa: PLR2004 - the edge
        fade = 0.5 * below * width
    else:
        y = max(y, 722 - below * width)
    finish = recipes.filled(setup.preset.person)
    if "outline" in setup.off:
        finish.pop("outline", None)
    if "glow" in setup.off:
        finish = {k: v for k, v in finish.items() if not k.startswith("glow") and k != "rims"}
    grade = recipes.filled(setup.preset.person_grade) or None
    person = Cutout(
        at=(x, y), face_width=width, face=face, fade=fade, finish=finish, grade=grade, **who
    )
    if "burst" in setup.preset.devices and "burst" not in setup.off and layout.face >= 1:
        return [Burst(at=(x, y), radius=width * 0.98, colour=recipes.colours["accent"]), person]
    return [person]
