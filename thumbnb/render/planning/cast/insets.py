"""What is shown small in a corner of a photo: another image in a frame, somebody drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb.render.figures import below_face, hair_top
from thumbnb.render.layout import BADGE
from thumbnb.render.prompt.images.corners import Corner

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from thumbnb.render.prompt.images.corners import InsetWords
    from thumbnb.render.prompt.images.relations import Side
    from thumbnb.render.prompt.parser import ParsedPrompt
    from thumbnb.render.scene import Box, Figure
    from thumbnb.render.vision.faces import ImageView


@dataclass(frozen=True, slots=True)
class Inset:
    """The name of an image, where it is framed, and how: in a ``round`` frame, as a polaroid."""

    image: str
    box: Box
    round: bool = False
    polaroid: bool = False
    tilted: bool = False

    @property
    def side(self) -> Side:
        """The side of the frame that it is on."""
        return "left" if self.box[0] + self.box[2] / 2 < _MIDDLE else "right"


_MIDDLE = 640.0
"""The middle of the sheet."""


@dataclass(frozen=True, slots=True)
class CornerFigure:
    """Somebody drawn small in a corner: the middle of the face, and how wide it is (units)."""

    figure: Figure
    at: tuple[float, float]
    face_width: float

    @property
    def box(self) -> Box:
        """Where they are on the sheet."""
        x, y = self.at
        wide, top = _WIDE_AS * self.face_width, y - hair_top(self.figure) * self.face_width
        return x - wide / 2, top, wide, 720 - top


_WIDE_AS = 2.7
"""How wide somebody is to the waist, in face widths."""

_AREA, _WIDEST, _HIGHEST, _MARGIN = 300.0, 380.0, 300.0, 34.0
"""How large an inset is: the root of its area, and at the most; how far off the rim (units)."""

_USUAL = Corner(-1, 1)
"""The corner where none is said: the player's badge is in the other one below."""


def insets(
    found: Mapping[int, InsetWords],
    given: Collection[str],
    view_of: Callable[[str], ImageView],
    rows: tuple[float, float],
) -> tuple[Inset, ...]:
    """Frame the images, of those ``given``, that a prompt wants small.

    They are between the heights that a preset keeps free.
    """
    framed: list[Inset] = []
    for number, said in found.items():
        name = f"image{number}"
        if name not in given:
            continue
        wide, high = view_of(name).size
        aspect = 1.0 if said.round or said.polaroid else min(max(wide / high, 0.7), 1.8)
        w = min(_AREA * aspect**0.5, _WIDEST, _HIGHEST * aspect)
        across = said.corner.across or (_USUAL.across if not framed else -_USUAL.across)
        box = corner_box((w, w / aspect), Corner(across, said.corner.down or _USUAL.down), rows)
        if said.polaroid:
            box = _within_frame(box)
        framed.append(Inset(name, box, said.round, said.polaroid, said.tilted))
    return tuple(framed)


POLAROID_RIM, POLAROID_FOOT = 18.0, 44.0
"""How wide the white rim of a polaroid is, and how much wider at its foot (units)."""


def _within_frame(box: Box) -> Box:
    """Return where the photo is within a polaroid whose outer edges are a box."""
    x, y, w, h = box
    rim, size = POLAROID_RIM, min(w, h - POLAROID_FOOT) - 2 * POLAROID_RIM
    return x + (w - size) / 2, y + h - POLAROID_FOOT - rim - size, size, size


def corner_box(size: tuple[float, float], corner: Corner, rows: tuple[float, float]) -> Box:
    """Return the box of a size in a corner, above the badge of the player."""
    w, h = size
    x = _MARGIN if corner.across < 0 else 1280 - _MARGIN - w
    top = max(_MARGIN, rows[0] - 10)
    foot = min(720 - _MARGIN, rows[1] + 10) if corner.across < 0 else BADGE[1] - 8
    return x, (top if corner.down < 0 else foot - h), w, h


_FACE, _TINY_FACE, _OFF_RIM = 112.0, 78.0, 1.36
"""How wide a face in a corner is (units), and how far off the rim its middle (face widths)."""


def corner_figure(figures: Sequence[Figure], prompt: ParsedPrompt) -> CornerFigure | None:
    """Return the one person drawn in a corner of a photo, if one is wanted there."""
    corners = prompt.word_corners
    corner = next((corners[word] for word in prompt.people.words if word in corners), None)
    if corner is None or len(figures) != 1:
        return None
    figure = figures[0]
    face = _TINY_FACE if prompt.tiny_people else _FACE
    off = _OFF_RIM * face
    x = off if (corner.across or -1) < 0 else 1280 - off
    return CornerFigure(figure, (x, 722 - below_face(figure) * face), face)
