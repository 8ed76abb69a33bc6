"""People invented for a prompt that names some and brings no portrait."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thumbnb.render.colour.names import named_colour
from thumbnb.render.figures import COSTUMES, GREY, HAIRS, SKINS, STYLES
from thumbnb.render.objects.vocabulary.words import fold
from thumbnb.render.planning.cast.moods import feeling
from thumbnb.render.prompt.clothes import Outfit
from thumbnb.render.prompt.people import costume_of
from thumbnb.render.scene import Figure

if TYPE_CHECKING:
    from thumbnb.render.planning.understand import ParsedBrief

_CLOTH = ("#3d6bff", "#e04f5f", "#22a06b", "#f2a03d", "#7b4bd0", "#1fa6c4", "#2b3350")

_LONG, _SHORT = ("long", "curly", "bun", "bob"), ("short", "quiff", "curly")
_HAIR_OF = {
    "woman": _LONG,
    "girl": ("long", "bun", "bob"),
    "child": ("short", "bob"),
    "grandma": ("bun", "bob", "curly"),
    "man": _SHORT,
    "boy": ("short", "quiff"),
    "grandpa": ("short",),
}
_MALE = frozenset({"man", "boy", "grandpa"})
_YOUNG = frozenset({"boy", "girl", "child"})
_OLD = frozenset({"grandma", "grandpa"})


def invent_people(parsed: ParsedBrief) -> tuple[Figure, ...]:
    """Invent whom a prompt names: the same people in every variation, in other clothes."""
    prompt, report = parsed.prompt, parsed.report
    options = parsed.brief.options
    feels = feeling(parsed)
    wears = ""
    kinds = prompt.people.kinds
    drawn = "a figure was" if len(kinds) == 1 else f"{len(kinds)} figures were"
    if options.face_expression not in {None, "keep-original"}:
        feels = str(options.face_expression)
        report.applied("face_expression", f"Drawn {feels}.")
    if options.clothing_style not in {None, "keep-original"}:
        wears = str(options.clothing_style)
        report.applied("clothing_style", f"Drawn in {wears} clothes.")
    names = ", ".join(dict.fromkeys(prompt.people.words)) or "somebody"
    report.approximated("prompt", f"No portrait was given for {names}: {drawn} drawn instead.")
    figures = tuple(_figure(parsed, number, kind, feels) for number, kind in enumerate(kinds))
    return tuple(_dressed(figure, parsed, number, wears) for number, figure in enumerate(figures))


def _dressed(figure: Figure, parsed: ParsedBrief, number: int, wears: str) -> Figure:
    """Dress somebody: as an option says, in what the prompt names, or as their role is known."""
    prompt = parsed.prompt
    role = prompt.people.roles[number] if number < len(prompt.people.roles) else ""
    costume = costume_of(role)
    own = prompt.outfit if prompt.outfit.is_of(number) else Outfit()
    strong = own.build == "strong" or role in _BROAD_ROLES
    usual = prompt.clothes or costume
    if strong and usual in {None, "sporty"}:
        usual = "sleeveless"
    wears = wears or own.clothes or usual or "casual"
    update: dict[str, object] = {"clothes": wears, "worn": own.worn, "hat": own.hat}
    if (own.hat or _ON_EARS & {*own.worn}) and STYLES[figure.style] in _HIGH_HAIR:
        update["style"] = STYLES.index(_HIGH_HAIR[STYLES[figure.style]])
    if wears in COSTUMES:
        update["cloth"] = COSTUMES[wears].cloth
        if COSTUMES[wears].hat and STYLES[figure.style] in _HIGH_HAIR:
            update["style"] = STYLES.index(_HIGH_HAIR[STYLES[figure.style]])
    elif wears == costume == "professional":
        update["cloth"] = _SUITS[parsed.number(parsed.seed, number) % len(_SUITS)]
    if strong or own.build:
        update["build"] = _STRONG if strong else {"thin": _THIN, "broad": _BROAD}[own.build]
    if prompt.cloth and (number == 0 or wears == prompt.clothes):
        update["cloth"] = named_colour(prompt.cloth)
    return figure.model_copy(update=update)


_HIGH_HAIR = {"bun": "long", "curly": "bob", "quiff": "short"}
"""Hair that no hat fits on, and what is worn under one."""

_BROAD_ROLES = frozenset({"bodybuilder", "weightlifter", "strongman", "wrestler", "lumberjack"})

_ON_EARS = frozenset({"headphones", "headset"})

_SUITS = ("#22304f", "#2f3340", "#3b4a63", "#1f2937")


def _figure(parsed: ParsedBrief, number: int, kind: str, feels: str) -> Figure:
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
            "expression": feels,
            "cloth": _CLOTH[(choice // 343 + parsed.turn + 2 * number) % len(_CLOTH)],
            "young": kind in _YOUNG,
            "lashes": False if kind in _MALE else None,
        }
    )


_POOR = re.compile(r"\b(poor|broke|homeless|cheap|arm|pobre|pauvre|sad|lazy|loser|beginner|noob)\b")
_RICH = re.compile(
    r"\b(rich|wealthy|millionaire|billionaire|luxury|expensive|reich|rico|riche|ceo|boss)\b"
)
_BODY = re.compile(
    r"\b(gym|muscle|muscles|strong|workout|fitness|lifting|bodybuild\w*|thin|skinny|weight|diet|"
    r"body|transformation|training)\b"
)
_HEAVY = re.compile(r"\b(fat|overweight|obese|weight loss|lose weight|diet|calories)\b")

_THIN, _STRONG, _BROAD = 0.82, 1.2, 1.26
_AFTER = {"happy": "excited", "serious": "confident", "sad": "happy", "worried": "happy"}
"""What somebody feels afterwards, where the prompt does not say it."""

_OTHER_STYLE = {0: 5, 5: 0, 1: 3, 3: 1, 2: 4, 4: 2}
"""Another hair for each, as long."""

Pair = tuple[Figure, Figure]


def in_halves(figures: tuple[Figure, ...], prompt: str, *, versus: bool) -> tuple[Figure, ...]:
    """Return who stands in the two halves: the same person before and after, or two people."""
    text = fold(prompt)
    if not figures:
        return ()
    first, last = figures[0], figures[-1]
    if versus:
        sides = re.split(r"\b(?:vs|versus|against)\b", text, maxsplit=1)
        return _against(first, last, sides) if len(sides) > 1 else figures
    last = first  # before and after, it is the same person
    before = {"expression": "sad"}
    after = {"expression": _AFTER.get(first.expression, first.expression)}
    builds = {"build": 1.0}, {"build": 1.0}
    if _BODY.search(text):
        builds = {"build": _BROAD if _HEAVY.search(text) else _THIN}, {"build": _STRONG}
        if _HEAVY.search(text):
            builds = builds[0], {"build": 1.0}
    dull = {"cloth": "#7d8794"}
    return (
        first.model_copy(update={**before, **builds[0], **dull}),
        last.model_copy(update={**after, **builds[1]}),
    )


def _against(first: Figure, last: Figure, sides: list[str]) -> Pair:
    """Return two people against each other: rich and poor differ in clothes and mood."""
    found = []
    if first == last:  # of two, one is no person whom anybody knows: somebody else
        last = first.model_copy(
            update={
                "skin": (first.skin + 2) % len(SKINS),
                "hair": (first.hair + 2) % len(HAIRS),
                "style": _OTHER_STYLE.get(first.style, first.style),
                "cloth": _CLOTH[(_CLOTH.index(first.cloth) + 3) % len(_CLOTH)]
                if first.cloth in _CLOTH
                else _CLOTH[0],
                "clothes": "casual" if first.clothes in COSTUMES else first.clothes,
            }
        )
    for figure, side in zip((first, last), sides, strict=False):
        update: dict[str, object] = {"expression": "confident"}
        if _RICH.search(side):
            update |= {"clothes": "professional", "cloth": "#22304f"}
        if _POOR.search(side):
            update |= {"expression": "sad", "clothes": "casual", "cloth": "#7a7468"}
        found.append(figure.model_copy(update=update))
    return found[0], found[1]
