"""Both arms of a pose, with their hands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.figures.arm import Girth, Sleeve, draw_arm
from thumbnb.render.figures.hands import HANDS, digit, draw_hand, palm, placed
from thumbnb.render.figures.poses import LIFT
from thumbnb.render.figures.wardrobe.accessories import HANDS_ON_BAR

if TYPE_CHECKING:
    from thumbnb.render.figures.limbs import Arm, Pose
    from thumbnb.render.figures.pen import Recorder
    from thumbnb.render.raster.sketch import Point

HOLDING = (236.0, 262.0)
"""Where the middle of a hand is that holds something, in units from the middle of the face."""


def draw_arms(
    s: Recorder,
    pose: Pose,
    side: int,
    shoulder: Point,
    dress: tuple[str, Sleeve, Girth],
    *,
    raised: float = 0.0,
    glove: str = "",
) -> None:
    """Draw the arms of a pose; ``side`` is -1 for who reaches to the left, 1 to the right.

    ``dress`` is the skin, the sleeves and how thick the arms are; a hand that holds something
    is ``raised`` by so many units; ``glove`` is the colour of boxing gloves, if any are on.
    """
    skin = dress[0]
    near = _raised(pose.near, raised) if pose.near else None
    for arm, way in ((pose.far, -side), (near, side)):
        if arm is None:
            continue
        joints = [(way * x, y) for x, y in (shoulder, arm.elbow, arm.wrist)]
        draw_arm(s, (joints[0], joints[1], joints[2]), way, dress)
        if arm.hand not in HANDS:
            continue
        turn = arm.turn if way > 0 else 180 - arm.turn
        hand = "glove" if glove else arm.hand
        draw_hand(s, hand, joints[2], turn, glove or skin, flip=(way > 0) is (arm.thumb > 0))
    if pose.near and not pose.near.hand and pose.far is None:
        _holding_hand(s, (side * pose.near.wrist[0], pose.near.wrist[1] - raised), skin)


def _raised(arm: Arm, by: float) -> Arm:
    (ex, ey), (wx, wy) = arm.elbow, arm.wrist
    return replace(arm, elbow=(ex + by * 0.12, ey - by * 0.2), wrist=(wx, wy - by)) if by else arm


def _holding_hand(s: Recorder, wrist: Point, skin: str) -> None:
    """Draw the palm behind what is held; its fingers come over the edge of that."""
    place = placed((wrist[0], wrist[1] - 26), -1.5708)
    palm(s, place, "-30,-34 10,-46 56,-44 76,-10 70,30 30,46 -30,36", skin)


def lifting_arms(s: Recorder, shoulder: Point, dress: tuple[str, Sleeve, Girth]) -> None:
    """Draw both arms up to a bar over the head, and the fists around it."""
    skin = dress[0]
    arm = LIFT.near
    assert arm is not None  # noqa: S101 - the pose has both
    for side, (x, y) in zip((-1, 1), HANDS_ON_BAR, strict=True):
        joints = [(side * px, py) for px, py in (shoulder, arm.elbow, arm.wrist)]
        draw_arm(s, (joints[0], joints[1], joints[2]), side, dress)
        place = placed((x, y + 8), -1.5708, flip=side < 0)
        palm(s, place, "-26,-40 10,-48 34,-40 38,0 34,40 10,48 -26,40", skin)
        for number in range(4):
            across = (number - 1.5) * 22.0
            digit(s, (x + across, y - 24), (x + across, y + 20), 11.5, skin)
        digit(s, (x - side * 40, y + 22), (x - side * 2, y + 32), 12.0, skin)
