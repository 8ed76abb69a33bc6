"""People drawn by code, for prompts that name someone and come without a portrait.

Their expression and clothes can be chosen, which a photograph's cannot.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from thumbnb.render.figures import beards, face, hair
from thumbnb.render.figures.back import draw_back, draw_back_head
from thumbnb.render.figures.face import EXPRESSIONS, HEADS, Look
from thumbnb.render.figures.hands import fingers
from thumbnb.render.figures.legs import draw_legs, draw_skirt
from thumbnb.render.figures.limbs import Arm, Pose
from thumbnb.render.figures.pen import Recorder
from thumbnb.render.figures.physique import BODY_ORIGIN, CHILD_LOWER, PREGNANT, girth, shoulder
from thumbnb.render.figures.posed_arms import HOLDING, draw_arms, lifting_arms
from thumbnb.render.figures.poses import GESTURES, LIFT, POSES
from thumbnb.render.figures.props import draw_before_hands, draw_behind_hands, draw_under_feet
from thumbnb.render.figures.tones import DARK_SHAPE, GREY, HAIRS, SKINS, hair_tone
from thumbnb.render.figures.turning import body_bend, head_bend
from thumbnb.render.figures.wardrobe import accessories, clothes, hats
from thumbnb.render.figures.wardrobe.accessories import BARBELL, LIFTED_LOWER
from thumbnb.render.figures.wardrobe.all_costumes import COSTUMES
from thumbnb.render.raster.canvas import Canvas
from thumbnb.render.vision import cutout

if TYPE_CHECKING:
    from thumbnb.render.scene import Box, Figure

__all__ = [
    "BARBELL",
    "COSTUMES",
    "DARK_SHAPE",
    "EXPRESSIONS",
    "GESTURES",
    "GREY",
    "HAIRS",
    "HOLDING",
    "LIFTED_LOWER",
    "SHEET",
    "SKINS",
    "STYLES",
    "arm_reach",
    "below_face",
    "draw_figure",
    "face_box",
    "face_share",
    "fingers",
    "glove_of",
    "hair_top",
    "hand_at",
    "is_whole",
    "seat_and_over",
    "sheet_for",
    "turned_length",
]

STYLES = (
    "short",
    "long",
    "curly",
    "bun",
    "bob",
    "quiff",
    "balding",
    "ponytail",
    "pigtails",
    "side",
    "curls",
)

SHEET = 1280
"""A figure is drawn on a square sheet: pixels enough for 4K, 720 units a side."""

_SHEETS = (320, 480, 640, 960, SHEET)


def sheet_for(zoom: float) -> int:
    """Return the side of the smallest sheet for a figure shown at ``zoom`` of the largest."""
    return next((side for side in _SHEETS if side >= SHEET * zoom), SHEET)


_CHILD, _CHILD_BUILD = 0.74, 0.7
"""How large a child's body is, and how broad, of a grown-up's with the same head."""

_FACE_X, _FACE_Y = 360.0, 292.0
"""Where the middle of a face is on a sheet of 720 units."""

_NECK = (0.0, 112.0)
"""What a head is tilted about."""


@lru_cache(maxsize=4)
def draw_figure(figure: Figure, side: int = SHEET) -> tuple[Image.Image, Box]:
    """Draw someone: an RGBA image of head and shoulders, and the box of the face in it.

    ``side`` is the image's width and height in pixels.
    """
    skin = SKINS[figure.skin]
    canvas = Canvas((side, side), skin)
    zoom = _zoom(figure)
    s = Recorder(canvas, (_FACE_X, _face_y(figure)), zoom)
    if not figure.from_behind:
        _back(s, figure, zoom)
    _body(s, figure, zoom)
    _head(s, figure, zoom)
    _arms(s, figure, zoom)
    assert s.covered is not None  # noqa: S101 - a head was drawn
    alpha = Image.new("L", (side, side))
    alpha.paste(s.covered.mask, (s.covered.x, s.covered.y))
    box = face_box(side, figure)
    cut = cutout.cut_out(canvas.image(), np.asarray(alpha, dtype=np.float32) / 255, box[2])
    if turn := _turn(figure):
        cut = cut.rotate(turn, Image.Resampling.BICUBIC)
    return cut, box


def _turn(figure: Figure) -> float:
    """Return how far all of somebody is turned, in degrees anticlockwise."""
    turn = _pose(figure).turn
    return turn if figure.reach == "left" else -turn


def _back(s: Recorder, figure: Figure, zoom: float) -> None:
    """Draw the hair that lies behind head and shoulders."""
    if _has_hair(figure):
        _stand_as_head(s, figure, zoom)
        hair.behind(s, STYLES[figure.style], hair_tone(figure.hair))


def _stand_as_head(
    s: Recorder, figure: Figure, zoom: float, lower: float = 0.0, size: float = 1.0
) -> None:
    bend = head_bend(figure.turn, figure.nod)
    s.stand((_FACE_X, _face_y(figure) + lower * zoom), zoom * size, bend=bend, turn=figure.tilt,
            pivot=_NECK)  # fmt: skip


def _stand_as_body(s: Recorder, figure: Figure, zoom: float) -> None:
    scale = _CHILD if figure.young else 1.0
    down = CHILD_LOWER + BODY_ORIGIN * scale if figure.young else BODY_ORIGIN
    longer = figure.clothes != "casual" and zoom * scale < 1 and not _pose(figure).legs
    bend = body_bend(figure.turn, longer=longer)
    s.stand((_FACE_X, _face_y(figure) + down * zoom), zoom * scale, bend=bend, turn=_lean(figure),
            pivot=(0.0, 150.0))  # fmt: skip


def _body(s: Recorder, figure: Figure, zoom: float) -> None:
    """Draw the body, dressed, less the arms of a pose."""
    _stand_as_body(s, figure, zoom)
    build = figure.build * (_CHILD_BUILD / _CHILD if figure.young else 1.0)
    if accessories.BEHIND & {*figure.worn} and not figure.from_behind:
        accessories.backpack_behind(s)
    pose = _pose(figure)
    near, far = pose.near is not None, pose.far is not None
    if figure.physique == "muscular":
        near = far = True
    off = (near, far) if figure.reach == "left" else (far, near)
    if pose.legs and not pose.crossed:
        _legs(s, figure, zoom)
        _stand_as_body(s, figure, zoom)
    draw_body = draw_back if figure.from_behind else clothes.body
    draw_body(s, figure, build, off, to_hips=bool(pose.legs))
    if pose.crossed:
        _legs(s, figure, zoom)


def _legs(s: Recorder, figure: Figure, zoom: float) -> None:
    _stand_as_body(s, figure, zoom)
    s.origin, s.bend = (s.origin[0], s.origin[1] - BODY_ORIGIN * s.k / s.canvas.scale), None
    side = -1 if figure.reach == "left" else 1
    thick = {"thin": 0.8, "heavy": 1.2, "muscular": 1.14}.get(figure.physique, 0.92)
    dress = clothes.trousers(figure), SKINS[figure.skin], thick
    draw_under_feet(s, figure.gesture, figure.cloth)
    draw_legs(s, _pose(figure), side, dress)
    if clothes.has_skirt(figure):
        draw_skirt(s, figure.cloth)


def _lean(figure: Figure) -> float:
    """Return how far a body leans, in degrees anticlockwise."""
    forwards = _pose(figure).lean
    return figure.lean + (forwards if figure.reach == "left" else -forwards)


def _face_y(figure: Figure) -> float:
    """Return how far down on the sheet the middle of somebody's face is."""
    pose = _pose(figure)
    if not pose.legs or pose.turn:
        return pose.face_y
    return max(pose.face_y, _SHEET_EDGE + hair_top(figure) * _FACE_WIDTH * _zoom(figure))


