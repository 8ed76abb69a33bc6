"""Face detection: where the face is in an image, and which pixels are the person.

With OpenCV (``thumbnb[vision]``) faces are found and people cut out of any ground.
Without it a person is cut out of a transparent or plain ground, else shown whole.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from PIL import Image

from thumbnb.render.vision import (
    cutout,
    face_detectors,
    focus_matte,
    main_subject,
    morphology,
    saliency,
    subject_matte,
    tones,
)
from thumbnb.render.vision.face_detectors import HAS_OPENCV, can_find_faces, missing_detector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from thumbnb.render.colour.mixing import Floats
    from thumbnb.render.scene import Box, Point

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PersonView:
    """What was seen: a face (x, y, width, height in pixels), the person cut out (RGBA), and how."""

    face: Box | None
    cut: Image.Image | None
    how: str


_EVEN = np.full((54, 96), 1 / (54 * 96), dtype=np.float32)
"""Nothing in it matters more than anything else."""


@dataclass(frozen=True, slots=True, eq=False)
class ImageView:
    """What laying out an image takes: its size, the point to keep in view (0..1), its face.

    ``saliency`` is how much each part of it draws the eye, ``small`` the image at 32x18 (RGB),
    ``tones`` see ``tonal_range``, ``vividness`` how much colour it has, ``subject`` the box of its
    main subject (0..1), if it has one, ``weights`` how much it matters that each part is seen.
    """

    size: tuple[int, int]
    focus: Point
    face: Box | None
    saliency: Floats = field(compare=False, repr=False)
    small: Image.Image = field(compare=False, repr=False)
    tones: tuple[float, float] = (0.0, 1.0)
    vividness: float = 0.0
    subject: Box | None = None
    weights: Floats = field(compare=False, repr=False, default_factory=lambda: _EVEN)


_digests: ContextVar[dict[int, tuple[Image.Image, bytes]] | None] = ContextVar(
    "digests", default=None
)
"""The digests of the images that do not change meanwhile, by identity; each is kept alive."""


@contextmanager
def unchanged_images() -> Iterator[None]:
    """Tell images apart by one look at each: nobody changes their pixels in here."""
    if _digests.get() is not None:
        yield
        return
    token = _digests.set({})
    try:
        yield
    finally:
        _digests.reset(token)


def _content_digest(image: Image.Image) -> bytes:
    known = _digests.get()
    if known is not None and id(image) in known:
        return known[id(image)][1]
    # Many processors have a circuit for this hash: no other is as fast.
    digest = hashlib.sha256(image.tobytes()).digest()
    if known is not None:
        known[id(image)] = image, digest
    return digest


class _Memory:
    """The last few answers by the content of the image: it is looked at for every variation."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._known: OrderedDict[tuple[str, bytes], object] = OrderedDict()
        self._lock = Lock()

    def get(self, what: str, image: Image.Image, compute: Callable[[Image.Image], T]) -> T:
        key = (what, _content_digest(image))
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]  # type: ignore[return-value]
        seen = compute(image)
        with self._lock:
            self._known[key] = seen
            people = [each for each in self._known if each[0] in {_PERSON, _SUBJECT}]
            for each in people[:-_KEPT_PEOPLE]:
                del self._known[each]
            while len(self._known) > self._limit:
                self._known.popitem(last=False)
        return seen


# Pixels: in a smaller image no face is looked for.
LEAST_SIDE = 40

_PERSON, _SUBJECT = "sight", "subject"
_KEPT_PEOPLE = 4
"""People that were cut out are kept of so few portraits, as each takes some megabytes."""

_MEMORY = _Memory(160)
_THUMB = (32, 18)
_SIDE = 480
"""Faces are looked for in an image this large."""


def find_person(image: Image.Image) -> PersonView:
    """Look for the person in a portrait."""
    return _MEMORY.get(_PERSON, image, _find_person)


def find_subject(image: Image.Image) -> Image.Image | None:
    """Cut out the main subject of a photo, somebody or something; None where that is not sure."""
    return _MEMORY.get(_SUBJECT, image, _find_subject)


