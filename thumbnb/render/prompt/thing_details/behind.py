"""What is behind somebody, between two or in the sky: "a ghost behind him"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.thing_kinds import HEAVENLY, HELD

if TYPE_CHECKING:
    from thumbnb.render.objects import Match

_BEHIND = re.compile(
    r"\s+(?:is\s+|are\s+)?(?:[^\W\d_]+(?:ing|s)\s+|right\s+)?(?:behind|over)\s+(?:him|her|them|me|us|you|"
    r"(?:an?|the|his|her)\s+(?:[^\W\d_]+\s+)?(?:man|woman|boy|girl|kid|child|teenager|couple|"
    r"person|back|shoulder))\b",
    re.IGNORECASE,
)
_IN_FRONT_OF = re.compile(
    r"\b(?:in\s+front\s+of|(?:standing|silhouetted)\s+before)\s+(?:an?|the|his|her|some|two|three)?\s*"
    r"(?:[^\W\d_]+(?:-[^\W\d_]+)?\s+){0,3}\Z",
    re.IGNORECASE,
)
_IN_DOORWAY = re.compile(
    r"\b(?:in|through|from)\s+(?:an?|the|his|her|its)?\s*(?:[^\W\d_]+\s+){0,3}\Z", re.IGNORECASE
)
_LOOKED_AT = frozenset(
    {
        "arcade-machine", "blackboard", "camera", "laptop", "monitor", "microphone", "piano",
        "retro-computer", "television", "typewriter",
    }
)  # fmt: skip
"""Who is in front of one of these looks at it: it is no more behind them than a cup."""


_ON_SHOULDER = re.compile(
    r"\s+(?:slung\s+|resting\s+)?(?:over|on)\s+(?:his|her|their|one|the)\s+shoulders?",
    re.IGNORECASE,
)
"""What somebody carries: an axe over her shoulder."""


def is_behind(text: str, match: Match) -> bool:
    """Whether what a text names stands behind somebody or something else.

    "a man in front of his laptop" has it before him.
    """
    if match.name in HELD and _ON_SHOULDER.match(text, match.end):
        return False
    if _BEHIND.match(text, match.end):
        return True
    if match.name == "door" and _IN_DOORWAY.search(text[: match.start]):
        return True
    small = match.name in _LOOKED_AT | HELD
    return not small and bool(_IN_FRONT_OF.search(text[: match.start]))


_IN_SKY = re.compile(
    r"\s+(?:[^\W\d_]+\s+){0,3}?(?:in|across|low\s+in|high\s+in)\s+(?:(?:the|a)\s+)?(?:[^\W\d_]+\s+)?sky\b|"
    r"\s+(?:[^\W\d_]+ing\s+)?(?:high\s+)?(?:above|overhead|over\s+the\s+horizon|on\s+the\s+horizon)\b",
    re.IGNORECASE,
)


def is_in_sky(text: str, match: Match) -> bool:
    """Whether a body of the sky is said to be there: "the earth small in the sky"."""
    return match.name in HEAVENLY and bool(_IN_SKY.match(text, match.end))


_BETWEEN_TWO = re.compile(
    r"\s+(?:is\s+|are\s+)?(?:[^\W\d_]+ing\s+|right\s+)?(?:in\s+)?between\s+"
    r"(?:them|both|(?:the\s+)?two)\b",
    re.IGNORECASE,
)


def is_between(text: str, match: Match) -> bool:
    """Whether what a text names is between two others: "a red bolt between them"."""
    return bool(_BETWEEN_TWO.match(text, match.end))
