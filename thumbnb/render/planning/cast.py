"""Who and what a thumbnail shows: from the brief's pictures and words to roles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from thumbnb.render.figures import HAIRS, SKINS, STYLES
from thumbnb.render.prompt.parser import read
from thumbnb.render.scene import Figure
from thumbnb.render.vision import faces

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PIL import Image

    from thumbnb.render.brief import Brief
    from thumbnb.render.presets import Preset
    from thumbnb.render.prompt.parser import Reading
    from thumbnb.render.report import Report
    from thumbnb.render.vision.faces import View

MOST_CARDS = 3

Back = Literal["picture", "painting", "ground", "other"]
"""What fills the frame: an image, a painting, or one of a preset's two patterns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Images by their names in the scene; each part empty where there is none.

    ``behind`` fills the frame, ``shown`` stand in it on cards, ``after`` is the second half of
    a comparison (``split``), ``logo`` goes into a corner.
    """

    subject: str
    back: Back = "painting"
    portrait: str | None = None
    figure: Figure | None = None
    behind: str | None = None
    shown: tuple[str, ...] = ()
    after: str | None = None
    logo: str | None = None
    split: bool = False

    @property
    def paints(self) -> bool:
        """Whether a painting of the subject fills the frame."""
        return self.back == "painting"

    @property
    def card(self) -> bool:
        """Whether that painting is shown on a card."""
        return self.back in {"ground", "other"} and not (self.person or self.shown)

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
    """Decide who and what is shown; ``before`` says in front of what.

    ``who`` chooses how somebody looks who is drawn, ``turn`` (seed and variation) which of
    several portraits and subjects it is.
    """
    contents = [name for name in brief.images() if name.startswith("image")]
    roles = {name: said.roles.get(int(name[5:]), "main") for name in contents}
    portrait = None if "person" in off else _portrait(brief, turn)
    figure = None
    if not portrait and not contents and said.person and "person" not in off:
        figure = _figure(brief, said, preset, who=who, turn=turn, report=report)
    subjects = said.subjects[:2] or read(preset.place).subjects
    return Cast(
        subject=subjects[turn % len(subjects)],
        portrait=portrait,
        figure=figure,
        **_placed(roles, split=preset.split),
    )


def backs(who: Cast, said: Reading, preset: Preset, look: Callable[[str], View]) -> list[Back]:
    """List what may fill the frame behind a cast, the preset's own choice first."""
    patterns: list[Back] = ["ground", "other"] if preset.other_ground else ["ground"]
    if who.behind:
        return ["picture", *patterns] if who.split and not who.person else ["picture"]
    if not (who.person or who.shown):
        return [*patterns, "painting"] if preset.paints == "card" else ["painting", *patterns]
    if said.subjects:
        patterns = [*patterns, "painting"] if preset.backs == "ground" else ["painting", *patterns]
    if who.person:
        return patterns
    if _ground(who.shown, look) is None:
        return patterns
    return ["picture", *patterns] if preset.picture == "full" else [*patterns, "picture"]


def _ground(shown: tuple[str, ...], look: Callable[[str], View]) -> str | None:
    """Choose what fills the frame: of several, one whose face the others would not cover."""
    if len(shown) == 1:
        return shown[0]
    return next((name for name in shown if look(name).face is None), None)


def before(who: Cast, back: Back, brief: Brief, look: Callable[[str], View]) -> Cast:
    """Put a cast before what fills the frame."""
    shown, behind, after = who.shown, who.behind, who.after
    if who.split and behind and back != "picture":
        shown, behind, after = (behind, after or behind), None, None
    if back == "picture" and behind is None:
        behind = _ground(shown, look)
        assert behind is not None  # noqa: S101 - else ``backs`` does not offer it
        blurred = (brief.options.background_blur or 0) >= _BLURRED
        # Blurred as a ground it would be lost: it is shown sharp as well.
        again = blurred and not _has_person(brief.images()[behind])
        shown = shown if again else tuple(name for name in shown if name != behind)
    return replace(who, back=back, behind=behind, after=after, shown=shown[:MOST_CARDS])


_BLURRED = 15
"""From here on (of 100) a blurred picture no longer shows what is in it."""


def _has_person(image: Image.Image) -> bool:
    """Whether somebody in a picture can be kept sharp when the rest is blurred."""
    return faces.face(image) is not None and faces.sight(image).cut is not None


def _placed(roles: Mapping[str, str], *, split: bool) -> dict[str, Any]:
    """Give each content image its place."""
    logo = next((n for n in roles if roles[n] == "logo"), None)
    rest = [n for n in roles if n != logo]
    split = split or {"before", "after"} <= set(roles.values())
    if split and rest:
        first = next((n for n in rest if roles[n] == "before"), rest[0])
        last = next((n for n in rest if roles[n] == "after"), rest[-1])
        after = last if last != first else None
        return {"behind": first, "after": after, "logo": logo, "split": True}
    ground = next((n for n in rest if roles[n] == "background"), None)
    shown = tuple(n for n in rest if n != ground)
    return {"behind": ground, "logo": logo, "split": split, "shown": shown}


def account(who: Cast, brief: Brief, report: Report) -> None:
    """Say which content images are in the picture."""
    contents = [name for name in brief.images() if name.startswith("image")]
    used = {who.behind, who.after, who.logo, *who.shown}
    if shown := [f"@{name}" for name in contents if name in used]:
        report.applied("content_images", f"In the picture: {', '.join(shown)}.")
    if left := [f"@{name}" for name in contents if name not in used]:
        report.ignored("content_images", f"No room for {', '.join(left)}.")


def _portrait(brief: Brief, turn: int) -> str | None:
    """Choose a portrait: those that can be cut out come first."""
    if not brief.portraits:
        return None

    def whole(image: Image.Image) -> bool:
        sight = faces.sight(image)
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
