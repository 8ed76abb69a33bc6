"""Poses of sport and dance, of people seen from head to foot, as data."""

from __future__ import annotations

from thumbnb.render.figures.limbs import Arm, Leg, Pose

_BENT = (Leg((60.0, 484.0), (206.0, 590.0), (150.0, 716.0), 8),) * 2

SPORT_POSES: dict[str, Pose] = {
    "pullup": Pose(
        *(Arm((292.0, 120.0), (224.0, -60.0), "fist", -92),) * 2, 0.6, 0.9,
        legs=(
            Leg((42.0, 486.0), (70.0, 660.0), (-30.0, 800.0), 60),
            Leg((46.0, 486.0), (80.0, 650.0), (0.0, 786.0), 70),
        ),
        foot=860.0, face_y=176.0,
    ),
    "squat": Pose(
        *(Arm((300.0, 326.0), (256.0, 176.0), "fist", -96),) * 2, 0.64,
        legs=(Leg((70.0, 480.0), (262.0, 566.0), (190.0, 724.0), 16),) * 2,
        foot=770.0, face_y=160.0,
    ),
    "ski": Pose(
        *(Arm((262.0, 352.0), (306.0, 250.0), "fist", -70),) * 2, 0.64,
        legs=_BENT, foot=784.0, face_y=150.0, lean=6.0,
    ),
    "snowboard": Pose(
        Arm((262.0, 268.0), (372.0, 200.0), "flat", -20),
        Arm((262.0, 300.0), (368.0, 330.0), "flat", 14), 0.64,
        legs=_BENT, foot=790.0, face_y=150.0, lean=-6.0,
    ),
    "dunk": Pose(
        Arm((276.0, 60.0), (246.0, -142.0), "open", -90),
        Arm((262.0, 352.0), (336.0, 300.0), "fist", -10), 0.54, 1.9,
        legs=(
            Leg((52.0, 486.0), (196.0, 596.0), (320.0, 716.0), 30),
            Leg((52.0, 486.0), (170.0, 590.0), (60.0, 716.0), 120),
        ),
        foot=790.0, face_y=250.0, lean=4.0,
    ),
    "ballet": Pose(
        *(Arm((216.0, -20.0), (56.0, -190.0), "edge", -106),) * 2, 0.56, 1.9,
        legs=(
            Leg((44.0, 486.0), (40.0, 690.0), (36.0, 850.0), 78),
            Leg((50.0, 486.0), (220.0, 560.0), (390.0, 590.0), 8),
        ),
        foot=900.0, face_y=200.0,
    ),
}  # fmt: skip
"""By name, as ``Figure.gesture`` has them."""
