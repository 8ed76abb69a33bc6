"""People invented for a prompt that names some and brings no portrait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.figures import GREY, HAIRS, SKINS, STYLES
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.scene import Figure

if TYPE_CHECKING:
    from thumbnb.render.planning.understand import ParsedBrief

_CLOTH = ("#3d6bff", "#e04f5f", "#22a06b", "#f2a03d", "#7b4bd0", "#1fa6c4", "#2b3350")

_LONG, _SHORT = ("long", "curly", "bun", "bob"), ("short", "quiff", "curly")
_HAIR_OF = {
    "woman": _LONG,
    "girl": ("long", "bun", "bob"),
    "grandma": ("bun", "bob", "curly"),
    "man": _SHORT,
    "boy": ("short", "quiff"),
    "grandpa": ("short",),
}
_YOUNG = frozenset({"boy", "girl", "child"})
_OLD = frozenset({"grandma", "grandpa"})


def invent_people(parsed: ParsedBrief) -> tuple[Figure, ...]:
    """Invent whom a prompt names: the same people in every variation, in other clothes."""
    prompt, report = parsed.prompt, parsed.report
    options = parsed.brief.options
    feeling = prompt.expression or parse_prompt(parsed.preset.feeling).expression or "happy"
    wears = prompt.clothes or "casual"
    kinds = prompt.people.kinds
    drawn = "a figure was" if len(kinds) == 1 else f"{len(kinds)} figures were"
    if options.face_expression not in {None, "keep-original"}:
        feeling = str(options.face_expression)
        report.applied("face_expression", f"Drawn {feeling}.")
    if options.clothing_style not in {None, "keep-original"}:
        wears = str(options.clothing_style)
        report.applied("clothing_style", f"Drawn in {wears} clothes.")
    names = ", ".join(dict.fromkeys(prompt.people.words)) or "somebody"
    report.approximated("prompt", f"No portrait was given for {names}: {drawn} drawn instead.")
    return tuple(_figure(parsed, number, kind, feeling, wears) for number, kind in enumerate(kinds))


def _figure(parsed: ParsedBrief, number: int, kind: str, feeling: str, wears: str) -> Figure:
    """Invent somebody; those beside each other differ in hair, skin and clothes."""
    choice = parsed.number(parsed.seed)
    names = _HAIR_OF.get(kind, STYLES)
    if not kind and number:
        names = _LONG if number % 2 else _SHORT
    styles = [STYLES.index(name) for name in names]
    hair = (choice // 7 + 2 * number) % len(HAIRS)
    return Figure.model_validate(
        {
            "skin": (choice + 2 * number) % len(SKINS),
            "hair": GREY if kind in _OLD else hair,
            "style": styles[(choice // 49 + number // 2) % len(styles)],
            "expression": feeling,
            "clothes": wears,
            "cloth": _CLOTH[(choice // 343 + parsed.turn + 2 * number) % len(_CLOTH)],
            "young": kind in _YOUNG,
        }
    )
