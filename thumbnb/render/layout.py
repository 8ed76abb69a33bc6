"""Layouts in families, on a sheet of 1280x720 units."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
    """The side the words are on: left, right, top, bottom or middle."""

    position: str
    """What the text position option calls it."""

    face: float = 1.0
    """How large faces are, of what the preset likes."""

    whole: float = 1.0
    """How high who is seen from head to foot is, of the height there is."""

    beside: bool = False
    """A photo leaves the words their side, as they would lie over its main thing."""

    @property
    def aim(self) -> float:
        """How far across (0..1) the main thing of a ground is to be."""
        return {"left": 0.73, "right": 0.27}.get(self.side, 0.5)


def _left(name: str, y: float, height: float, valign: str, position: str) -> Layout:
    return Layout(
        name,
        (MARGIN, y, 612, height),
        "left",
        valign,
        (948, 282),
        (672, 112, 556, 456),
        "left",
        position,
    )


def mirrored(layout: Layout, name: str) -> Layout:
    """Give the same with left and right exchanged, keeping clear of the duration badge."""
    x, y, w, h = layout.text
    cx, cy, cw, ch = layout.card
    bottom = min(y + h, BADGE[1] - 10)
    return replace(
        layout,
        name=name,
        text=(1280 - x - w, y, w, bottom - y),
        hero=(1280 - layout.hero[0], layout.hero[1]),
        card=(1280 - cx - cw, cy, cw, ch),
        side={"left": "right", "right": "left"}.get(layout.side, layout.side),
    )


_CENTRE = _left("left", 60, 600, "center", "center")
_LOW = _left("left-low", 210, 456, "bottom", "bottom")
_HIGH = _left("left-top", 60, 470, "top", "top")
_TRIO = Layout(
    "trio", (44, 40, 664, 274), "left", "top", (966, 300), (40, 330, 660, 358), "left", "top"
)
_TRIO_MID = replace(
    _TRIO,
    name="trio-mid",
    text=(44, 372, 664, 240),
    valign="center",
    card=(40, 44, 640, 316),
    position="center",
)
_TRIO_LOW = replace(
    _TRIO,
    name="trio-low",
    text=(44, 410, 664, 262),
    valign="bottom",
    card=(40, 44, 640, 354),
    position="bottom",
)

LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (
        _CENTRE,
        _LOW,
        _HIGH,
        mirrored(_CENTRE, "right"),
        mirrored(_HIGH, "right-top"),
        mirrored(_LOW, "right-low"),
        Layout(
            "bottom", (70, 420, 1140, 192), "center", "bottom", (640, 226), (330, 36, 620, 372),
            "bottom", "bottom", 0.9,
        ),
        Layout(
            "top", (70, 44, 1140, 190), "center", "top", (640, 456), (330, 262, 620, 372),
            "top", "top", 0.8,
        ),
        Layout(
            "centre", (120, 170, 1040, 380), "center", "center", (640, 360), (330, 150, 620, 400),
            "middle", "center",
        ),
        Layout(
            "poster", (120, 392, 1040, 216), "center", "bottom", (640, 250), (360, 84, 560, 320),
            "bottom", "bottom", 0.85,
        ),
        Layout(
            "poster-top", (120, 92, 1040, 170), "center", "top", (640, 446), (360, 280, 560, 340),
            "top", "top", 0.8,
        ),
        Layout(
            "split", (70, 506, 1140, 132), "center", "bottom", (640, 250), (360, 60, 560, 380),
            "bottom", "bottom", 0.9,
        ),
        Layout(
            "split-top", (90, 40, 1100, 140), "center", "top", (640, 430), (360, 230, 560, 380),
            "top", "top", 0.85,
        ),
        _TRIO,
        mirrored(_TRIO, "trio-right"),
        _TRIO_MID,
        mirrored(_TRIO_MID, "trio-mid-right"),
        _TRIO_LOW,
        mirrored(_TRIO_LOW, "trio-low-right"),
        Layout(
            "bare", (MARGIN, 60, 500, 500), "left", "center", (810, 296), (320, 90, 640, 500),
            "none", "none", 1.06,
        ),
    )
}  # fmt: skip
LAYOUTS["bare-left"] = mirrored(LAYOUTS["bare"], "bare-left")

_SPECIAL = ("split", "trio", "bare", "poster")
"""How the names begin of those taken only where a preset or what is shown asks for them."""


_SMALL = 0.8
"""So small, a face is no longer what a thumbnail shows first."""


def fitting_layouts(
    names: Sequence[str],
    position: str | None,
    *,
    alone: bool,
    person: bool = False,
    but: str = "",
) -> list[Layout]:
    """Give the layouts of these names that fit; where fewer than two do, others that fit as well.

    ``position`` is where the user wants the words; ``alone``: nobody and nothing stands
    beside them; ``person``: somebody stands there, and should not be small unless the words are
    wanted at the top; ``but`` is a side they must not be on.
    """
    wanted = position in {"top", "center", "bottom"}

    def fits(layout: Layout) -> bool:
        return (
            (alone or layout.side != "middle")
            and (not wanted or layout.position == position)
            and (not person or wanted or layout.face > _SMALL)
            and layout.side != but
        )

    mine = [LAYOUTS[n] for n in names if fits(LAYOUTS[n])]
    if len(mine) > 1:
        return mine
    common = [x for x in LAYOUTS.values() if not x.name.startswith(_SPECIAL)]
    return [*mine, *(x for x in common if x not in mine and fits(x))] or [LAYOUTS["left"]]


def special_layouts(kind: str, position: str | None) -> list[Layout]:
    """Give the special layouts of a kind; at the wanted position, if there are any."""
    some = [x for x in LAYOUTS.values() if x.name.startswith(kind)]
    return [x for x in some if x.position == position] or some


def roomier_layouts(layout: Layout, *, alone: bool) -> Iterator[Layout]:
    """Give the same with more and more room for words, for titles that do not fit.

    Where nobody and nothing stands beside them (``alone``), words may fill the sheet.
    """
    if alone:
        yield replace(layout, text=(MARGIN, 48, 1176, 566), side="middle", position="center")
    x, y, w, h = layout.text
    if layout.side in {"left", "right"}:
        wide = 700.0
        left = x if layout.side == "left" else x + w - wide
        yield replace(layout, text=(left, y, wide, h))
        bottom = 660 if layout.side == "left" else BADGE[1] - 10
        yield replace(layout, text=(left, 44, wide, bottom - 44), valign="center")
    if layout.side in {"left", "right", "top", "none"} and layout.position == "top":
        yield _band(layout, 40, 236, "top", hero=486, face=0.72)
    else:
        yield _band(layout, 384, 230, "bottom", hero=204, face=0.8)


def _band(
    layout: Layout, y: float, height: float, position: str, *, hero: float, face: float
) -> Layout:
    """Give the same with its words across the whole sheet, at the top or at the bottom."""
    return replace(
        layout,
        text=(MARGIN, y, 1176, height),
        align="center",
        valign=position,
        side=position,
        position=position,
        hero=(layout.hero[0], hero),
        face=face,
    )


_OFF_LINE = 12.0
"""How far words stay off a line that parts their side from the rest (units)."""


def within_side(layout: Layout, reach: tuple[float, float] | None) -> Layout:
    """Keep a layout's words on their side of a slanted line.

    ``reach`` is how far that side goes in from its rim, at the top and at the foot of the sheet
    (units).
    """
    if reach is None or layout.side not in {"left", "right"} or layout.name.startswith("trio"):
        return layout
    x, y, w, h = layout.text
    top, foot = reach
    narrowest = min(top + (foot - top) * at / 720 for at in (y, y + h)) - _OFF_LINE
    if layout.side == "left":
        return replace(layout, text=(x, y, min(w, narrowest - x), h))
    left = max(x, 1280 - narrowest)
    return replace(layout, text=(left, y, x + w - left, h))


_TOUCH = 0.05
"""The share of a face that may be covered."""


def leaves_clear(box: Box, kept: Iterable[Box]) -> bool:
    """Whether what fills a box leaves seen what is to be kept: faces, and what else matters."""
    return most_covered(box, kept) < _TOUCH


def most_covered(box: Box, kept: Iterable[Box]) -> float:
    """Return the largest share that a box covers of any one of what is to be kept."""
    return max((_share(box, face) for face in kept), default=0.0)


def _share(box: Box, face: Box) -> float:
    """Give the share of a face (x, y, width, height) that a box covers."""
    x = max(0.0, min(box[0] + box[2], face[0] + face[2]) - max(box[0], face[0]))
    y = max(0.0, min(box[1] + box[3], face[1] + face[3]) - max(box[1], face[1]))
    return x * y / (face[2] * face[3])
