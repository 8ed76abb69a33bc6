"""From a brief to a scene: what is shown, in which colours, where."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from thumbnb.render import headline, palette, staging, style
from thumbnb.render.casting import Cast, cast
from thumbnb.render.layout import LAYOUTS, Layout, choices, covers
from thumbnb.render.presets import PRESETS
from thumbnb.render.reading import devices_in, read
from thumbnb.render.recipe import Recipes
from thumbnb.render.report import Report
from thumbnb.render.scene import Layer, Scene
from thumbnb.render.subjects import is_fixed

if TYPE_CHECKING:
    from thumbnb.render.brief import Brief


def plan(brief: Brief, seed: int = 0, variation: int = 0) -> Scene:
    """Lay out a brief. The same brief, seed and variation give the same scene.

    Seed 0, variation 0 is a preset's signature; other seeds and variations take
    other layouts, palettes and voices of it, and other paintings.
    """
    return draft(brief, seed, variation)[0]


def draft(brief: Brief, seed: int, variation: int) -> tuple[Scene, Report]:
    """Lay out a brief, and say what became of what it asks for."""
    preset, said, report = PRESETS[brief.preset], read(brief.prompt), Report()
    turn = seed + variation
    digest = hashlib.sha256(f"{brief.prompt}\n{seed}\n{variation}".encode()).digest()
    number = int.from_bytes(digest[:6], "big")
    off = _left_out(brief, report)
    colours = _colours(brief, said.colours, preset.palettes[turn % len(preset.palettes)], turn)
    voice = preset.voices[turn % len(preset.voices)]
    identity = int.from_bytes(
        hashlib.sha256(f"{brief.prompt}\n{seed}".encode()).digest()[:6], "big"
    )
    who = cast(brief, said, preset, off, identity, turn, report)
    title = _title(brief, said.quoted, off, report)
    recipes = Recipes(colours, off, number)
    layout = _layout(brief, preset.layouts, who, title, turn // len(preset.palettes) + turn)
    kicker, words = None, None
    if title:
        text, kicker = headline.parted(title)
        effects = recipes.filled(voice)
        if "tilt" in off:
            effects |= {"turn": 0.0, "slant": 0.0}
        if "outline" in off:
            effects |= {"rim": 0.0}
        if "glow" in off:
            effects |= {"glow": None}
        words, layout = headline.set_title(
            text, preset, layout, effects, palette.veil_of(colours), report, alone=who.alone
        )
    if not words:
        layout = LAYOUTS["bare"] if not who.split else LAYOUTS["split"]
    stage = staging.Stage(brief, said, preset, who, layout, recipes, report, words=words)
    layers: list[Layer] = [*stage.behind(), *stage.before()]
    layers += recipes.layers(preset.last)
    layers += headline.companions(preset, layout, words, kicker, recipes, split=who.split)
    if words:
        layers.append(words)
    stage.confess()
    scene = Scene(
        preset=preset.key,
        preset_version=preset.version,
        seed=seed,
        variation=variation,
        layout=layout.name,
        palette=colours,
        layers=tuple(layers),
    )
    return scene, report


def _left_out(brief: Brief, report: Report) -> set[str]:
    """Read the negative prompt."""
    text = brief.options.negative_prompt
    if not text:
        return set()
    known, unknown = devices_in(text)
    if known:
        report.applied("negative_prompt", f"Left out or toned down: {', '.join(known)}.")
    if unknown:
        report.ignored("negative_prompt", f"Not understood: {', '.join(unknown)}.")
    return set(known)


def _colours(
    brief: Brief, named: tuple[str, ...], own: dict[str, str], turn: int
) -> dict[str, str]:
    reference = brief.style_reference or brief.template
    if reference is not None:
        return palette.from_reference(own, style.palette_of(reference))
    if named:
        return palette.in_colour(own, named[turn % len(named)])
    return dict(own)


def _title(brief: Brief, quoted: str | None, off: set[str], report: Report) -> str | None:
    """Give the words to set, if any; a prompt may bring them in quotation marks."""
    title = headline.cleaned(brief.title or quoted or "")
    if not title:
        return None
    position = brief.options.text_position
    if position == "none":
        report.applied("text_position", "No words are set; the title stays in the file's notes.")
        return None
    if "words" in off:
        report.applied("title", "No words are set: the negative prompt rules them out.")
        return None
    return title


def _layout(
    brief: Brief, names: tuple[str, ...], who: Cast, title: str | None, index: int
) -> Layout:
    """Choose a layout that suits who is shown and keeps words off faces."""
    position = brief.options.text_position
    if title and who.person and who.shown and not who.split:
        names = ("trio", "trio-right")
    fixed = who.paints and not who.person and is_fixed(who.subject)
    found = choices(
        names, position, alone=who.alone, sides="left bottom top middle" if fixed else ""
    )
    if who.behind and not who.split:
        image = brief.images()[who.behind]
        clear = [x for x in found if _clear(x, image)]
        found = (
            clear
            or [
                x
                for x in choices(tuple(LAYOUTS)[:8], position, alone=who.alone)
                if _clear(x, image)
            ]
            or found
        )
    return found[index % len(found)]


def _clear(layout: Layout, image: object) -> bool:
    """Whether a layout's words stay off the face in a picture that fills the frame."""
    face = staging.face_on_sheet(image, layout)  # type: ignore[arg-type]
    return face is None or covers(layout.text, face) < 0.05  # noqa: PLR2004 - a touch at most
