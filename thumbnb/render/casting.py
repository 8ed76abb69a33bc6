"""Who and what a thumbnail shows: from the brief's pictures and words to roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from thumbnb.render import vision
from thumbnb.render.figures import HAIRS, SKINS, STYLES
from thumbnb.render.reading import read
from thumbnb.render.scene import Figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PIL import Image

    from thumbnb.render.brief import Brief
    from thumbnb.render.presets import Preset
    from thumbnb.render.reading import Reading
    from thumbnb.render.report import Report

MOST_CARDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Images by their names in the scene; each part empty where there is none.

    ``behind`` fills the frame, ``shown`` stand in it on cards, ``after`` is the second half of
    a comparison (``split``), ``logo`` goes into a corner. ``paints``: the ground is a painting of
    the ``subject``; ``card``: that painting is shown on a card.
    """

    subject: str
    portrait: str | None = None
    figure: Figure | None = None
    behind: str | None = None
    shown: tuple[str, ...] = ()
    after: str | None = None
    logo: str | None = None
    split: bool = False
    paints: bool = False
    card: bool = False

    @property
    def person(self) -> bool:
        """Whether somebody stands in front."""
        return bool(self.portrait or self.figure)

    @property
    def alone(self) -> bool:
        """Whether the words have the picture to themselves."""
        return not (self.person or self.shown or self.card)


def cast(
    brief: Brief,
    said: Reading,
    preset: Preset,
    *,
    off: set[str],
    who: int,
    turn: int,
    report: Report,
) -> Cast:
    """Decide who and what is shown.

    ``who`` chooses how somebody looks who is drawn, ``turn`` (seed and variation) which of
    several portraits, subjects and grounds it is.
    """
    contents = [name for name in brief.images() if name.startswith("image")]
    roles = {name: said.roles.get(int(name[5:]), "main") for name in contents}
    portrait = None if "person" in off else _portrait(brief, turn)
    figure = None
    if not portrait and not contents and said.person and "person" not in off:
        figure = _figure(brief, said, preset, who=who, turn=turn, report=report)
    parts = _placed(brief, roles, preset, person=bool(portrait))
    _account(contents, parts, report)
    subjects = said.subjects[:2] or read(preset.place).subjects
    in_front = bool(portrait or figure or parts["shown"])
    card = preset.paints == "card" and not parts["behind"] and not in_front
    pattern = card or (in_front and _wants_pattern(preset, said, turn))
    return Cast(
        subject=subjects[turn % len(subjects)],
        portrait=portrait,
        figure=figure,
        paints=not pattern and not parts["behind"],
        card=card,
        **parts,
    )


_BLURRED = 15
"""From here on (of 100) a blurred picture no longer shows what is in it."""


def _has_person(image: Image.Image) -> bool:
    """Whether somebody in a picture can be kept sharp when the rest is blurred."""
    return vision.face(image) is not None and vision.sight(image).cut is not None


def _placed(
    brief: Brief, roles: Mapping[str, str], preset: Preset, *, person: bool
) -> dict[str, Any]:
    """Give each content image its place."""
    contents = list(roles)
    blurred = (brief.options.background_blur or 0) >= _BLURRED
    logo = next((n for n in contents if roles[n] == "logo"), None)
    rest = [n for n in contents if n != logo]
    behind = next((n for n in rest if roles[n] == "background"), None)
    after = None
    split = preset.split or {"before", "after"} <= set(roles.values())
    if split and rest:
        behind = next((n for n in rest if roles[n] == "before"), rest[0])
        after = next((n for n in rest if roles[n] == "after"), rest[-1])
        after = after if after != behind else None
    again: tuple[str, ...] = ()
    if behind is None and rest and not person and not split and preset.picture == "full":
        behind = rest[0]
        # Blurred as a ground it would be lost: it is shown sharp as well.
        again = (behind,) if blurred and not _has_person(brief.images()[behind]) else ()
    rest = [n for n in rest if n != behind]
    shown = () if split else (*again, *rest)[:MOST_CARDS]
    return {"behind": behind, "after": after, "logo": logo, "split": split, "shown": shown}


def _account(contents: list[str], parts: dict[str, Any], report: Report) -> None:
    """Say which content images are in the picture."""
    used = {parts["behind"], parts["after"], parts["logo"], *parts["shown"]}
    if shown := [n for n in contents if n in used]:
        report.applied("content_images", f"In the picture: {', '.join('@' + n for n in shown)}.")
    if left := [n for n in contents if n not in used]:
        report.ignored("content_images", f"No room for {', '.join('@' + n for n in left)}.")


def _wants_pattern(preset: Preset, said: Reading, turn: int) -> bool:
    """Whether a pattern stands behind somebody: where no place is named, and every other time."""
    return not said.subjects or (preset.backs == "ground") == (turn % 2 == 0)


def _portrait(brief: Brief, turn: int) -> str | None:
    """Choose a portrait: those that can be cut out come first."""
    if not brief.portraits:
        return None

    def whole(image: Image.Image) -> bool:
        sight = vision.sight(image)
        return sight.cut is None or sight.face is None

    order = sorted(range(len(brief.portraits)), key=lambda i: whole(brief.portraits[i]))
    return f"portrait{order[turn % len(order)] + 1}"


_CLOTH = ("#3d6bff", "#e04f5f", "#22a06b", "#f2a03d", "#7b4bd0", "#1fa6c4", "#2b3350")

_HAIR_OF = {"woman": ("long", "curly", "bun", "bob"), "man": ("short", "quiff", "curly")}


def _figure(
    brief: Brief, said: Reading, preset: Preset, *, who: int, turn: int, report: Report
) -> Figure:
    """Invent somebody: the same in every variation, in other clothes."""
    options = brief.options
    feeling = said.expression or read(preset.feeling).expression or "happy"
    wears = said.clothes or "casual"
    if options.face_expression not in {None, "keep-original"}:
        feeling = str(options.face_expression)
        report.applied("face_expression", f"The figure was drawn {feeling}.")
    if options.clothing_style not in {None, "keep-original"}:
        wears = str(options.clothing_style)
        report.applied("clothing_style", f"The figure was drawn in {wears} clothes.")
    report.approximated(
        "prompt", "Somebody is in it and no portrait was given: a figure was drawn instead."
    )
    styles = [i for i, name in enumerate(STYLES) if name in _HAIR_OF.get(said.who or "", STYLES)]
    return Figure.model_validate(
        {
            "skin": who % len(SKINS),
            "hair": who // 7 % len(HAIRS),
            "style": styles[who // 49 % len(styles)],
            "expression": feeling,
            "clothes": wears,
            "cloth": _CLOTH[(who // 343 + turn) % len(_CLOTH)],
        }
    )
