"""Where photos are on the sheet: all of it, a half, or what words and people leave of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from thumbnb.render.layout import BADGE
from thumbnb.render.painted_image import NAME as PAINTED
from thumbnb.render.planning.photos.fit import Fit, fit_photo
from thumbnb.render.planning.photos.light import photo_finish
from thumbnb.render.planning.photos.strip import strip_layers
from thumbnb.render.prompt.things import is_mark
from thumbnb.render.scene import ImageLayer
from thumbnb.render.scene.images import SLANT
from thumbnb.render.vision.framing import half_extent
from thumbnb.render.vision.saliency import salient_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render.layout import Layout
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.scene import Box
    from thumbnb.render.vision.faces import ImageView

Half = Literal["left", "right"]

_WHO_WIDE = 520.0
"""How wide somebody in front is at the most (units)."""

_ZOOM = 1.12
"""Images are brought this much nearer, so that their subject can be moved aside."""


def filling_images(
    cast: Cast, layout: Layout, view_of: Callable[[str], ImageView]
) -> list[ImageLayer]:
    """Place the images that fill the frame: one, or a half of it each."""
    name = cast.background_image
    if name is None:
        return []
    view = view_of(name)
    if name == PAINTED:
        # It was asked to leave room for the words: moved, the room would not be where they are.
        return [ImageLayer(image=PAINTED, focus=view.focus)]
    if cast.strip:
        return strip_layers(cast.strip, view_of, words_room(cast, layout), film=cast.film)
    if cast.panel and layout.side in {"left", "right"}:
        left = 1280 - _BESIDE_PANEL if layout.side == "left" else 0.0
        area = (left, 0.0, _BESIDE_PANEL, 720.0)
        edge = (left or _BESIDE_PANEL - _SLANTED, 0.0, _SLANTED, 720.0)
        fit = fit_photo(view, area, [edge, BADGE])
        return [ImageLayer(image=name, area=area, **fit.layer(), **photo_finish(view))]
    if not cast.split:
        # Of scenery behind somebody no part has to be clear of them: it fills the sheet.
        scenery = bool(cast.portrait) and view.subject is None
        beside = _is_beside_person(cast, layout) and not (cast.fills or scenery)
        one = (
            _beside_person(name, view, cast, layout)
            if beside
            else _by_itself(name, view, cast, layout)
        )
        return [one]
    other = cast.after_image or name
    halves: list[tuple[str, ImageView, Half]] = [
        (name, view, "left"),
        (other, view_of(other), "right"),
    ]
    finishes = [_finish_of_half(seen) for _, seen, _ in halves]
    if not cast.versus:
        # What was dark before stays darker than what comes after.
        blacks, whites = zip(*(finish["tones"] for finish in finishes), strict=True)
        finishes = [{**finish, "tones": (min(blacks), max(whites))} for finish in finishes]
    if cast.rival:
        halves = [(name, view, "right" if cast.photo_side == "right" else "left")]
    return [
        ImageLayer(image=image, half=half, **_fit_in_half(seen, half, cast, layout), **finish)
        for (image, seen, half), finish in zip(halves, finishes, strict=False)
    ]


def _finish_of_half(view: ImageView) -> dict[str, Any]:
    """Return the finish of a photo of a half, whose grade is added: what is vivid stays unburnt."""
    finish = photo_finish(view)
    black, white = finish["tones"]
    return {**finish, "tones": (black, round(white + _UNBURNT * view.vividness * (1 - white), 3))}


_UNBURNT = 0.8


def _fit_in_half(view: ImageView, half: Half, cast: Cast, layout: Layout) -> dict[str, Any]:
    """Fit a photo into a half of the sheet: its subject off the line, the words and the labels."""
    first, last = half_extent(half)
    rows = 6
    reserved: list[Box] = []
    for row in range(rows):
        high = 720.0 / rows
        line = SLANT[0] + (SLANT[1] - SLANT[0]) * (row + 0.5) / rows
        if half == "left":
            reserved.append((line, row * high, last - line, high))
        else:
            reserved.append((first, row * high, line - first, high))
    reserved += [box for box in words_room(cast, layout) if layout.side in {"top", "bottom"}]
    if cast.person:
        x, y = layout.hero
        reserved.append((x - 0.5 * _WHO_WIDE, y - 160, _WHO_WIDE, 880 - y))
    return fit_photo(view, (first, 0.0, last - first, 720.0), reserved).layer()


def _is_beside_person(cast: Cast, layout: Layout) -> bool:
    """Whether the main thing of a photo is to be seen beside somebody who stands in front."""
    beside = layout.name.startswith("trio") and not cast.card_images
    return bool(cast.person and not cast.group and beside)


def _beside_person(name: str, view: ImageView, cast: Cast, layout: Layout) -> ImageLayer:
    """Show a photo as large as the side that somebody leaves of the sheet, clear of the words.

    Filling the whole sheet it would be enlarged so far that its main thing goes out of the frame.
    """
    left = 0.0 if layout.side == "left" else 1280 - _BESIDE_PERSON
    top, high = _clear_of_words(view, layout, between_bars(cast))
    held = any(thing.word in cast.held_words for thing in cast.things)
    seen = 0.5 * (_SEEN_BESIDE_HELD if held else _SEEN_BESIDE) / _BESIDE_PERSON
    return ImageLayer(
        image=name,
        focus=view.focus,
        aim=(seen if layout.side == "left" else 1 - seen, 0.5),
        area=(left, top, _BESIDE_PERSON, high),
        fade=_FADE,
        bars=cast.bars,
        **photo_finish(view),
    )


_BESIDE_PERSON, _SEEN_BESIDE = 900.0, 680.0
"""How wide a photo beside somebody is, and how much of that they do not hide (units)."""

_SEEN_BESIDE_HELD = 440.0
"""How much of it is not hidden where they hold something out before it (units)."""

_LEAST_BESIDE, _BESIDE_HEIGHT = 500.0, 610.0
"""How high it is: as much as words above or below it leave, and where it fades under them."""


def _clear_of_words(view: ImageView, layout: Layout, frame: Box) -> tuple[float, float]:
    """Return where a photo beside somebody begins and how high it is: clear of the words."""
    first, last = frame[1], frame[1] + frame[3]
    if layout.position not in {"top", "bottom"}:
        return first, frame[3]
    top, foot = salient_rows(view.saliency, view.focus)
    _, y, _, h = layout.text
    room = y - first if layout.position == "bottom" else last - y - h
    # What is high is shown smaller, so that the words leave seen all of it.
    high = min(max(room / max(foot - top, 0.1), _LEAST_BESIDE), _BESIDE_HEIGHT)
    if layout.position == "bottom":
        return min(max(y - _OFF_WORDS - foot * high, first - _MOVED), first), high
    lowest = last - high
    below = y + h - _OFF_WORDS - top * high
    return min(max(below, lowest), lowest + _MOVED), high


_OFF_WORDS, _MOVED = 8.0, 150.0
"""Words seldom fill the last units of their room; how far a photo is moved at the most."""

_FADE = 190.0
"""Over how many units its edges fade."""

_BESIDE_PANEL, _SLANTED = 730.0, 120.0
"""How wide the image beside a panel of words is, how much of it the panel's edge covers (units)."""


