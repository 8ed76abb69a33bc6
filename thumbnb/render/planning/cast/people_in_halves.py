"""The people in the two halves of a comparison: one before and after, or two against each other."""

from __future__ import annotations

import re

from thumbnb.render.figures import COSTUMES, HAIRS, SKINS
from thumbnb.render.figures.whole_poses import WHOLE
from thumbnb.render.objects.vocabulary.words import fold
from thumbnb.render.planning.cast.invented_people import CLOTH, built
from thumbnb.render.prompt.comparison import two_sides
from thumbnb.render.prompt.half_states import halves_of
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.prompt.people.clothes import builds_in
from thumbnb.render.prompt.people.feelings import joy, plight
from thumbnb.render.prompt.people.poses import mood_of_pose
from thumbnb.render.prompt.words.folded_words import folded_words
from thumbnb.render.prompt.words.lexicon import matches
from thumbnb.render.scene import Figure

_POOR = re.compile(r"\b(poor|broke|homeless|cheap|arm|pobre|pauvre|sad|lazy|loser|beginner|noob)\b")
_RICH = re.compile(
    r"\b(rich|wealthy|millionaire|billionaire|luxury|expensive|reich|rico|riche|ceo|boss)\b"
)
_BODY = re.compile(
    r"\b(gym|muscles?|workout|fitness|lifting|weight|diet|body|transformation|training)\b"
)
_HEAVY = re.compile(r"\b(weight loss|lose weight|lost weight|diet|calories|kilos?|pounds?|kg)\b")

_AFTER = {
    "happy": "excited", "serious": "confident", "sad": "happy", "worried": "happy",
    "tired": "happy", "crying": "happy", "scared": "confident", "disgusted": "happy",
}  # fmt: skip
"""What somebody feels afterwards, where the prompt does not say it."""

_OTHER_STYLE = {0: 5, 5: 0, 1: 3, 3: 1, 2: 4, 4: 2, 9: 0, 7: 4}
"""Another hair for each, as long."""


def _builds(text: str) -> tuple[dict[str, object], dict[str, object]]:
    """Return how broad somebody is before and after, as fields of ``Figure``."""
    said = builds_in(text)
    plain: dict[str, object] = {"physique": "", "build": 1.0}
    strong = {**built("muscular"), "clothes": "sleeveless"}
    if len(said) > 1:
        after = strong if said[-1] == "muscular" else built(said[-1])
        return {**built(said[0]), "clothes": "casual", "garment": "t-shirt"}, after
    if "heavy" in said or (_HEAVY.search(text) and "thin" not in said):
        return built("heavy"), strong if "muscular" in said else plain
    if said or _BODY.search(text):
        return {**built("thin"), "clothes": "sleeveless"}, strong
    return plain, plain


Pair = tuple[Figure, Figure]


def in_halves(figures: tuple[Figure, ...], prompt: str, *, versus: bool) -> tuple[Figure, ...]:
    """Return who stands in the two halves: the same person before and after, or two people."""
    text = fold(prompt)
    if not figures:
        return ()
    first, last = figures[0], figures[-1]
    if versus:
        sides = two_sides(text)
        return _against(first, last, sides) if len(sides) > 1 else figures
    last = first  # before and after, it is the same person
    before: dict[str, object] = {"expression": "sad"}
    after: dict[str, object] = {"expression": _AFTER.get(first.expression, first.expression)}
    if halves := halves_of(text):  # in the order of the halves
        text = " ; after ".join(halves)
        before |= _said_of_half(halves[0])
        after |= _said_of_half(halves[1])
    said = [
        matches("clothes", folded_words(part)) for part in re.split(r"\bafter\b", text, maxsplit=1)
    ]
    if len(said) > 1 and said[-1] and not said[0]:  # the suit is that of afterwards
        before |= {"clothes": "casual", "garment": "hoodie"}
    builds = _builds(text)
    dull = {"cloth": "#7d8794"}
    return (
        first.model_copy(update={**before, **builds[0], **dull}),
        last.model_copy(update={**after, **builds[1]}),
    )


def _said_of_half(text: str) -> dict[str, object]:
    """Return what a text says that somebody feels and does in a half, as fields of ``Figure``."""
    feels = joy(text) or next(iter(matches("expressions", folded_words(text))), plight(text))
    said = parse_prompt(text)
    does = next((pose for pose in (said.move, said.pose) if pose in _SEEN), "")
    feels = feels or (mood_of_pose(does) if does in WHOLE or does == "sleep" else None)
    return {key: said for key, said in (("expression", feels), ("gesture", does)) if said}


def feels_in_both(text: str) -> bool:
    """Whether a text says of each half what somebody feels there: both are seen."""
    halves = halves_of(fold(text)) or ("",)
    return all("expression" in _said_of_half(half) for half in halves)


_SEEN = frozenset(
    {
        "cheer", "thumbs", "thumb", "shrug", "facepalm", "head", "cheeks", "hips", "flex",
        "crossed", "surrender", "pray", "sleep", "type", "deadlift", "finish", "jump", "kneel",
        "lotus", "run", "sit", "squat", "walk",
    }
)  # fmt: skip
"""Poses that are seen of who stands in a half, of the arms alone or from head to foot."""


def _against(first: Figure, last: Figure, sides: list[str]) -> Pair:
    """Return two people against each other: rich and poor differ in clothes and mood."""
    found = []
    if first == last:  # of two, one is no person whom anybody knows: somebody else
        last = first.model_copy(
            update={
                "skin": (first.skin + 2) % len(SKINS),
                "hair": (first.hair + 2) % len(HAIRS),
                "style": _OTHER_STYLE.get(first.style, first.style),
                "cloth": CLOTH[(CLOTH.index(first.cloth) + 3) % len(CLOTH)]
                if first.cloth in CLOTH
                else CLOTH[0],
                "clothes": "casual" if first.clothes in COSTUMES else first.clothes,
            }
        )
    for figure, side in zip((first, last), sides, strict=False):
        update: dict[str, object] = {"expression": "confident", "physique": "", "build": 1.0}
        if feels := matches("expressions", folded_words(side)):
            update["expression"] = feels[0]
        if said := builds_in(side):
            update |= built(said[-1])
        if _RICH.search(side):
            update |= {"clothes": "professional", "cloth": "#22304f"}
        if _POOR.search(side):
            update |= {"expression": "sad", "clothes": "casual", "cloth": "#7a7468"}
        found.append(figure.model_copy(update=update))
    return found[0], found[1]
