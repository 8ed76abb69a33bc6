"""Arms, legs and poses of people drawn: what ``poses`` and ``whole_poses`` are made of."""

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
    turn: float = 0.0
    """How far all of somebody is turned, in degrees: the head goes to the side of the reach.

    ``foot`` and ``top`` are then measured on who is turned.
    """
    seat: float = 0.0
    """How far below the middle of the face the seat is of who sits on something."""
    over: float = 0.0
    """How much of the height is left to what is held up over the head."""
    long: float = 0.0
    """How far the feet of who is turned are from the face, across, in face widths."""

    @property
    def reach(self) -> float:
        """How far the arms reach to the sides of the middle of the face, in face widths."""
        arms = [arm for arm in (self.near, self.far) if arm]
        far = [max(a.elbow[0] + 46, a.wrist[0] + (70 if a.hand else 0)) for a in arms]
        return max(far, default=0.0) / 176
