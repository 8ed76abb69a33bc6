"""Who and what a thumbnail shows: from the brief's pictures and words to roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb.render import vision
from thumbnb.render.figures import HAIRS, SKINS, STYLES
from thumbnb.render.reading import read
from thumbnb.render.scene import Figure

if TYPE_CHECKING:
    from PIL import Image

    from thumbnb.render.brief import Brief
    from thumbnb.render.presets import Preset
    from thumbnb.render.reading import Reading
    from thumbnb.render.report import Report


@dataclass(frozen=True, slots=True)
class Cast:
    """Images by their names in the scene; each part empty where there is none.

    ``behind`` fills the frame, ``shown`` stand in it on cards, ``after`` is the second half of a
    comparison, ``logo`` goes into a corner. ``paints``: the ground is a painting.
    """

    portrait: str | None = None
    figure: Figure | None = None
    behind: str | None = None
    shown: tuple[str, ...] = ()
    after: str | None = None
    logo: str | None = None
    split: bool = False
    subject: str = "abstract"
    paints: bool = True
    cards_painting: bool = False

    @property
    def person(self) -> bool:
        """Whether somebody stands in front."""
        return bool(self.portrait or self.figure)

    @property
    def alone(self) -> bool:
        """Whether the words have the picture to themselves."""
        return not (self.person or self.shown or self.cards_painting)


_CLOTH = ("#3d6bff", "#e04f5f", "#22a06b", "#f2a03d", "#7b4bd0", "#1fa6c4", "#2b3350")


def cast(
    brief: Brief,
    said: Reading,
    preset: Preset,
    off: set[str],
    number: int,
    variation: int,
    report: Report,
) -> Cast:
    """Decide who and what is shown. ``number`` chooses who is drawn: in every variation the same."""
    images = brief.images()
    contents = [n for n in images if n.startswith("image")]
    role = {n: said.roles.get(int(n[5:]), "main") for n in contents}
    logo = next((n for n in contents if role[n] == "logo"), None)
    rest = [n for n in contents if n != logo]
    portrait = _portrait(brief, off, variation)
    subject = (
        said.subjects[variation % len(said.subjects[:2])]
        if said.subjects
        else read(preset.place).subjects[0]
    )
    comparing = "before" in role.values() and "after" in role.values()
    split = preset.split or comparing
    if split and rest:
        first = next((n for n in rest if role[n] == "before"), rest[0])
        second = next((n for n in rest if role[n] == "after"), rest[-1])
        after = second if second != first else None
        shown = tuple(n for n in rest if n not in {first, second})
        _used(contents, report)
        return Cast(
            portrait,
            None,
            first,
            shown if portrait is None else (),
            after,
            logo,
            split=True,
            subject=subject,
        )
    behind = next((n for n in rest if role[n] == "background"), None)
    shown = tuple(n for n in rest if n != behind)
    if behind is None and shown and not portrait and preset.picture == "full":
        behind, shown = shown[0], shown[1:]
    figure = None
    if not portrait and not contents and said.person and "person" not in off:
        figure = _figure(brief, said, preset, number, variation, report)
    person = bool(portrait or figure)
    cards = preset.paints == "card" and not behind and not shown and not person
    paints = not cards and not ((person or shown) and _prefers_ground(preset, said, variation))
    _used(contents, report)
    return Cast(
        portrait, figure, behind, shown, None, logo, split=split, subject=subject,
        paints=paints and behind is None, cards_painting=cards,
    )  # fmt: skip


def _prefers_ground(preset: Preset, said: Reading, variation: int) -> bool:
    """Whether a pattern stands behind somebody: where no place is named, or now and then."""
    if preset.picture in {"disc", "square", "card"} and not said.person and not said.subjects:
        return True
    if not said.subjects:
        return True
    # The preset's own way first, the other one in the next variation.
    return (preset.backs == "ground") == (variation % 2 == 0)


def _portrait(brief: Brief, off: set[str], variation: int) -> str | None:
    if not brief.portraits or "person" in off:
        return None
    count = len(brief.portraits)
    order = sorted(range(count), key=lambda i: _quality(brief.portraits[i]))
    return f"portrait{order[variation % count] + 1}"


def _quality(image: Image.Image) -> int:
    """Portraits that can be cut out come first."""
    sight = vision.sight(image)
    return 0 if sight.cut is not None and sight.face is not None else 1


def _figure(
    brief: Brief, said: Reading, preset: Preset, number: int, variation: int, report: Report
) -> Figure:
    options = brief.options
    wish = options.face_expression
    feeling = (
        wish
        if wish not in {None, "keep-original"}
        else said.expression or read(preset.feeling).expression
    )
    clothes = options.clothing_style
    wears = clothes if clothes not in {None, "keep-original"} else said.clothes or "casual"
    report.approximated(
        "prompt",
        "Somebody is in it and no portrait came: a figure was drawn. Give a person for a real face.",
    )
    if wish not in {None, "keep-original"}:
        report.applied("face_expression", f"The figure was drawn {feeling}.")
    if clothes not in {None, "keep-original"}:
        report.applied("clothing_style", f"The figure was drawn in {wears} clothes.")
    if options.face_enhancement not in {None, "keep-original"}:
        report.ignored("face_enhancement", "A drawn face needs none.")
    styles = [i for i, name in enumerate(STYLES) if name in _HAIR_OF.get(said.who or "", STYLES)]
    return Figure(
        skin=number % len(SKINS),
        hair=number // 7 % len(HAIRS),
        style=styles[number // 49 % len(styles)],
        expression=feeling,
        clothes=wears,
        cloth=_CLOTH[(number // 343 + variation) % len(_CLOTH)],
    )


_HAIR_OF = {"woman": ("long", "curly", "bun", "bob"), "man": ("short", "quiff", "curly")}


def _used(contents: list[str], report: Report) -> None:
    if contents:
        report.applied("content_images", f"{len(contents)} used.")
