"""Where photos are on the sheet: all of it, a half, or what words and people leave of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.painted_image import NAME as PAINTED
from thumbnb.render.planning.photos.light import photo_finish
from thumbnb.render.scene import ImageLayer
from thumbnb.render.vision.saliency import salient_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.vision.faces import ImageView

_ZOOM = 1.12
"""Images are brought this much nearer, so that their subject can be moved aside."""


def filling_images(
    cast: Cast, layout: Layout, view_of: Callable[[str], ImageView]
) -> list[ImageLayer]:
    """Place the images that fill the frame: one, or a half of it each."""
    if cast.background_image is None:
        return []
    view = view_of(cast.background_image)
    first = view.focus
    if cast.background_image == PAINTED:
        # It was asked to leave room for the words: moved, the room would not be where they are.
        return [ImageLayer(image=PAINTED, focus=first)]
    name = cast.background_image
    if cast.panel and layout.side in {"left", "right"}:
        left = 1280 - _BESIDE_PANEL if layout.side == "left" else 0.0
        area = (left, 0.0, _BESIDE_PANEL, 720.0)
        return [ImageLayer(image=name, focus=first, area=area, **photo_finish(view))]
    if not cast.split:
        if _is_beside_person(cast, layout):
            return [_beside_person(name, view, layout)]
        return [_by_itself(name, view, cast, layout)]
    other = cast.after_image or name
    aim = (0.5, {"bottom": 0.42, "top": 0.6}.get(layout.side, 0.5))
    return [
        ImageLayer(image=image, focus=seen.focus, aim=aim, half=half, **photo_finish(seen))
        for image, seen, half in ((name, view, "left"), (other, view_of(other), "right"))
    ]


def _is_beside_person(cast: Cast, layout: Layout) -> bool:
    """Whether the main thing of a photo is to be seen beside somebody who stands in front."""
    beside = layout.name.startswith("trio") and not cast.card_images
    return bool(cast.person and not cast.group and beside)


def _beside_person(name: str, view: ImageView, layout: Layout) -> ImageLayer:
    """Show a photo as large as the side that somebody leaves of the sheet, clear of the words.

    Filling the whole sheet it would be enlarged so far that its main thing goes out of the frame.
    """
    left = 0.0 if layout.side == "left" else 1280 - _BESIDE_PERSON
    top, high = _clear_of_words(view, layout)
    seen = 0.5 * _SEEN_BESIDE / _BESIDE_PERSON
    return ImageLayer(
        image=name,
        focus=view.focus,
        aim=(seen if layout.side == "left" else 1 - seen, 0.5),
        area=(left, top, _BESIDE_PERSON, high),
        fade=_FADE,
        **photo_finish(view),
    )


_BESIDE_PERSON, _SEEN_BESIDE = 900.0, 680.0
"""How wide a photo beside somebody is, and how much of that they do not hide (units)."""

_LEAST_BESIDE, _BESIDE_HEIGHT = 500.0, 610.0
"""How high it is: as much as words above or below it leave, and where it fades under them."""


def _clear_of_words(view: ImageView, layout: Layout) -> tuple[float, float]:
    """Return where a photo beside somebody begins and how high it is: clear of the words."""
    if layout.position not in {"top", "bottom"}:
        return 0.0, 720.0
    top, foot = salient_rows(view.saliency, view.focus)
    _, y, _, h = layout.text
    room = y if layout.position == "bottom" else 720 - y - h
    # What is high is shown smaller, so that the words leave seen all of it.
    high = min(max(room / max(foot - top, 0.1), _LEAST_BESIDE), _BESIDE_HEIGHT)
    if layout.position == "bottom":
        return min(max(y - _OFF_WORDS - foot * high, -_MOVED), 0.0), high
    first = 720 - high
    below = y + h - _OFF_WORDS - top * high
    return min(max(below, first), first + _MOVED), high


_OFF_WORDS, _MOVED = 8.0, 150.0
"""Words seldom fill the last units of their room; how far a photo is moved at the most."""

_FADE = 190.0
"""Over how many units its edges fade."""

_BESIDE_PANEL = 730.0
"""How wide the image beside a panel of words is (units); the panel's edge lies over its side."""


def _aim(cast: Cast, layout: Layout) -> tuple[float, float]:
    """Return where in the frame an image's focus is to be: away from words, and from people."""
    if cast.person and layout.name.startswith("trio") and not cast.card_images:
        x, y, w, h = layout.card
        return (x + w / 2) / 1280, (y + h / 2) / 720
    across = {"left": 0.70, "right": 0.30}.get(layout.side, 0.5)
    down = {"bottom": 0.40, "top": 0.62}.get(layout.side, 0.5)
    return across, down


def _by_itself(name: str, view: ImageView, cast: Cast, layout: Layout) -> ImageLayer:
    """Fill the sheet with a photo, or what the words leave of it; see ``Layout.beside``.

    So is one that is higher than wide: filling the sheet, little of it would be seen.
    """
    aim, finish = _aim(cast, layout), photo_finish(view)
    aspect = view.size[0] / view.size[1]
    tall = aspect < _TALL and not cast.person
    # Said to be on a side, it leaves the other one free.
    aside = cast.photo_side if not cast.person and not cast.card_images else None
    if not (tall or layout.beside or aside):
        zoom = 1.0 if _is_framed(view, aim) else _ZOOM
        return ImageLayer(image=name, focus=view.focus, aim=aim, zoom=zoom, **finish)
    wide = _BESIDE_WORDS
    if tall:
        wide = max(_NARROWEST, min(_BESIDE_WORDS, 720 * aspect * _CROPPED))
    free = _FREE_SIDE.get(aside or "", layout.side)
    left = {"left": 1280 - wide, "right": 0.0}.get(free, 640 - wide / 2)
    x, _, w, _ = layout.text
    # In the middle of what the words leave free of it.
    middle = {"left": (x + w + 1280) / 2, "right": x / 2}.get(layout.side, left + wide / 2)
    across = (max(left + wide / 4, min(middle, left + 3 * wide / 4)) - left) / wide
    return ImageLayer(
        image=name,
        focus=view.focus,
        aim=(across, aim[1]),
        area=(left, 0.0, wide, 720.0),
        fade=_FADE_BESIDE if free in {"left", "right"} else _FADE,
        **finish,
    )


_FREE_SIDE = {"left": "right", "right": "left"}


def _is_framed(view: ImageView, aim: tuple[float, float]) -> bool:
    """Whether an image of the sheet's own shape has its main thing about where it is to be."""
    shaped = abs(view.size[0] / view.size[1] - 16 / 9) < _LIKE_SHEET
    return shaped and abs(view.focus[0] - aim[0]) < _NEAR and abs(view.focus[1] - aim[1]) < _NEAR


_LIKE_SHEET, _NEAR = 0.04, 0.16

_TALL, _CROPPED, _NARROWEST = 1.0, 1.3, 600.0
"""What is narrower than high is shown at least so wide, by this much wider than whole (units)."""

_BESIDE_WORDS, _FADE_BESIDE = 900.0, 270.0
"""How wide a photo beside words is, and over how much of that it fades under them (units)."""
