"""Where things go: families of layouts on a sheet of 1280x720 units."""

from __future__ import annotations

from dataclasses import dataclass, replace

from thumbnb.render.scene import Box, Point

BADGE: Box = (1080, 624, 200, 96)
"""Where the player shows the duration: nothing that matters lies here."""

MARGIN = 52.0


@dataclass(frozen=True, slots=True)
class Layout:
    """One family: the room for words, where a face and where a card goes."""

    name: str
    text: Box
    align: str
    valign: str
    hero: Point
    card: Box
    side: str
    """The side the words are on."""

    position: str
    """What the text position option calls it."""

    face: float = 1.0
    """How large faces are, of what the preset likes."""

    roomy: bool = False
    """Whether it is for words without anyone beside them."""


def _left(name: str, y: float, height: float, valign: str, position: str) -> Layout:
    return Layout(
        name,
        (MARGIN, y, 596, height),
        "left",
        valign,
        (948, 282),
        (652, 104, 580, 476),
        "left",
        position,
    )


def mirrored(layout: Layout, name: str) -> Layout:
    """The same with left and right exchanged, keeping clear of the duration badge."""
    x, y, w, h = layout.text
    cx, cy, cw, ch = layout.card
    bottom = min(y + h, BADGE[1] - 10)
    return replace(
        layout,
        name=name,
        text=(1280 - x - w, y, w, bottom - y),
        hero=(1280 - layout.hero[0], layout.hero[1]),
        card=(1280 - cx - cw, cy, cw, ch),
        side="right",
    )


_LEFT = _left("left", 66, 588, "center", "center")
_LOW = _left("left-low", 230, 430, "bottom", "bottom")
_HIGH = _left("left-top", 60, 470, "top", "top")

LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (
        _LEFT,
        _LOW,
        _HIGH,
        mirrored(_LEFT, "right"),
        mirrored(_HIGH, "right-top"),
        mirrored(_LOW, "right-low"),
        Layout(
            "bottom",
            (70, 424, 1140, 190),
            "center",
            "bottom",
            (640, 226),
            (330, 36, 620, 372),
            "bottom",
            "bottom",
            0.9,
        ),
        Layout(
            "top",
            (70, 44, 1140, 190),
            "center",
            "top",
            (640, 452),
            (330, 262, 620, 372),
            "top",
            "top",
            0.8,
        ),
        Layout(
            "centre",
            (120, 170, 1040, 380),
            "center",
            "center",
            (640, 360),
            (330, 150, 620, 400),
            "middle",
            "center",
            roomy=True,
        ),
        Layout(
            "poster",
            (120, 420, 1040, 190),
            "center",
            "bottom",
            (640, 250),
            (360, 84, 560, 330),
            "bottom",
            "bottom",
            0.85,
        ),
        Layout(
            "poster-top",
            (120, 92, 1040, 170),
            "center",
            "top",
            (640, 440),
            (360, 280, 560, 340),
            "top",
            "top",
            0.8,
        ),
        Layout(
            "split",
            (90, 480, 1100, 140),
            "center",
            "bottom",
            (960, 300),
            (0, 0, 1280, 720),
            "bottom",
            "bottom",
        ),
        Layout(
            "split-top",
            (90, 40, 1100, 130),
            "center",
            "top",
            (960, 400),
            (0, 0, 1280, 720),
            "top",
            "top",
        ),
    )
}


def choose(names: tuple[str, ...], index: int, position: str | None, *, alone: bool) -> Layout:
    """Take the ``index``-th of the layouts named, of those that fit the text position.

    ``alone``: there is nobody and nothing beside the words.
    """
    layouts = [LAYOUTS[n] for n in names]
    if not alone:
        layouts = [x for x in layouts if not x.roomy] or [LAYOUTS["left"], LAYOUTS["right"]]
    if position in {"top", "center", "bottom"}:
        fitting = [x for x in layouts if x.position == position]
        every = [
            x
            for x in LAYOUTS.values()
            if x.position == position and not x.name.startswith(("split", "poster"))
        ]
        layouts = fitting or [x for x in every if alone or not x.roomy]
        if len(layouts) < 2:  # noqa: PLR2004 - variations are to differ
            layouts += [x for x in every if x not in layouts and (alone or not x.roomy)]
    return layouts[index % len(layouts)]


def roomier(layout: Layout) -> list[Layout]:
    """The same, with more and more room for words that do not fit."""
    x, y, w, h = layout.text
    if layout.side in {"left", "right"}:
        wide = 690.0
        left = x if layout.side == "left" else x + w - wide
        out = [replace(layout, text=(left, 56, wide, min(y + h, 610) - 56), valign="center")]
        low = (MARGIN, 392, 1176, 222)
        out.append(
            replace(
                layout,
                text=low,
                align="center",
                valign="bottom",
                side="bottom",
                hero=(layout.hero[0], 210),
                face=0.8,
            )
        )
    else:
        low = (MARGIN, 392, 1176, 222)
        out = [
            replace(
                layout,
                text=low,
                align="center",
                valign="bottom",
                side="bottom",
                hero=(640, 206),
                face=0.8,
            )
        ]
    return out
