"""What each image of a prompt is for: the background, one half, a logo, what a screen shows."""

from __future__ import annotations

import re
from typing import Literal

from thumbnb.render.prompt.images.photo_words import CLAUSES
from thumbnb.render.prompt.images.relations import front_and_background
from thumbnb.render.prompt.images.screens import devices_showing
from thumbnb.render.prompt.words.folded_words import folded_words
from thumbnb.text import image_tokens

Role = Literal["background", "front", "screen", "beside", "main", "before", "after", "logo"]

_IN_FRONT_OF = r"in front of"
"""What stands before a background, and behind who is in front of one."""

_ROLE_WORDS: tuple[tuple[Role, str], ...] = (
    ("background", r"(background|backdrop|behind|scenery|fondo|arriere|hintergrund)"),
    ("background", _IN_FRONT_OF),
    ("beside", r"(next to|beside|alongside|holding|junto a|al lado de|neben|a cote de)"),
    ("before", r"(before|antes|avant|vorher|old)"),
    ("after", r"(after|despues|apres|nachher|new)"),
    ("logo", r"(logo|brand|watermark|icon)"),
)


_BOTH = re.compile(
    r"\b(?:before\s*(?:and|&|/|vs\.?|to)\s*after|antes\s+y\s+despues|vorher\s*/?\s*nachher|"
    r"avant\s*/?\s*apres)\b",
    re.IGNORECASE,
)


_BESIDE_IMAGE = re.compile(r"\b(?:next\s+to|beside|near)\s+@image\d", re.IGNORECASE)
"""Somebody else is there, beside the photo: its subject is not cut out."""


def roles_before_place(prompt: str, *, behind: bool, coloured: bool) -> dict[int, Role]:
    """Read what each @imageN is for; the subject of one alone stands before a place or a colour.

    ``behind``: a place is to be behind it; ``coloured``: a colour is.
    """
    roles = roles_of_images(prompt)
    if behind or (coloured and len(roles) == 1 and not _BESIDE_IMAGE.search(prompt)):
        return roles | dict.fromkeys(roles, "front")
    return roles


def roles_of_images(prompt: str) -> dict[int, Role]:
    """Read what each @imageN is for from the words around it, in its own clause."""
    roles: dict[int, Role] = {}
    # "Before and after: a dark room @image1, ..." calls none of them so.
    for clause in CLAUSES.split(_BOTH.sub(" ", prompt)):
        tokens = list(image_tokens.find(clause))
        for number, place in front_and_background(clause, tokens):
            roles.setdefault(number, place)
        for i, (number, start, end) in enumerate(tokens):
            last_end = tokens[i - 1][2] if i else 0
            next_start = tokens[i + 1][1] if i + 1 < len(tokens) else len(clause)
            before = " ".join(folded_words(clause[last_end:start]))
            after = " ".join(folded_words(clause[end:next_start]))
            for role, pattern in _ROLE_WORDS:
                # "Before @image1, after @image2": these two stand in front of theirs.
                leads = role in {"before", "after", "beside"} or pattern == _IN_FRONT_OF
                near = before if leads else f"{before} {after}"
                if re.search(rf"\b{pattern}\b", near):
                    roles.setdefault(number, role)
    shown: dict[int, Role] = dict.fromkeys(devices_showing(prompt), "screen")
    return roles | shown


_FILLS = re.compile(
    r"\b(?:fill(?:s|ing)?\s+(?:up\s+)?(?:(?:all\s+of|all|up)\s+)?(?:the\s+)?(?:whole\s+|entire\s+|full\s+)?"
    r"(?:frame|screen|image|picture|background|thumbnail)|full[\s-](?:frame|screen|bleed|background)|"
    r"(?:whole|entire|full)\s+background|edge\s+to\s+edge)\b",
    re.IGNORECASE,
)


def fills_all(prompt: str) -> bool:
    """Whether a prompt says that its photo fills the frame: no side of it is left plain."""
    return bool(_FILLS.search(prompt))
