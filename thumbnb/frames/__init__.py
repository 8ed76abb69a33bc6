"""A video file in, frames out: exact ones, storyboards, suggestions.

Opening a video needs the decoder (PyAV) and loads it then; the size arithmetic
(:func:`cover`, :func:`fit_size`) needs Pillow only.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from thumbnb.frames.clip import Clip, Frame
    from thumbnb.frames.clip import open_clip as open  # noqa: A004 (it is frames.open)
    from thumbnb.frames.fit import cover, fit_size
    from thumbnb.frames.pool import Pool
    from thumbnb.frames.sample import sample_video
    from thumbnb.frames.storyboard import Storyboard
    from thumbnb.frames.suggest import Suggestion

__all__ = [
    "Clip",
    "Frame",
    "Pool",
    "Storyboard",
    "Suggestion",
    "cover",
    "fit_size",
    "open",
    "sample_video",
]

_HOME = {
    "Clip": ("clip", "Clip"),
    "Frame": ("clip", "Frame"),
    "Pool": ("pool", "Pool"),
    "Storyboard": ("storyboard", "Storyboard"),
    "Suggestion": ("suggest", "Suggestion"),
    "cover": ("fit", "cover"),
    "fit_size": ("fit", "fit_size"),
    "open": ("clip", "open_clip"),
    "sample_video": ("sample", "sample_video"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOME[name]
    value = getattr(import_module(f"{__name__}.{module}"), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