def find_cutout(image: Image.Image) -> PersonView:
    """Look for somebody, else for something, to be cut out of a photo and put elsewhere.

    Of a thing the "face" is where one would be if it were as high as somebody to the waist.
    """
    seen = find_person(image)
    if seen.cut is not None and seen.face is not None:
        return seen
    cut = _whole_subject(image)
    box = cut and cut.getchannel("A").point(lambda level: 255 * (level > _SEEN)).getbbox()
    if cut is None or not box:
        return seen
    left, top, right, foot = box
    high = max(foot - top, _AS_HIGH * (right - left))
    side = _FACE_OF_THING * high
    face = ((left + right - side) / 2, foot - _TO_FOOT * high - side / 2, side, side)
    return PersonView(face, cut, "The main thing of the photo was cut out.")


def _whole_subject(image: Image.Image) -> Image.Image | None:
    """Cut out the subject of a photo if that is all of what draws the eye: a cup and its saucer."""
    cut, view = find_subject(image), view_image(image)
    if cut is None or view.subject is None:
        return cut
    high, wide = view.saliency.shape
    alpha = cut.getchannel("A").resize((wide, high), Image.Resampling.BOX)
    x, y, w, h = view.subject
    part = (
        slice(int(y * high), round((y + h) * high)),
        slice(int(x * wide), round((x + w) * wide)),
    )
    drawn = view.saliency[part]
    kept = float((drawn * (np.asarray(alpha, dtype=np.float32)[part] / 255)).sum())
    return cut if kept > _WHOLE * float(drawn.sum()) else None


_WHOLE = 0.8
"""The least share of what draws the eye at a subject that is cut out with it."""

_SEEN = 128
_AS_HIGH, _FACE_OF_THING, _TO_FOOT = 0.8, 0.485, 0.87
"""What is wide counts as so high; how large and how far above its foot its "face" is (heights)."""


def find_face(image: Image.Image) -> Box | None:
    """Find the main face: x, y, width, height in pixels; ``None`` where none is sure."""
    return _MEMORY.get("face", image, _find_face)


def has_no_face(image: Image.Image) -> bool:
    """Whether it is sure that no face is in what is said to be a photo of one.

    Where no detector is there, or an image is too small for it, nothing is sure.
    """
    if min(image.size) < LEAST_SIDE or not can_find_faces():
        return False
    return find_face(image) is None and _skin_face(image) is None


def focus_point(image: Image.Image) -> Point:
    """Give the point of an image (0..1) to keep in view: its face, else what stands out."""
    return _MEMORY.get("focus", image, _focus_point)


def view_image(image: Image.Image) -> ImageView:
    """Look at an image to lay it out."""
    return _view(image, find_face(image))


def _view(image: Image.Image, face: Box | None) -> ImageView:
    """Look at an image in which a face was found: it is the same view again."""

    def look(_: Image.Image) -> ImageView:
        drawn = image_saliency(image)
        subject = main_subject.subject_box(drawn, face, image.size)
        return ImageView(
            image.size,
            focus_point(image),
            face,
            drawn,
            image.convert("RGB").resize(_THUMB),
            tones.tonal_range(image),
            tones.vividness(image),
            subject,
            main_subject.subject_weights(drawn, subject, face=face is not None),
        )

    return _MEMORY.get(f"view {face}", image, look)


def image_saliency(image: Image.Image) -> Floats:
    """Return how much each part of an image draws the eye; see ``saliency_map``."""
    return _MEMORY.get("saliency", image, saliency.saliency_map)


def _find_face(image: Image.Image) -> Box | None:
    if min(image.size) < LEAST_SIDE or not can_find_faces():
        return None
    scale = min(1.0, _SIDE / max(image.size))
    small = image.convert("RGB").resize(
        (max(1, round(image.width * scale)), max(1, round(image.height * scale))),
        Image.Resampling.BILINEAR,
    )
    box = face_detectors.main_face(small)
    return box and (box[0] / scale, box[1] / scale, box[2] / scale, box[3] / scale)


