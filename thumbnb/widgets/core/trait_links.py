"""Traits of two widgets that are the same one."""

from __future__ import annotations

from typing import Any


def tie(source: Any, name: str, target: Any, other: str) -> None:
    """Give the target's trait the source's value, and keep both the same from then on.

    What is in them is compared by identity: pictures and arrays say of themselves
    neither that they are equal nor that they are not.
    """

    def follow(leader: Any, leads: str, follower: Any, follows: str) -> None:
        def take(_: Any = None) -> None:
            value = getattr(leader, leads)
            if getattr(follower, follows) is not value:
                setattr(follower, follows, value)

        leader.observe(take, leads)

    setattr(target, other, getattr(source, name))
    follow(source, name, target, other)
    follow(target, other, source, name)
