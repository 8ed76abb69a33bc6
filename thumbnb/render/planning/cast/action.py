"""What people drawn do: their pose, where they look, whether they flee."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb.render.prompt.people.actions import Act
from thumbnb.render.prompt.people.features import pose_of
from thumbnb.render.prompt.people.named_people import costume_of

if TYPE_CHECKING:
    from thumbnb.render.prompt.parser import ParsedPrompt


@dataclass(frozen=True, slots=True)
class Action:
    """What people do: each part empty where a prompt says nothing of it.

    ``pose`` is one of ``figures.poses``, ``usual`` the pose that people of their role take else;
    ``look`` is where they look: at a "thing", the "viewer", "up" or "down".
    """

    pose: str = ""
    usual: str = ""
    look: str = ""
    fleeing: bool = False
    """They run away from what is beside them."""
    act: Act | None = None
    """What they do to something or somebody."""


_BUSY = frozenset({"type", "drive", "call", "selfie", "hug", "strum", "speak", "surf", "skate"})
"""Poses that say more than that somebody walks or sits with them."""


def action_of(prompt: ParsedPrompt) -> Action:
    """Return what people do as a prompt, or else their role, says."""
    role = next(iter(prompt.people.roles), "")
    usual = pose_of(role)
    # Who sleeps at a desk does not type there.
    busy = prompt.pose in _BUSY and prompt.move != "sleep"
    said = prompt.pose if busy else prompt.move or prompt.pose
    if (prompt.tiny_people or prompt.silhouettes) and not said:
        said = "stand"  # from head to foot, beside what is large, or before a light
    return Action(
        usual if usual in _ON_BOARDS and said in _MOVING else said,
        usual,
        prompt.look or ("thing" if prompt.tiny_people else ""),
        prompt.fleeing,
        prompt.act or _eyeing(prompt) if prompt.people.kinds else None,
    )


_ON_BOARDS = frozenset({"skate", "surf", "ski", "snowboard"})
_MOVING = frozenset({"jump", "run", "fall"})
"""Who is on a board does that on it."""


def _eyeing(prompt: ParsedPrompt) -> Act | None:
    """Return what two fighters do of whom nothing is said: they eye each other."""
    roles = prompt.people.roles
    rivals = len(roles) == len(prompt.people.kinds) == _PAIR
    if rivals and all(costume_of(role) == "boxer" for role in roles) and not prompt.move:
        return Act("stare", to_people=True, mutual=True)
    return None


_PAIR = 2
