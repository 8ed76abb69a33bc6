"""Two people cut out of their photos who stand side by side before one place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from thumbnb.render.vision import faces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    from thumbnb.render.planning.understand import ParsedBrief
    from thumbnb.render.scene import Box


@dataclass(frozen=True, slots=True)
class PairedCut:
    """One of the two: the ``image``, the ``face`` in its pixels, where that is on the sheet.

    ``mirrored``: left and right are exchanged, ``face`` is as seen then; ``open_edge``: the edge
    of the photo cuts them off towards the middle, where the other one stands before them.
    """

    image: str
    face: Box
    at: tuple[float, float]
    face_width: float
    mirrored: bool
    open_edge: bool
    fade: float = 0.0
    """Over so many units the foot of the body fades."""

    @property
    def head(self) -> Box:
        """Where the head is on the sheet."""
        (x, y), w = self.at, self.face_width
        return x - 0.75 * w, y - 0.95 * w, 1.5 * w, 1.6 * w


_ASKED = re.compile(
    r"\b(?:cut[\s-]?outs?|(?:facing|faces|looking\s+at|staring\s+at|opposite|towards?)\s+each\s+other|"
    r"face[\s-]to[\s-]face|fac(?:es|ing)[\s-]off|face[\s-]?off|back[\s-]to[\s-]back|"
    r"behind\s+(?:them|both))\b",
    re.IGNORECASE,
)
_PAIR = 2

_ACROSS, _CEILING, _FLOOR = (330.0, 950.0), 40.0, 722.0
"""Where the middles of the faces are, how high heads reach, where bodies end (units)."""

_HEAD, _LARGEST, _SEEN = 0.95, 236.0, 128
"""How far a head reaches above the middle of a face, how wide a face is at the most."""


def cut_pair(parsed: ParsedBrief, contents: Sequence[str]) -> tuple[PairedCut, ...]:
    """Return the two people of two photos, the left one first; none where it is not asked for.

    None, too, where one of them cannot be cut out for sure.
    """
    prompt, text = parsed.prompt, parsed.brief.prompt
    if len(contents) != _PAIR or parsed.preset.split or prompt.compared or not _ASKED.search(text):
        return ()
    sides = [prompt.image_sides.get(int(name[5:])) for name in contents]
    names = [*contents]
    if sides[0] == "right" or (sides[1] == "left" and sides[0] is None):
        names.reverse()
    images = parsed.brief.images()
    pair = [_placed(name, images[name], right=bool(number)) for number, name in enumerate(names)]
    found = tuple(one for one in pair if one)
    if len(found) < _PAIR:
        return ()
    # Neither looks like a giant beside the other.
    largest = _ALIKE * min(one.face_width for one in found)
    return tuple(_as_large(one, largest) for one in found)


_ALIKE, _LOWEST, _FADE = 1.3, 300.0, 190.0
"""How much larger a face may be than the other, how low it may be, over how much bodies fade."""


def _as_large(one: PairedCut, largest: float) -> PairedCut:
    """Return somebody with a face that is no larger; their body ends where it did."""
    size = min(one.face_width, largest)
    (x, y), share = one.at, size / one.face_width
    level = _FLOOR - (_FLOOR - y) * share
    # Words and their shade lie over where a body ends that is seen to the chest only.
    fade = _FADE if level > _LOWEST else 0.0
    return replace(one, face_width=size, at=(x, min(level, _LOWEST)), fade=fade)


def _placed(name: str, image: Image.Image, *, right: bool) -> PairedCut | None:
    seen = faces.find_person(image)
    if seen.cut is None or seen.face is None:
        return None
    alpha = np.asarray(seen.cut.getchannel("A"))
    cut_left, cut_right = (bool(alpha[:, edge].max() > _SEEN) for edge in (0, -1))
    inner, outer = (cut_left, cut_right) if right else (cut_right, cut_left)
    mirrored = inner and not outer
    x, y, w, h = seen.face
    foot = int(np.nonzero(alpha.max(axis=1) > _SEEN)[0].max()) + 1
    below = (foot - y - h / 2) / w
    size = min((_FLOOR - _CEILING) / (below + _HEAD), _LARGEST)
    face = (seen.cut.width - x - w, y, w, h) if mirrored else seen.face
    at = (_ACROSS[right], _FLOOR - below * size)
    return PairedCut(name, face, at, size, mirrored, inner and not mirrored)


def before_one_place() -> dict[str, Any]:
    """Return the places of images that are cut out: none fills the frame or lies on a card."""
    return {"split": False, "background_image": None, "card_images": ()}
