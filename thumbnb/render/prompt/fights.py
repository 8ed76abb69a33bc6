"""Games: no gamepad beside what a game shows, a fight where it is fought."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.prompt.things import NamedThing

_CONTROLLER = re.compile(
    r"\b(?:controllers?|gamepads?|joypads?|mando|manette|controle)\b", re.IGNORECASE
)

_FOUGHT = frozenset(
    {
        "alien", "axe", "bow-and-arrow", "devil", "dragon", "giant", "goblin", "knight-helmet",
        "monster", "shield", "sword", "zombie",
    }
)  # fmt: skip
"""What there is a fight with in a game."""

_GAMERS_ROOM = re.compile(
    r"\b(?:gam(?:er|ing)\s*(?:room|setup|bedroom|chair|desk|pc)|bedroom|streamer|gamer|setup)\b",
    re.IGNORECASE,
)

_COMPARED = re.compile(
    r"\b(?:vs|versus|compar\w*|side\s+by\s+side|against|which|vergleich\w*|face\s+à\s+face)\b",
    re.IGNORECASE,
)


def is_pair(text: str) -> bool:
    """Whether a text puts two against each other."""
    return bool(_COMPARED.search(text))


def without_game_signs(
    things: Sequence[NamedThing], *, somebody: bool, pair: bool
) -> tuple[NamedThing, ...]:
    """Leave out the gamepad that a game's name stands for, where something of it is shown."""
    others = [thing for thing in things if thing.name != "game-controller"]
    if pair or not (others or somebody):
        return tuple(things)
    return tuple(
        thing
        for thing in things
        if thing.name != "game-controller" or _CONTROLLER.search(thing.word)
    )


def fights_in_game(text: str, things: Sequence[NamedThing], roles: Sequence[str]) -> bool:
    """Whether a game's creature or knight fights, and nobody sits before a screen."""
    fought = {thing.name for thing in things} & _FOUGHT or {*roles} & {"knight", "warrior"}
    return bool(fought) and not _GAMERS_ROOM.search(text)