def _head(s: Recorder, figure: Figure, zoom: float) -> None:
    """Draw the head with its face, hair and hat, and what is worn."""
    if figure.from_behind:
        _stand_as_head(s, figure, zoom)
        draw_back_head(s, figure, STYLES[figure.style], _hat(figure))
        return
    skin, tone, style = SKINS[figure.skin], hair_tone(figure.hair), STYLES[figure.style]
    expression, hat = EXPRESSIONS[figure.expression], _hat(figure)
    _stand_as_head(s, figure, zoom)
    if hat == "space helmet":
        hats.space_helmet_behind(s)
    shape = "child" if figure.young else figure.physique if figure.physique in HEADS else ""
    face.head(s, skin, shape or figure.sex, figure.turn)
    if figure.old:
        beards.wrinkles(s, skin)
    beards.beard(s, figure.beard, tone)
    if figure.young:
        expression = replace(expression, eye=expression.eye * 1.2, iris=expression.iris * 1.28)
        _stand_as_head(s, figure, zoom, 20.0, 0.94)
        if figure.skin < _FRECKLED and figure.hair % 2 == 0:
            beards.freckles(s, skin)
    lashes = style not in {"short", "quiff"} if figure.lashes is None else figure.lashes
    lashes = lashes and not figure.young
    sex = "" if figure.young else figure.sex
    face.features(s, expression, Look(skin, tone, lashes, figure.gaze, sex))
    beards.moustache(s, figure.beard, tone)
    _stand_as_head(s, figure, zoom)
    if _has_hair(figure) or hat == "space helmet":
        hair.front(s, style, tone)
    _put_on(s, figure, zoom)


