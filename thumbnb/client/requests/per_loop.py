"""Objects shared by name by all code on one event loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")


class PerLoop(Generic[T]):
    """Objects that are shared by name, belong to a loop and end with it.

    Two clients of one process share what a host allows; but a lock, a time and a
    timer mean something on their own loop only.
    """

    def __init__(self) -> None:
        self._kept: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[Hashable, T]]
        self._kept = WeakKeyDictionary()

    def get(self, name: Hashable, make: Callable[[], T]) -> T:
        """Return the object of that name on the running loop; it is made at first use."""
        named = self._kept.setdefault(asyncio.get_running_loop(), {})
        if name not in named:
            named[name] = make()
        return named[name]
