"""Traits that are synced with the browser; a forgotten tag is a widget that never updates."""

from __future__ import annotations

from typing import Any

import traitlets


class _Synced:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tag(sync=True)  # type: ignore[attr-defined]


class Bool(_Synced, traitlets.Bool):  # type: ignore[type-arg]
    """True or false."""


class Choice(_Synced, traitlets.Enum):  # type: ignore[type-arg]
    """One of a few words."""


class Dict(_Synced, traitlets.Dict):
    """JSON by name."""


class Float(_Synced, traitlets.Float):  # type: ignore[type-arg]
    """A number."""


class Int(_Synced, traitlets.Int):  # type: ignore[type-arg]
    """A whole number."""


class List(_Synced, traitlets.List):  # type: ignore[type-arg]
    """JSON in order."""


class Text(_Synced, traitlets.Unicode):  # type: ignore[type-arg]
    """A text; shown as text and never as HTML."""