def _aim(cast: Cast, layout: Layout) -> tuple[float, float]:
    """Return where in the frame an image's focus is to be: away from words, and from people."""
    if cast.person and layout.name.startswith("trio") and not cast.card_images:
        x, y, w, h = layout.card
        return (x + w / 2) / 1280, (y + h / 2) / 720
    across = {"left": 0.70, "right": 0.30}.get(layout.side, 0.5)
    down = {"bottom": 0.40, "top": 0.62}.get(layout.side, 0.5)
    return across, down


def _by_itself(name: str, view: ImageView, cast: Cast, layout: Layout) -> ImageLayer:
    """Fill the sheet with a photo, its main subject whole and clear of the words.

    Where there is not enough photo for that, its blurred self goes on at the rim.
    """
    finish = photo_finish(view)
    frame = between_bars(cast)
    # What lies under the bars of a film is neither seen nor to be filled.
    filled = None if frame == _SHEET else frame
    if cast.fills and cast.person:
        x, y = layout.hero
        hero = (x - 0.5 * _WHO_WIDE, y - 160, _WHO_WIDE, 880 - y)
        fit = fit_photo(view, frame, [*words_room(cast, layout), hero])
        return ImageLayer(image=name, area=filled, bars=cast.bars, **fit.layer(), **finish)
    if cast.photo_ground:
        return _before_ground(name, view, cast, layout)
    if cast.person or cast.card_images:
        aim = _aim(cast, layout)
        zoom = 1.0 if _is_framed(view, aim) else _ZOOM
        return ImageLayer(image=name, focus=view.focus, aim=aim, zoom=zoom, area=filled, **finish)
    fit = fit_in_layout(view, cast, layout)
    whole = fit.area == frame
    return ImageLayer(
        image=name,
        area=filled if whole else fit.area,
        fade=0.0 if whole else _FADE_BESIDE if fit.area[3] >= frame[3] else _FADE,
        bars=cast.bars,
        **fit.layer(),
        **finish,
    )