_FRECKLED = 2
"""Skins below this number may have freckles."""


def _has_hair(figure: Figure) -> bool:
    return _hat(figure) not in hats.WITHOUT_HAIR


def _put_on(s: Recorder, figure: Figure, zoom: float) -> None:
    """Draw the hat, and what else is worn on the head or over the clothes."""
    if hat := _hat(figure):
        hats.draw_hat(s, hat)
    elif figure.clothes == "streetwear":
        clothes.cap(s, figure.cloth)
    for worn in figure.worn:
        if worn in accessories.ACCESSORIES:
            if worn in accessories.ON_BODY:
                _stand_as_body(s, figure, zoom)
                s.origin = (s.origin[0], s.origin[1] - BODY_ORIGIN * s.k / s.canvas.scale)
            else:
                _stand_as_head(s, figure, zoom)
            accessories.ACCESSORIES[worn](s, _band_top(figure))


def _arms(s: Recorder, figure: Figure, zoom: float) -> None:
    """Draw what the arms do, with the barbell that they lift."""
    s.stand((_FACE_X, _face_y(figure)), zoom, turn=_lean(figure), pivot=(0.0, 130.0))
    dress = clothes.hands(figure), clothes.sleeve(figure), girth(figure)
    where = shoulder(figure, figure.build)
    side = -1 if figure.reach == "left" else 1
    pose = _pose(figure)
    if _lifts(figure):
        accessories.barbell(s)
        lifting_arms(s, where, dress)
        return
    if figure.physique == "muscular":
        pose = Pose(pose.near or _HANGING, pose.far or _HANGING)
    glove = figure.cloth if figure.clothes == "boxer" else ""
    draw_behind_hands(s, figure.gesture)
    draw_arms(s, pose, side, where, dress, raised=figure.raised, glove=glove)
    draw_before_hands(s, figure.gesture, side)


_HANGING = Arm((270.0, 420.0), (266.0, 640.0), "-")
"""An arm at rest, where it is drawn on its own."""


def _lifts(figure: Figure) -> bool:
    """Whether somebody has a barbell over the head: poses with a bar of their own have it lower."""
    return BARBELL in figure.worn and figure.gesture not in LIFTED_LOWER


def _pose(figure: Figure) -> Pose:
    return LIFT if _lifts(figure) else POSES[figure.gesture]


def _zoom(figure: Figure) -> float:
    """Return how large somebody is drawn, so that arms and hats are whole on the sheet."""
    pose = _pose(figure)
    if pose.legs:
        # A tall hat and the feet are both on the sheet.
        room = _SHEET_HIGH / (hair_top(figure) * _FACE_WIDTH + pose.foot)
        return pose.zoom if pose.turn else min(pose.zoom, room)
    belly = _WITH_BELLY if figure.physique == PREGNANT else 1.0
    return min(pose.zoom, _HIGHEST / hair_top(figure), belly)


