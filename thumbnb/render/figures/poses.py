"""Poses: where the arms of somebody go, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thumbnb.render.raster.sketch import Point


@dataclass(frozen=True, slots=True)
class Arm:
    """Where an arm goes: elbow and wrist, in units from the middle of the face, to the right.

    ``hand`` is one of ``hands.HANDS`` or empty where it is hidden, ``turn`` (degrees) where it
    points: 0 away from the body, -90 up; ``thumb`` is 1 where the thumb is towards the body.
    """

    elbow: Point
    wrist: Point
    hand: str = ""
    turn: float = -90.0
    thumb: int = 1


@dataclass(frozen=True, slots=True)
class Leg:
    """Where a leg goes, in the same units; ``foot`` (degrees) is where it points."""

    hip: Point
    knee: Point
    ankle: Point
    foot: float = 0.0
    barefoot: bool = False


@dataclass(frozen=True, slots=True)
class Pose:
    """What both arms do: ``near`` is the one on the side that somebody reaches to.

    ``zoom`` makes room for arms on the sheet, ``top`` is how far the hands reach above the
    middle of the face, in face widths; ``under`` arms lie under the other one.
    """

    near: Arm | None = None
    far: Arm | None = None
    zoom: float = 1.0
    top: float = 0.0
    share: float = 1.0
    """How large the face is, of what it would be: less where more of the body is to be seen."""
    legs: tuple[Leg, ...] = ()
    """The far and the near leg of who is seen from head to foot, else none."""
    foot: float = 0.0
    """How far below the middle of the face such a figure ends, in units."""
    face_y: float = 292.0
    """How far down on the sheet the middle of the face is."""
    lean: float = 0.0
    """How far the body leans forwards, in degrees."""
    crossed: bool = False
    """The legs lie before the body."""

    @property
    def reach(self) -> float:
        """How far the arms reach to the sides of the middle of the face, in face widths."""
        arms = [arm for arm in (self.near, self.far) if arm]
        far = [max(a.elbow[0] + 46, a.wrist[0] + (70 if a.hand else 0)) for a in arms]
        return max(far, default=0.0) / 176


def _both(arm: Arm, zoom: float = 1.0, top: float = 0.0, share: float = 1.0) -> Pose:
    return Pose(arm, arm, zoom, top, share)


LIFT = Pose(Arm((274.0, 60.0), (196.0, -152.0)), Arm((274.0, 60.0), (196.0, -152.0)), 0.66, 1.84)
"""Both arms up under a barbell."""

_CROSSED = Arm((206.0, 392.0), (-70.0, 336.0), "flat", 172, 1)

POSES: dict[str, Pose] = {
    "rest": Pose(),
    "hold": Pose(Arm((238.0, 408.0), (236.0, 312.0)), zoom=0.96),
    "point": Pose(Arm((222.0, 404.0), (252.0, 268.0), "point", -26), zoom=0.92),
    "up": Pose(Arm((248.0, 392.0), (226.0, 226.0), "point", -94)),
    "cheeks": _both(Arm((238.0, 392.0), (102.0, 168.0), "flat", -97, -1)),
    "thumb": Pose(Arm((222.0, 424.0), (172.0, 276.0), "thumb", -92)),
    "thumbs": _both(Arm((222.0, 424.0), (172.0, 276.0), "thumb", -92)),
    "wave": Pose(Arm((286.0, 372.0), (262.0, 186.0), "open", -84), zoom=0.94),
    "cheer": _both(Arm((282.0, 176.0), (262.0, -6.0), "fist", -94), 0.84, 0.6),
    "surrender": _both(Arm((272.0, 330.0), (268.0, 150.0), "open", -86), 0.9),
    "crossed": Pose(_CROSSED, Arm((206.0, 392.0), (-78.0, 366.0), "flat", 170, -1)),
    "strum": Pose(
        Arm((262.0, 392.0), (150.0, 330.0)), Arm((250.0, 396.0), (96.0, 420.0)), 0.74, share=0.68
    ),
    "hug": _both(Arm((246.0, 396.0), (108.0, 392.0)), 0.74, share=0.72),
    "call": Pose(Arm((252.0, 372.0), (150.0, 150.0), "phone", -104), zoom=0.96),
    "dance": Pose(
        Arm((272.0, 150.0), (292.0, -10.0), "open", -80),
        Arm((262.0, 352.0), (336.0, 268.0), "flat", -30),
        0.78,
        0.7,
    ),
    "speak": Pose(Arm((262.0, 360.0), (262.0, 196.0), "open", -78), zoom=0.78, share=0.8),
    "belly": Pose(
        Arm((236.0, 420.0), (86.0, 520.0), "flat", 188, 1),
        Arm((232.0, 392.0), (84.0, 396.0), "flat", 172, 1),
        0.7,
        share=0.72,
    ),
    "think": Pose(
        Arm((168.0, 404.0), (66.0, 212.0), "chin", -108, 1),
        Arm((206.0, 398.0), (-96.0, 408.0)),
    ),
    "facepalm": Pose(Arm((252.0, 322.0), (140.0, 50.0), "flat", -164, -1), zoom=0.96),
    "shrug": _both(Arm((226.0, 408.0), (268.0, 300.0), "flat", -34, 1), 0.88),
    "head": _both(Arm((296.0, 96.0), (176.0, -64.0), "flat", -142, -1), 0.84, 0.9),
    "hips": _both(Arm((318.0, 384.0), (186.0, 470.0)), 0.84),
    "flex": _both(Arm((304.0, 214.0), (242.0, 60.0), "fist", -104), 0.82, 0.2),
    "box": Pose(
        Arm((214.0, 398.0), (140.0, 196.0), "fist", -100),
        Arm((206.0, 404.0), (112.0, 232.0), "fist", -96),
    ),
    "salute": Pose(Arm((292.0, 208.0), (166.0, -10.0), "flat", -150, -1), zoom=0.92),
    "hush": Pose(Arm((196.0, 420.0), (44.0, 216.0), "point", -103), zoom=1.0),
    "pray": _both(Arm((214.0, 412.0), (46.0, 344.0), "edge", -104)),
    "type": _both(Arm((226.0, 366.0), (104.0, 392.0))),
    "drive": _both(Arm((236.0, 386.0), (146.0, 330.0), "fist", -104), 0.9),
    "selfie": Pose(Arm((300.0, 300.0), (366.0, 128.0), "phone", -100), zoom=0.74),
    "welcome": _both(Arm((272.0, 366.0), (346.0, 244.0), "open", -42, 1), 0.74),
}
"""By name, as ``Figure.gesture`` has them."""

_FISTS_UP = Arm((282.0, 176.0), (262.0, -6.0), "fist", -94)
_RUNS = (
    Arm((196.0, 352.0), (262.0, 214.0), "fist", -64),
    Arm((226.0, 352.0), (206.0, 470.0), "fist", 84),
)

WHOLE: dict[str, Pose] = {
    "lotus": Pose(
        *(Arm((230.0, 366.0), (226.0, 486.0), "open", 24),) * 2, 0.74,
        legs=(Leg((70.0, 486.0), (262.0, 548.0), (-70.0, 610.0), 196, barefoot=True),) * 2,
        foot=664.0, face_y=176.0, crossed=True,
    ),
    "tree": Pose(
        *(Arm((196.0, -6.0), (34.0, -176.0), "edge", -98),) * 2, 0.56, 1.8,
        legs=(
            Leg((56.0, 486.0), (250.0, 606.0), (0.0, 690.0), 150, barefoot=True),
            Leg((50.0, 486.0), (50.0, 690.0), (46.0, 860.0), barefoot=True),
        ),
        foot=900.0, face_y=192.0,
    ),
    "run": Pose(
        *_RUNS, 0.66,
        legs=(
            Leg((42.0, 486.0), (70.0, 680.0), (236.0, 742.0), 60),
            Leg((48.0, 486.0), (176.0, 596.0), (138.0, 764.0), -8),
        ),
        foot=806.0, face_y=150.0, lean=7.0,
    ),
    "jump": Pose(
        _FISTS_UP, _FISTS_UP, 0.66, 0.9,
        legs=(
            Leg((52.0, 486.0), (176.0, 606.0), (250.0, 742.0), 30),
            Leg((52.0, 486.0), (160.0, 610.0), (70.0, 730.0), 120),
        ),
        foot=800.0, face_y=170.0,
    ),
    "surf": Pose(
        Arm((262.0, 268.0), (372.0, 200.0), "flat", -20),
        Arm((262.0, 300.0), (368.0, 330.0), "flat", 14), 0.68,
        legs=(
            Leg((64.0, 480.0), (214.0, 590.0), (206.0, 726.0), 12, barefoot=True),
            Leg((64.0, 480.0), (206.0, 596.0), (178.0, 732.0), 6, barefoot=True),
        ),
        foot=800.0, face_y=150.0, lean=-4.0,
    ),
    "skate": Pose(
        Arm((262.0, 268.0), (372.0, 200.0), "flat", -20),
        Arm((262.0, 300.0), (368.0, 330.0), "flat", 14), 0.68,
        legs=(
            Leg((64.0, 480.0), (204.0, 590.0), (150.0, 712.0), 12),
            Leg((64.0, 480.0), (196.0, 596.0), (140.0, 716.0), 6),
        ),
        foot=806.0, face_y=150.0, lean=-4.0,
    ),
}  # fmt: skip
"""Poses of people seen from head to foot."""

POSES |= WHOLE
GESTURES = tuple(POSES)
