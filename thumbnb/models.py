"""What travels: the records of the services, as both their clients and ours read them.

Records are open: a field we do not know is kept (``record.model_extra``), and a
field we know may be absent, because the services' documents and their clients
differ on what is sent.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator


class Record(BaseModel):
    """Something a service told us; unknown fields are kept."""

    model_config = ConfigDict(extra="allow", frozen=True)


class CollectionRecord(Record):
    """A collection of videos and images."""

    id: str
    name: str | None = None
    description: str | None = None
    is_public: bool | None = None


class VideoRecord(Record):
    """A stored video. ``length`` is in seconds."""

    id: str
    collection_id: str | None = None
    name: str | None = None
    description: str | None = None
    length: float | None = None
    width: int | None = None
    height: int | None = None
    stream_url: str | None = None
    player_url: str | None = None
    thumbnail_url: str | None = None

    @field_validator("length", mode="before")
    @classmethod
    def _number_or_nothing(cls, value: Any) -> Any:
        # Seen in the wild: a number, the same as text, null, and "".
        return None if value == "" else value


class ImageRecord(Record):
    """A stored image. ``time`` is the second of its video it shows, where it shows one."""

    id: str
    collection_id: str | None = None
    name: str | None = None
    url: str | None = None
    time: float | None = None
    width: int | None = None
    height: int | None = None


class StoryboardRecord(Record):
    """A sheet of small frames and how to cut it: tile ``i`` shows second ``times[i]``.

    Tiles run left to right, top to bottom, ``columns`` in a row, each
    ``tile_width`` x ``tile_height`` pixels; ``interval`` is the mean distance
    between them in seconds.
    """

    url: str
    tile_width: int
    tile_height: int
    columns: int
    count: int
    interval: float
    times: list[float]


class SuggestionRecord(Record):
    """A second of a video that would make a good thumbnail, and why."""

    time: float
    score: float | None = None
    reasons: list[str] = []
