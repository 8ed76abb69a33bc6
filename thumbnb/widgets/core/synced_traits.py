"""Traits the browser shares. A tag that is forgotten is a widget that never updates."""

from __future__ import annotations

from typing import Any

import traitlets


class _Synced:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tag(sync=True)  # type: ignore[attr-defined]


class Bool(_Synced, traitlets.Bool):  # type: ignore[type-arg]
    """True or false, shared."""


class Choice(_Synced, traitlets.Enum):  # type: ignore[type-arg]
    """One of a few words, shared."""


class Dict(_Synced, traitlets.Dict):
    """JSON by name, shared."""


class Float(_Synced, traitlets.Float):  # type: ignore[type-arg]
    """A number, shared."""


class Int(_Synced, traitlets.Int):  # type: ignore[type-arg]
    """A whole number, shared."""


class List(_Synced, traitlets.List):  # type: ignore[type-arg]
    """JSON in order, shared."""


class Text(_Synced, traitlets.Unicode):  # type: ignore[type-arg]
    """A text, shared; shown as text and never as HTML."""
