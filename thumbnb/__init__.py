"""thumbnb: the Jupyter toolkit for making video thumbnails.

>>> import thumbnb as tb
>>> client = tb.connect()  # doctest: +SKIP
>>> video = client.upload(tb.sample_video())  # doctest: +SKIP
>>> video.generate_thumbnail(time=5).image  # doctest: +SKIP

Names are imported when they are first used, so that ``import thumbnb`` costs little.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from thumbnb import errors as errors
    from thumbnb import frames as frames
    from thumbnb.client.client import Client as Client
    from thumbnb.client.collection import Collection as Collection
    from thumbnb.client.connect import connect as connect
    from thumbnb.client.job import Job as Job
    from thumbnb.client.job import Progress as Progress
    from thumbnb.client.storyboard import Storyboard as Storyboard
    from thumbnb.client.thumbnail import Thumbnail as Thumbnail
    from thumbnb.client.thumbnail import Thumbnails as Thumbnails
    from thumbnb.client.video import Video as Video
    from thumbnb.errors import ThumbnbError as ThumbnbError
    from thumbnb.frames.sample import sample_video as sample_video

__version__ = "0.1.0"

_HOMES = {
    "Client": "client.client",
    "Collection": "client.collection",
    "Job": "client.job",
    "Progress": "client.job",
    "Storyboard": "client.storyboard",
    "Thumbnail": "client.thumbnail",
    "Thumbnails": "client.thumbnail",
    "ThumbnbError": "errors",
    "Video": "client.video",
    "connect": "client.connect",
    "sample_video": "frames.sample",
}
_ROOMS = ("errors", "frames")

__all__ = [*_HOMES, *_ROOMS, "__version__"]  # noqa: PLE0604  - the names above, once


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f"thumbnb.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'thumbnb' has no attribute {name!r}")
    value = getattr(import_module(f"thumbnb.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
