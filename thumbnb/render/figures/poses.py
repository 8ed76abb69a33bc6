"""Poses: where the arms of somebody go, as data."""

from __future__ import annotations

from thumbnb.render.figures.limbs import Arm, Pose
from thumbnb.render.figures.whole_poses import WHOLE


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
    "throw": Pose(Arm((296.0, 236.0), (392.0, 96.0), "open", -38), zoom=0.7, share=0.84),
    "cut": Pose(Arm((286.0, 330.0), (296.0, 206.0)), zoom=0.8, share=0.9),
    "sleep": Pose(_CROSSED, Arm((206.0, 392.0), (-78.0, 366.0), "flat", 170, -1)),
    "nose": Pose(Arm((222.0, 390.0), (104.0, 84.0), "flat", -156, -1)),
    "weigh": _both(Arm((290.0, 372.0), (326.0, 196.0)), 0.72, share=0.94),
    "welcome": _both(Arm((272.0, 366.0), (346.0, 244.0), "open", -42, 1), 0.74),
}
"""By name, as ``Figure.gesture`` has them."""

POSES |= WHOLE
GESTURES = tuple(POSES)