def _before_ground(name: str, view: ImageView, cast: Cast, layout: Layout) -> ImageLayer:
    """Show a photo on the side that words leave, fading into what it is to stand before."""
    left = {"left": 1280 - _BEFORE_WIDE, "right": 0.0}.get(layout.side, (1280 - _BEFORE_WIDE) / 2)
    _, top, _, high = between_bars(cast)
    area = (left, top, _BEFORE_WIDE, high)
    return ImageLayer(
        image=name,
        area=area,
        fade=_BEFORE_FADE,
        over=True,
        bars=cast.bars,
        focus=view.focus,
        aim=(0.5, 0.5),
        **photo_finish(view),
    )


_BEFORE_WIDE, _BEFORE_FADE = 860.0, 330.0
"""How wide a photo is that fades into a ground of its own, and over how much (units)."""


def fit_in_layout(view: ImageView, cast: Cast, layout: Layout) -> Fit:
    """Fit the one photo of a cast into the sheet, clear of the words of a layout.

    What stands on the photo has a lower corner where the words are above or below it.
    """
    reserved = [*words_room(cast, layout), BADGE]
    if layout.side in {"top", "bottom", "none"} and _has_standing(cast):
        left = view.focus[0] >= 0.5  # noqa: PLR2004 - the middle
        reserved.append((0.0 if left else 1280 - _CORNER[0], 720 - _CORNER[1], *_CORNER))
    reserved += cast.in_corners
    if cast.photo_side:
        # Said to be on a side, it leaves the other one free.
        reserved.append((0.0, 0.0, _ASIDE, 720.0) if cast.photo_side == "right" else _RIGHT_ROOM)
    return fit_photo(view, between_bars(cast), reserved, filling=cast.fills)


def between_bars(cast: Cast) -> Box:
    """Return what the bars of a film leave of the sheet; all of it where there are none."""
    return (0.0, cast.bars, 1280.0, 720.0 - 2 * cast.bars)


def words_room(cast: Cast, layout: Layout) -> list[Box]:
    """Return what words take of the sheet, with what stands below them on their side."""
    x, y, w, h = layout.text
    standing = _has_standing(cast)
    if layout.side in {"none", "middle"}:
        return []
    if layout.side in {"left", "right"}:
        # Titles seldom are as wide as their room.
        wide = _TITLE_WIDE * w
        x = x if layout.side == "left" else x + w - wide
        return [(x, 0.0 if standing else y, wide, 720.0 if standing else h)]
    return [(x, y, w, h)]


def _has_standing(cast: Cast) -> bool:
    return cast.on_photo and any(not is_mark(thing.name) for thing in cast.things)


_CORNER = (430.0, 400.0)
"""How wide and high a corner is that is left to what stands on a photo (units)."""

_SHEET: Box = (0.0, 0.0, 1280.0, 720.0)

_ASIDE = 500.0
_RIGHT_ROOM: Box = (1280.0 - _ASIDE, 0.0, _ASIDE, 720.0)
"""What a photo leaves free that is said to be on the other side."""

_TITLE_WIDE = 0.9


def _is_framed(view: ImageView, aim: tuple[float, float]) -> bool:
    """Whether an image of the sheet's own shape has its main thing about where it is to be."""
    shaped = abs(view.size[0] / view.size[1] - 16 / 9) < _LIKE_SHEET
    return shaped and abs(view.focus[0] - aim[0]) < _NEAR and abs(view.focus[1] - aim[1]) < _NEAR


_LIKE_SHEET, _NEAR = 0.04, 0.16

_FADE_BESIDE = 270.0
"""Over how many units a photo fades into its blurred self at a side."""
