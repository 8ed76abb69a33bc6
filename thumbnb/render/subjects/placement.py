"""A subject in its frame: where its main thing comes to stand."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from PIL import ImageOps

from thumbnb.render.colour.mixing import Palette
from thumbnb.render.subjects import SUBJECTS, Place
from thumbnb.render.subjects.static import StaticSubject

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image

    from thumbnb.render.scene import Painting

_FOCUS = {"rocket": 0.52, "ocean": 0.42, "space": 0.63, "city": 0.55, "aurora": 0.46, "forest": 0.6}

_SPARE = 0.34
"""How much wider than the frame a subject is painted, so that it can stand to one side."""

_LOW = 0.7
"""How far down what stays in its place is when a subject comes nearer (0..1): the ground."""


def paint_subject(layer: Painting, size: tuple[int, int]) -> Image.Image:
    """Paint a subject with its main thing where the layer wants it: RGB, of ``size``.

    The last few are remembered: behind another title, or in another language, it is the same.
    They are for all who ask, so nobody may paint on what comes back.
    """
    return PAINTINGS.get((layer.model_dump_json(), size), lambda: _paint(layer, size))


class RecentPaintings:
    """The paintings asked for last, as many as take no more than so many bytes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[tuple[str, tuple[int, int]], Image.Image] = OrderedDict()
        self._lock = Lock()

    def get(
        self, key: tuple[str, tuple[int, int]], paint: Callable[[], Image.Image]
    ) -> Image.Image:
        """Return a painting that is known, or paint it."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        image = paint()
        if _memory(image) <= self._most:
            with self._lock:
                self._known[key] = image
                while sum(map(_memory, self._known.values())) > self._most:
                    self._known.popitem(last=False)
        return image

    def clear(self) -> None:
        """Forget them all."""
        with self._lock:
            self._known.clear()


def _memory(image: Image.Image) -> int:
    return 4 * image.width * image.height


PAINTINGS = RecentPaintings(12_000_000)
"""Three of 1280x720, or a dozen previews; none of 3840x2160."""


def _paint(layer: Painting, size: tuple[int, int]) -> Image.Image:
    kind = SUBJECTS[layer.subject]
    palette = Palette.of(**layer.light) if layer.light else None
    if issubclass(kind, StaticSubject):
        return kind(size, palette=palette, seed=layer.seed, aim=layer.aim, bare=layer.bare).frame(0)
    if issubclass(kind, Place):
        # Nothing in it is the main thing: where it comes no nearer, all of it is shown.
        place = kind(_nearer(size, layer.zoom), palette=palette, seed=layer.seed).frame(0)
        return _cropped(place, size, layer.aim * (place.width - size[0]))
    first, last = kind.shows
    t = first + (last - first) * (layer.seed % 97 / 96)
    focus, aim = _FOCUS.get(layer.subject, 0.64), layer.aim
    spare = round(size[0] * _SPARE) if abs(aim - focus) > 0.06 else 0  # noqa: PLR2004 - near enough
    wide, high = _nearer(size, layer.zoom)
    image = kind((wide + spare, high), palette=palette, seed=layer.seed, bare=layer.bare).frame(t)
    room = image.width - size[0]
    left = focus * image.width - aim * size[0]
    if spare and not -0.1 * size[0] <= left <= room + 0.1 * size[0]:
        # It cannot be moved that far: its mirror image can.
        image = ImageOps.mirror(image)
        left = (1 - focus) * image.width - aim * size[0]
    return _cropped(image, size, min(max(left, 0), room))


def _nearer(size: tuple[int, int], zoom: float) -> tuple[int, int]:
    """Return the size that a subject is painted in for a part of it to fill the frame."""
    return round(size[0] * zoom), round(size[1] * zoom)


def _cropped(image: Image.Image, size: tuple[int, int], across: float) -> Image.Image:
    """Cut the frame out of a painting, this many pixels from its left edge."""
    left, top = round(across), round(_LOW * (image.height - size[1]))
    return image.crop((left, top, left + size[0], top + size[1]))


def can_come_nearer(subject: str) -> bool:
    """Whether a part of a subject may fill the frame: no single thing fills it already."""
    return not issubclass(SUBJECTS[subject], StaticSubject)


def stands_right(subject: str) -> bool:
    """Whether a subject stands on the right, whatever is asked."""
    kind = SUBJECTS[subject]
    return issubclass(kind, StaticSubject) and kind.fixed
