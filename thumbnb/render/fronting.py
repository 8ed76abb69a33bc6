"""Who and what stands in front of the ground: people, cards, a logo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb.render import palette, vision
from thumbnb.render.backing import BRIGHT, dull, painting
from thumbnb.render.figures import drawn
from thumbnb.render.scene import Burst, Card, Cutout, Scrim

if TYPE_CHECKING:
    from thumbnb.render.scene import Box, Layer
    from thumbnb.render.setup import Setup

_FANS = {1: (1.0, 0.0, 0.0), 2: (0.74, 0.26, 0.30), 3: (0.60, 0.20, 0.21)}
"""Of one, two or three cards: how large they are, how far across and down the next one lies."""

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


def _cards(setup: Setup) -> list[Layer]:
    who, finish = setup.who, _finish(setup)
    if who.split and (who.card or who.shown) and not who.person:
        return _pair(setup, finish)
    if who.card:
        box = _shaped(setup.layout.card, finish)
        return [Card(painting=painting(setup, 0.5), box=box, **finish)]
    if not who.shown:
        return []
    x, y, w, h = setup.layout.card
    if who.person:
        finish["shape"] = "rounded"
        if setup.words is None:
            x, y, w, h = 60, 180, 440, 300
    scale, across, down = _FANS[len(who.shown)]
    cards: list[Layer] = []
    # The first lies on top.
    for i, name in reversed(list(enumerate(who.shown))):
        box = (x + across * w * i, y + down * h * i, w * scale, h * scale)
        turned = finish | {"tilt": finish.get("tilt", 0) * (1 if i % 2 == 0 else -1.4)}
        focus = vision.focus(setup.image(name))
        cards.append(Card(image=name, box=_shaped(box, turned), focus=focus, **turned))
    return cards


def _pair(setup: Setup, finish: dict[str, Any]) -> list[Layer]:
    """Show before and after on a card each."""
    shown = setup.who.shown
    top = 214.0 if setup.layout.side == "top" else 128.0
    grades = (dull(another=len(set(shown)) > 1), BRIGHT)
    cards: list[Layer] = []
    for i, (x, grade) in enumerate(zip((64.0, 672.0), grades, strict=True)):
        what: dict[str, Any] = {"painting": painting(setup, 0.5)}
        if shown:
            what = {"image": shown[i], "focus": vision.focus(setup.image(shown[i]))}
        turned = finish | {"tilt": 2.0 if i else -2.0, "shape": "rounded", "grade": grade}
        cards.append(Card(box=(x, top, 544, 320), **what, **turned))
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
    sight = vision.sight(setup.image(name))
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
            focus=vision.focus(setup.image(name)),
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
