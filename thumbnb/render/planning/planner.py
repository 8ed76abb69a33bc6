"""From a brief to a scene: what is shown, in which colours, where."""

from __future__ import annotations

import hashlib
from functools import cache, partial
from typing import TYPE_CHECKING

from thumbnb.render.colour import palette, style_reference
from thumbnb.render.layout import LAYOUTS, Layout, choices, clear, special
from thumbnb.render.planning import background, callouts, foreground, headline, limitations
from thumbnb.render.planning.cast import Cast, account, backs, before, cast
from thumbnb.render.planning.context import Setup
from thumbnb.render.planning.preset_recipe import Recipes
from thumbnb.render.planning.variations import Design, chosen, favoured
from thumbnb.render.presets import PRESETS
from thumbnb.render.prompt.parser import devices_in, read
from thumbnb.render.report import Report
from thumbnb.render.scene import Card, Layer, Scene
from thumbnb.render.subjects.placement import is_fixed
from thumbnb.render.vision import faces
from thumbnb.render.vision.framing import face_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render.brief import Brief
    from thumbnb.render.scene import Box

    _Look = Callable[[str], faces.View]
    _Kept = Callable[[Cast, Layout], list[Box]]


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
    off = _left_out(brief, report)
    people = cast(
        brief, said, preset, off=off, who=_number(brief.prompt, seed), turn=turn, report=report
    )
    title = _title(brief, said.quoted, off, report)
    images = brief.images()
    look = cache(lambda name: faces.view(images[name]))
    kept = cache(partial(_kept, look))
    casts = [before(people, back, brief, look) for back in backs(people, said, preset, look)]
    rooms = [
        (who, room)
        for who in casts
        for room in _layouts(brief, preset.layouts, who, title, kept=kept, look=look)
    ]
    # Where a face leaves no room for words, the picture is shown in another way, if there is one.
    designs = [
        Design(who, layout, palette, voice)
        for who, layout in [r for r in rooms if not title or _free(*r, kept, look)] or rooms
        for palette in range(len(preset.palettes))
        for voice in range(len(preset.voices) if title else 1)
    ]
    design = chosen(favoured(designs, preset.avoid), seed, variation)
    who, layout = design.who, design.layout
    account(who, brief, report)
    colours = _colours(brief, said.colours, preset.palettes[design.palette], turn)
    recipes = Recipes(colours, off, _number(brief.prompt, seed, variation))
    text, kicker = headline.parted(title) if title else ("", None)
    words, layout = headline.set_title(
        text, preset, layout, recipes, alone=who.alone, kept=partial(kept, who),
        voice=design.voice, report=report,
    )  # fmt: skip
    if not words:
        layout = _wordless(who)
    recipes.place(layout)
    setup = Setup(
        brief=brief, said=said, preset=preset, who=who, layout=layout, words=words,
        recipes=recipes, report=report, look=look,
    )  # fmt: skip
    layers: list[Layer] = [*background.behind(setup), *foreground.before(setup)]
    layers += recipes.layers(preset.last)
    shown_faces = [face for layer in layers if (face := face_of(layer, look))]
    layers += callouts.beside(setup, kicker, shown_faces)
    if words:
        layers.append(words)
    limitations.confess(setup)
    scene = Scene(
        preset=preset.key, preset_version=preset.version, seed=seed, variation=variation,
        layout=layout.name, palette=colours, layers=tuple(layers),
    )  # fmt: skip
    return scene, report


def _number(*of: object) -> int:
    """Give a number that looks random and is always the same."""
    text = "\n".join(str(part) for part in of)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big")


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
    """Give a palette of the preset in the colours of a reference, or of the prompt."""
    reference = brief.style_reference or brief.template
    if reference is not None:
        return palette.from_reference(own, style_reference.palette_of(reference))
    if named:
        return palette.in_colour(own, named[turn % len(named)])
    return dict(own)


def _title(brief: Brief, quoted: str | None, off: set[str], report: Report) -> str | None:
    """Give the words to set, if any; a prompt may bring them in quotation marks."""
    title = headline.cleaned(brief.title or quoted or "")
    if not title:
        return None
    if brief.options.text_position == "none":
        report.applied("text_position", "No words are set; the title stays in the file's notes.")
        return None
    if "words" in off:
        report.ignored("title", "No words are set: the negative prompt rules them out.")
        return None
    return title


def _layouts(
    brief: Brief, names: tuple[str, ...], who: Cast, title: str | None, *, kept: _Kept, look: _Look
) -> list[Layout]:
    """List the layouts that suit who is shown and keep words off faces."""
    if not title:
        return [_wordless(who)]
    position = brief.options.text_position
    if brief.layout:
        names = (brief.layout, *names)
    if who.split or (who.person and who.shown):
        return special("trio" if who.person and who.shown else "split", position)
    # What cannot be moved stands on the right.
    fixed = who.paints and not who.person and is_fixed(who.subject)
    found = choices(
        names, position, alone=who.alone, person=who.person, but="right" if fixed else ""
    )
    if who.behind:
        others = choices((), position, alone=who.alone)
        free = ([x for x in some if _free(who, x, kept, look)] for some in (found, others))
        found = next(filter(None, free), found)
    return [layout for layout in found if layout.name == brief.layout] or found


def _wordless(who: Cast) -> Layout:
    return LAYOUTS["split" if who.split else "bare"]


def _kept(look: _Look, who: Cast, layout: Layout) -> list[Box]:
    """Say where a layout shows what words keep off: faces, and cards that have little room."""
    spots = foreground.spots(who, layout)
    if who.person or who.split:
        whole, seen = spots, []
    else:
        named = zip(who.shown, spots, strict=True)
        whole = []
        seen = [Card(image=n, box=box, focus=look(n).focus) for n, box in named]
    # What is blurred behind a card that shows it sharp may be covered.
    behind = [] if who.behind in who.shown else background.filling(who, layout, look)
    return [*whole, *(face for x in (*behind, *seen) if (face := face_of(x, look)))]


def _free(who: Cast, layout: Layout, kept: _Kept, look: _Look) -> bool:
    """Whether a layout's words stay off faces, or off what stands out in a picture."""
    if who.behind is None or who.behind in who.shown:
        return True
    if boxes := kept(who, layout):
        return clear(layout.text, boxes)
    across = look(who.behind).focus[0]
    taken = "left" if across < 0.43 else "right" if across > 0.57 else "middle"  # noqa: PLR2004
    return layout.side != taken