def _skin_face(image: Image.Image) -> Box | None:
    """Guess the face of what is said to be a portrait: the upper part of its skin."""
    small = image.convert("RGB").resize((96, max(1, round(96 * image.height / image.width))))
    ycc = np.asarray(small.convert("YCbCr"), dtype=np.int16)
    cb, cr = ycc[..., 1], ycc[..., 2]
    skin = (cb > 77) & (cb < 127) & (cr > 133) & (cr < 177)  # noqa: PLR2004
    skin[int(small.height * 0.75) :] = False
    if image.mode == "RGBA":
        skin &= np.asarray(image.getchannel("A").resize(small.size)) > 128  # noqa: PLR2004
    blob = morphology.largest_part(morphology.opened(skin, 2))
    if blob.mean() < 0.01:  # noqa: PLR2004 - nobody
        return None
    ys, xs = np.nonzero(blob)
    left, right = np.percentile(xs, (4, 96))
    top = np.percentile(ys, 2)
    width = right - left
    if not 5 < width < 60 or ys.max() - top < width * 0.7:  # noqa: PLR2004 - not the shape of a face
        return None
    scale = image.width / 96
    return (
        float(left * scale),
        float((top + width * 0.12) * scale),
        float(width * scale),
        float(width * scale),
    )


def _focus_point(image: Image.Image) -> Point:
    box = find_face(image)
    if box:
        x, y, w, h = box
        return (x + w / 2) / image.width, (y + h * 0.6) / image.height
    return saliency.salient_point(image_saliency(image))


def _find_person(image: Image.Image) -> PersonView:
    found = _find_face(image)
    guessed = found is None
    box = _skin_face(image) if guessed else found
    if image.mode == "RGBA":
        alpha = np.asarray(image.getchannel("A"), dtype=np.float32) / 255
        if 0.04 < alpha.mean() < 0.95:  # noqa: PLR2004 - really cut out already
            return PersonView(box or _head(alpha), image, "Came cut out; placed as it is.")
    if box is None:
        why = missing_detector() or "No face was found."
        return PersonView(None, None, f"The portrait is shown whole. {why}")
    alpha_ = cutout.plain_background_matte(image)
    how = "Cut out of its plain ground."
    if alpha_ is None or not cutout.is_plausible(alpha_, box):
        # A guessed face is too little to tell somebody from a busy ground by.
        alpha_, box = _on_busy_ground(image, box) if HAS_OPENCV and not guessed else (None, box)
        how = "Face found, the person cut out."
    if alpha_ is None and (why := missing_detector() or _missing_opencv()):
        return PersonView(box, None, f"The portrait is shown whole. {why}")
    if alpha_ is None or not cutout.is_plausible(alpha_, box):
        return PersonView(
            box, None, "The outline of the person is not sure, so the portrait is shown whole."
        )
    if guessed:
        how += " The face was placed by the colour of skin."
    return PersonView(box, cutout.cut_out(image, alpha_, box[2]), how)


def _on_busy_ground(image: Image.Image, box: Box) -> tuple[Floats | None, Box]:
    """Return the matte of somebody before a ground that is not plain, and where their face is.

    Where the ground is blurred their outline is surest, and says where in it their face is.
    """
    alpha = focus_matte.focus_matte(image, box)
    if alpha is not None and cutout.is_plausible(
        alpha, moved := focus_matte.moved_onto(alpha, box)
    ):
        return alpha, moved
    return cutout.person_matte(image, box), box


def _find_subject(image: Image.Image) -> Image.Image | None:
    view = view_image(image)
    if view.face or image.mode == "RGBA":
        return find_person(image).cut
    alpha = subject_matte.subject_matte(image, view.subject, view.saliency)
    return None if alpha is None else cutout.cut_out(image, alpha, _EDGE * image.width)


_EDGE = 0.2
"""How wide a face would be, by which colours at the edge of what is cut out are measured."""


def _missing_opencv() -> str:
    return "" if HAS_OPENCV else "It takes OpenCV to cut people out: pip install 'thumbnb[vision]'."


def _head(alpha: np.ndarray) -> Box:
    """Where a head would be in a cut-out without a face that can be seen."""
    ys, xs = np.nonzero(alpha > 0.5)  # noqa: PLR2004
    top, bottom = int(ys.min()), int(ys.max())
    tall = bottom - top
    row = xs[ys < top + tall * 0.3]
    middle = float(row.mean()) if len(row) else float(xs.mean())
    side = max(8.0, tall * 0.22)
    return middle - side / 2, top + side * 0.35, side, side
