"""Qualifiers that a drawing cannot show: an open laptop, a futuristic car."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thumbnb.render import objects
from thumbnb.render.objects.vocabulary.thing_kinds import SHINING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.objects import Match

_VISIBLE = frozenset(
    {
        "abandoned", "ancient", "broken", "burning", "classic", "closed", "cold", "empty", "frozen",
        "full", "futuristic", "glossy", "glowing", "hidden", "hot", "juicy", "lit", "long", "matte",
        "modern", "narrow", "old", "open", "retro", "sharp", "shiny", "short", "sparkling", "tall",
        "thick", "thin", "vintage",
    }
)  # fmt: skip
"""Adjectives that prompts are full of and that say what a thing looks like."""

_HOLD_SOMETHING = frozenset(
    {
        "bathtub", "beer", "bucket", "cast-iron-pan", "coffee", "cooking-pot", "fridge",
        "frying-pan", "milk", "shopping-cart", "sofa", "treasure-chest", "wallet", "wine",
    }
)  # fmt: skip
"""What is not drawn empty."""

_WORD = re.compile(r"[^\W\d_][\w'-]*")
_REACH = 3


def unshown_qualifiers(
    text: str, match: Match, shown: Sequence[tuple[int, int]], *, state: str, worn: bool
) -> list[str]:
    """Return the qualifiers said of a thing that are not seen, with its word: "open (laptop)".

    ``shown`` are the parts of the text that say its state or colour; ``state`` is that state,
    ``worn`` whether it looks old: rusty, dirty, broken.
    """
    found: list[str] = []
    end = match.start
    for word in list(_WORD.finditer(text[: match.start]))[: -1 - _REACH : -1]:
        folded = objects.fold(word[0])
        between = text[word.end() : end].strip()
        if between or objects.is_function_word(folded):
            break
        end = word.start()
        said = any(first <= word.start() < last for first, last in shown)
        if said or folded not in _VISIBLE:
            continue
        if folded == "empty" and match.name not in _HOLD_SOMETHING:
            continue
        if (state and folded == state) or (folded == "glowing" and match.name in SHINING):
            continue
        if worn and folded in {"abandoned", "ancient", "old", "vintage"}:
            continue
        found.append(f"{word[0]} ({match.word})")
    return found
