"""A video file in, frames out: exact ones, storyboards, suggestions.

Opening a video needs the decoder (PyAV) and loads it then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.lazy import attach

if TYPE_CHECKING:
    from thumbnb.frames.clip import Clip as Clip
    from thumbnb.frames.clip import open_clip
    from thumbnb.frames.decoder import Frame as Frame
    from thumbnb.frames.pool import Pool as Pool
    from thumbnb.frames.proxy.store import ProxyStore as ProxyStore
    from thumbnb.frames.storyboard import Storyboard as Storyboard
    from thumbnb.frames.suggest import Suggestion as Suggestion

    open = open_clip  # noqa: A001 (it is frames.open)

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "Clip": "clip",
        "Frame": "decoder",
        "Pool": "pool",
        "ProxyStore": "proxy.store",
        "Storyboard": "storyboard",
        "Suggestion": "suggest",
        "open": "clip:open_clip",
    },
)
