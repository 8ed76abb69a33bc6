"""Links between the traits of two widgets."""

from __future__ import annotations

from typing import Any


def link_traits(source: Any, name: str, target: Any, target_name: str) -> None:
    """Give a target's trait the source's value, and keep both the same from then on.

    ``traitlets.link`` compares values by ``==``; here they are compared by identity,
    because an array has no truth value for it.
    """

    def follow(leader: Any, leads: str, follower: Any, follows: str) -> None:
        def take(_: Any = None) -> None:
            value = getattr(leader, leads)
            if getattr(follower, follows) is not value:
                setattr(follower, follows, value)

        leader.observe(take, leads)

    setattr(target, target_name, getattr(source, name))
    follow(source, name, target, target_name)
    follow(target, target_name, source, name)