_SHEET_EDGE, _SHEET_HIGH = 8.0, 704.0
"""How far from its edge a sheet is drawn on, and how high that is, in its units."""

_WITH_BELLY = 0.8
_HIGHEST = 1.62
"""How far above the middle of a face the sheet reaches, in face widths at full size."""


def arm_reach(figure: Figure) -> float:
    """Return how far the arms reach to the sides of the middle of the face, in face widths."""
    return 2.4 if _lifts(figure) else _pose(figure).reach


def hair_top(figure: Figure) -> float:
    """Return how far hair, a hat or hands reach above the middle of the face, in face widths."""
    hat = _hat(figure)
    own = hats.HATS[hat][2] if hat else hair.TOPS.get(STYLES[figure.style], hair.USUAL_TOP)
    return max(own, _pose(figure).top)


def below_face(figure: Figure) -> float:
    """Return how far a body reaches below the middle of its face, in face widths."""
    pose = _pose(figure)
    if pose.legs:
        foot = CHILD_LOWER + _CHILD * pose.foot if figure.young else pose.foot
        return foot / _FACE_WIDTH
    return (720 - _FACE_Y) / (_FACE_WIDTH * _zoom(figure))


def glove_of(figure: Figure) -> str:
    """Return the colour of somebody's gloves; empty where they wear none."""
    if figure.silhouette:
        return DARK_SHAPE
    return COSTUMES[figure.clothes].gloves if figure.clothes in COSTUMES else ""


def face_share(figure: Figure) -> float:
    """Return how large a face is shown, of what it would be, so that what the arms do is seen."""
    return _pose(figure).share


def turned_length(figure: Figure) -> float:
    """Return how far across the feet are of who lies or falls, in face widths; 0 for others."""
    return _pose(figure).long


def seat_and_over(figure: Figure) -> tuple[float, float]:
    """Return how far below the face the seat is of who sits on something, in face widths.

    And how much of the height is left to what is held up over the head; each 0 where not.
    """
    pose = _pose(figure)
    return pose.seat / _FACE_WIDTH, pose.over


def hand_at(figure: Figure) -> tuple[float, float]:
    """Return where the wrist of the nearer arm is, or the foot that kicks, in face widths."""
    pose = _pose(figure)
    x, y = pose.near.wrist if pose.near else (0.0, 0.0)
    if figure.gesture == "kick":
        x, y = pose.legs[1].ankle
    return x / _FACE_WIDTH, y / _FACE_WIDTH


def is_whole(figure: Figure) -> bool:
    """Whether somebody is seen from head to foot."""
    return bool(_pose(figure).legs)


def _band_top(figure: Figure) -> float:
    """Return how high the band of headphones goes, in units above the middle of the face."""
    if figure.clothes == "streetwear" or STYLES[figure.style] == "curly" or _hat(figure):
        return 208.0  # over a cap, or a crown of curls
    return 192.0 if STYLES[figure.style] == "quiff" else 168.0


def _hat(figure: Figure) -> str:
    if figure.hat:
        return figure.hat
    costume = COSTUMES.get(figure.clothes)
    return costume.hat if costume else ""


_FACE_WIDTH, _FACE_ABOVE = 176.0, 74.0


def face_box(side: int = SHEET, figure: Figure | None = None) -> Box:
    """Return where the face of somebody is, on a sheet of this many pixels a side.

    Without a ``figure``: where that of somebody is whose arms are down.
    """
    k, zoom = side / 720, _zoom(figure) if figure else 1.0
    middle = _face_y(figure) if figure else _FACE_Y
    left, top = _FACE_X - _FACE_WIDTH / 2 * zoom, middle - _FACE_ABOVE * zoom
    if turn := math.radians(_turn(figure)) if figure else 0.0:
        # About the middle of the sheet, as the sheet is turned.
        half = _FACE_WIDTH / 2 * zoom
        down = top + half - 360
        left, top = 360 + down * math.sin(turn) - half, 360 + down * math.cos(turn) - half
    return left * k, top * k, _FACE_WIDTH * zoom * k, _FACE_WIDTH * zoom * k
