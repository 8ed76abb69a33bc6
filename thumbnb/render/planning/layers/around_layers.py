"""What is around somebody drawn: an aura behind them, a window that they climb through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.figures import below_face, glove_of, hair_top, is_whole
from thumbnb.render.planning.thing_colours import thing_colours
from thumbnb.render.planning.things.around_people import is_disc_behind
from thumbnb.render.scene import Cutout, Fingers, Glow, ObjectLayer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.scene import Layer

_AURA, _WINDOW = "energy-aura", "window-frame"


def with_what_is_around(layers: Sequence[Layer], cast: Cast, lamp: str) -> list[Layer]:
    """Return the layers of people with what is around them; ``lamp`` is the colour of light."""
    names = {thing.name for thing in cast.things}
    layers = [one for layer in layers for one in _in_light(layer, lamp)]
    if _WINDOW in names and len(cast.figures) == 1:
        layers = [one for layer in layers for one in _in_window(layer)]
    if disc := next((thing for thing in cast.things if is_disc_behind(thing)), None):
        layers = _before_disc(layers, disc)
    if _AURA in names:
        colours = next(thing_colours(one) for one in cast.things if one.name == _AURA)
        layers = [one for layer in layers for one in _with_aura(layer, colours)]
    return list(layers)


_LAMPS = ((6.0, 0.55), (3.0, 0.7), (1.5, 0.6))
"""How wide the light behind a silhouette is, in face widths, and how strong."""


def _in_light(layer: Layer, lamp: str) -> list[Layer]:
    """Put a light behind whom only a dark shape is seen of."""
    if not (isinstance(layer, Cutout) and layer.figure and layer.figure.silhouette):
        return [layer]
    (x, y), size = layer.at, layer.face_width
    lamps = [
        Glow(colour=lamp, at=(x, y + 1.1 * size), radius=wide * size, strength=strength)
        for wide, strength in _LAMPS
    ]
    return [*lamps, layer]


_DISC, _LEAST_DISC = 2.7, 400.0
"""How large such a disc is in face widths, and at the least (units)."""


def _before_disc(layers: Sequence[Layer], thing: NamedThing) -> list[Layer]:
    """Put a disc behind the heads of people."""
    heads = [one for one in layers if isinstance(one, Cutout) and one.figure]
    if not heads:
        return list(layers)
    if thing.name == "door":
        return [*_in_doorway(heads), *layers]
    size = max(_DISC * max(one.face_width for one in heads), _LEAST_DISC)
    x = sum(one.at[0] for one in heads) / len(heads)
    y = max(min(one.at[1] for one in heads), 0.5 * size + 10)
    disc = ObjectLayer(
        name=thing.name, at=(x, y + 0.5 * size), height=size, colours=thing_colours(thing)
    )
    return [disc, *layers]


_DOOR = 1.16
"""How high a door is by who stands in it."""


def _in_doorway(people: Sequence[Cutout]) -> list[Layer]:
    """Return the open door behind each of those who are seen from head to foot, if any is."""
    doors: list[Layer] = []
    for one in people:
        if one.figure and is_whole(one.figure):
            foot = one.at[1] + below_face(one.figure) * one.face_width
            high = _DOOR * (hair_top(one.figure) + below_face(one.figure)) * one.face_width
            at = (one.at[0], foot - 0.02 * high)
            doors.append(ObjectLayer(name="door", at=at, height=high, ambient=0.4))
    return doors[:1]


_AURA_BELOW, _AURA_ABOVE = 770.0, 0.5
"""How far down an aura reaches (units), and how far above the hair, in face widths."""


def _with_aura(layer: Layer, colours: dict[str, str]) -> list[Layer]:
    if not (isinstance(layer, Cutout) and layer.figure):
        return [layer]
    (x, y), size = layer.at, layer.face_width
    top = y - (hair_top(layer.figure) + _AURA_ABOVE) * size
    aura = ObjectLayer(name=_AURA, at=(x, _AURA_BELOW), height=_AURA_BELOW - top, colours=colours)
    return [aura, layer]


_SILL, _FOOT, _HIGH = 620.0, 738.0, 728.0
"""Where the sill of a window is, where its foot is, and how high it is (units)."""

_FACE, _FACE_Y = 158.0, 342.0
"""How wide the face of who is in a window is, and where its middle is: both shoulders are in it."""

_WIDE = 670.0
_HANDS = (-0.95, 0.95)
"""Where the hands are on the sill, in face widths from the middle."""


def _in_window(layer: Layer) -> list[Layer]:
    """Put somebody into a window: the night behind them, the sill before them, hands on it."""
    if not (isinstance(layer, Cutout) and layer.figure):
        return [layer]
    x = min(max(layer.at[0], _WIDE / 2 - 20), 1300 - _WIDE / 2)
    light = {"grade": layer.grade, "ambient": layer.ambient}
    place = {"at": (x, _FOOT), "height": _HIGH, **light}
    figure = layer.figure.model_copy(update={"gesture": "rest"})
    hands = [
        Fingers(
            at=(x + across * _FACE, _SILL + 8),
            face_width=_FACE,
            skin=figure.skin,
            glove=glove_of(figure),
            reach="left" if across < 0 else "right",
            **light,
        )
        for across in _HANDS
    ]
    return [
        ObjectLayer.model_validate({"name": "window-night", **place, "height": _HIGH * 0.97}),
        layer.model_copy(update={"at": (x, _FACE_Y), "face_width": _FACE, "figure": figure}),
        ObjectLayer.model_validate({"name": _WINDOW, **place}),
        *hands,
    ]
