"""The cast: the people, things and images that stand in a thumbnail, each in its role."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from thumbnb.render.painted_image import NAME as PAINTED
from thumbnb.render.planning.cast.action import Action

if TYPE_CHECKING:
    from thumbnb.render.planning.cast.cut_pair import PairedCut
    from thumbnb.render.planning.cast.face_cam import FaceCam
    from thumbnb.render.planning.cast.insets import CornerFigure, Inset
    from thumbnb.render.prompt.images.effects import PhotoEffect
    from thumbnb.render.prompt.images.relations import Side
    from thumbnb.render.prompt.images.screens import Device
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.prompt.people.actions import Act
    from thumbnb.render.scene import Box, Figure

BackgroundKind = Literal["image", "painting", "ground", "other"]
"""What fills the frame: an image, a painting, or one of a preset's two patterns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Images by their names in the scene; each part empty where there is none.

    ``behind`` fills the frame, ``shown`` stand in it on cards, ``after`` is the second half of
    a comparison (``split``), ``logo`` goes into a corner.
    """

    subject: str
    background_kind: BackgroundKind = "painting"
    portrait: str | None = None
    figures: tuple[Figure, ...] = ()
    background_image: str | None = None
    card_images: tuple[str, ...] = ()
    after_image: str | None = None
    logo: str | None = None
    face_cam: FaceCam | None = None
    cut_pair: tuple[PairedCut, ...] = ()
    """Two people cut out of their photos, the left one first."""
    insets: tuple[Inset, ...] = ()
    corner_figure: CornerFigure | None = None
    """Somebody drawn small in a corner of a photo, who hides nothing of it."""
    things: tuple[NamedThing, ...] = ()
    rows: tuple[float, float] = (44, 676)
    """Between these heights (units) a preset lays nothing over what is shown."""
    bars: float = 0.0
    """How high the black bars of a film are above and below what is shown (units)."""
    split: bool = False
    versus: bool = False
    between: bool = False
    """Whether the one person stands between the two things that are compared."""
    rooms: bool = False
    """Whether they stand between two states of one room: untidy, and tidied."""
    half_subjects: tuple[str, str] | None = None
    """The place of each half, where a prompt gives them two."""
    drawn_half: tuple[Side, str] | None = None
    """The half that is painted beside the one photo, and its place."""
    table: bool = False
    """Whether a table stands before who is shown: things lie on it."""
    panel: bool = False
    """Words stand on a panel of their own beside the image."""
    words_reach: tuple[float, float] | None = None
    """How far words on a side may go in from it, at the top and at the foot (units).

    None where no line parts their side from the rest.
    """
    held_words: frozenset[str] = frozenset()
    """The words of things that somebody drawn can have in their hands."""
    holder: int | None = None
    """The number of who of several people has what can be held, if it is one of them."""
    in_each_hand: tuple[NamedThing, NamedThing] | None = None
    """What the one person drawn has in the left and in the right hand."""
    worn: tuple[NamedThing, ...] = ()
    """Things that somebody drawn wears, or lifts with both hands: parts of their figures."""
    vessel: NamedThing | None = None
    """What people drawn are in: a boat, a tub."""
    aboard: int = 0
    """How many of them are."""
    face_width: float = 220.0
    """How wide the preset has a face (units)."""
    mood: str = ""
    """What animals feel: "angry", "guilty", "sad", "serious", or as they are drawn."""
    photo_side: Side | None = None
    """The side of the frame that the one photo is wanted on."""
    fills: bool = False
    """Whether the one photo is said to fill all of the frame."""
    person_side: Side | None = None
    """The side that whoever stands in front is wanted on."""
    pointing: bool = False
    """Whether whoever is drawn points at what is beside them."""
    tiny: bool = False
    """Whether the people drawn are said to be tiny."""
    roles: tuple[str, ...] = ()
    """Who the people drawn are, as words: "knight"."""
    animal_act: Act | None = None
    """What an animal does to something else that is drawn."""
    onlookers: tuple[Figure, ...] = ()
    """People who look on while somebody else does something."""
    action: Action = field(default_factory=Action)
    """What people drawn do, and where they look."""
    device: Device | None = None
    """The device that shows the first card on its screen."""
    strip: tuple[str, ...] = ()
    """Images that fill the frame side by side."""
    film: bool = False
    """They are the frames of a strip of film."""
    photo_ground: str = ""
    """What the one photo fades into, as it could not be cut out: a place, or "colour"."""
    rival: NamedThing | None = None
    """What is drawn on the other half, against the one photo."""
    effects: tuple[PhotoEffect, ...] = ()
    """What is painted over the photos that fill the frame."""
    weather: frozenset[str] = frozenset()
    """What the sky does behind and before what stands under it; none before a pattern."""
    nothing: bool = False
    """Whether nothing the prompt names can be drawn; other things would only mislead."""

    @property
    def paints(self) -> bool:
        """Whether a painting of the subject fills the frame."""
        return self.background_kind == "painting"

    @property
    def shows_two_places(self) -> bool:
        """Whether the halves of a comparison are two images, or two places."""
        return self.after_image is not None or self.half_subjects is not None

    @property
    def card(self) -> bool:
        """Whether that painting is shown on a card."""
        return self.background_kind in {"ground", "other"} and not (
            self.person or self.cut_pair or self.card_images or self.things or self.nothing
        )

    @property
    def on_photo(self) -> bool:
        """Whether what is drawn comes to lie on a photo, which is left seen."""
        return self.background_image not in {None, PAINTED} and not self.card_images

    @property
    def in_corners(self) -> tuple[Box, ...]:
        """Where something is framed or drawn in a corner of a photo."""
        parts = (self.face_cam, *self.insets, self.corner_figure)
        return tuple(part.box for part in parts if part)

    @property
    def person(self) -> bool:
        """Whether somebody stands in front."""
        return bool(self.portrait or self.figures)

    @property
    def group(self) -> bool:
        """Whether several people stand there."""
        return len(self.figures) > 1

    @property
    def alone(self) -> bool:
        """Whether the words have the image to themselves."""
        return not (self.person or self.cut_pair or self.card_images or self.card or self.things)
