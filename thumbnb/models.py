"""Records of the services, as their official clients and ours read them.

Records are open: a field we do not know is kept (``record.model_extra``), and a
field we know may be absent or null, because the services' documents and their
clients differ on what is sent.
"""

from __future__ import annotations

from typing import Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic.alias_generators import to_camel

from thumbnb.briefs import argument_name


class Record(BaseModel):
    """A record of a service; unknown fields are kept."""

    model_config = ConfigDict(extra="allow", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _null_is_absent(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {name: value for name, value in data.items() if value is not None}


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
    fps: float | None = None
    stream_url: str | None = None
    player_url: str | None = None
    thumbnail_url: str | None = None

    @field_validator("length", "fps", mode="before")
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

    def __repr__(self) -> str:
        score = "" if self.score is None else f", {self.score:.2f}"
        why = f": {', '.join(self.reasons)}" if self.reasons else ""
        return f"<Suggestion {self.time:.2f} s{score}{why}>"


# -- YouThumb -----------------------------------------------------------


class CamelRecord(Record):
    """A record whose service writes names like ``createdAt``."""

    model_config = ConfigDict(
        extra="allow", frozen=True, alias_generator=to_camel, populate_by_name=True
    )


class ProjectRecord(CamelRecord):
    """A thumbnail project. ``status``: draft (or pending), processing, completed, failed."""

    id: str = Field(validation_alias=AliasChoices("projectId", "id"))
    status: str = "draft"
    name: str | None = Field(None, validation_alias=AliasChoices("projectName", "name"))
    is_favorite: bool | None = None
    created_at: str | None = None

    @field_validator("status")
    @classmethod
    def _one_word(cls, value: str) -> str:
        # The documents say "draft", the newer service "pending": the same to a user.
        return "draft" if value == "pending" else value


class Treatment(CamelRecord):
    """What became of one option: ``applied``, ``approximated`` or ``ignored``, and why.

    ``option`` is named as our methods name it: ``person``, ``background_blur``.
    """

    option: str
    outcome: str
    reason: str | None = None

    @field_validator("option")
    @classmethod
    def _by_our_name(cls, value: str) -> str:
        return argument_name(value)


class ResultRecord(CamelRecord):
    """One image of a job. ``seed``, ``scores`` and ``report`` come from the embedded service.

    ``engine`` painted it, for ``cost`` in ``currency`` where that is known.
    """

    id: str = ""
    url: str | None = None
    name: str | None = None
    width: int | None = None
    height: int | None = None
    seed: int | None = None
    scores: dict[str, float | None] | None = None
    report: list[Treatment] = []
    engine: str | None = None
    cost: float | None = None
    currency: str | None = None


class JobImages(CamelRecord):
    """The images of a job, by their role."""

    style_reference: list[ResultRecord] = []
    content: list[ResultRecord] = []
    faces: list[ResultRecord] = []
    results: list[ResultRecord] = []
    partial: list[ResultRecord] = []


class JobRecord(CamelRecord):
    """One generation. ``status``: pending, processing, completed, failed."""

    id: str = Field(validation_alias=AliasChoices("jobId", "id"))
    status: str = "pending"
    type: str | None = None
    user_prompt: str | None = None
    generated_file_url: str | None = None
    error_message: str | None = None
    images: JobImages = JobImages()
    metadata: dict[str, Any] | None = None
    is_favorite: bool | None = None
    created_at: str | None = None


class ProjectStatus(ProjectRecord):
    """A project with its jobs. ``pagination`` is there when a page was asked for."""

    jobs: list[JobRecord] = []
    summary: dict[str, Any] | None = None
    latest_generated_file_url: str | None = None
    pagination: dict[str, Any] | None = None


class StartRecord(CamelRecord):
    """A start that was taken. ``credits_consumed`` is what it costs."""

    project_id: str | None = None
    job_id: str | None = None
    status: str = "processing"
    credits_consumed: float | None = None


class PresetRecord(CamelRecord):
    """A style preset. ``sample_url`` is where an image of it is, where there is one."""

    key: str
    label: str | None = None
    emoji: str | None = None
    description: str | None = None
    sample_url: str | None = None

    def __repr__(self) -> str:
        return f"<Preset {self.key}{f': {self.description}' if self.description else ''}>"


class PersonRecord(CamelRecord):
    """A person whose face goes into thumbnails."""

    id: str
    name: str
    description: str | None = None
    is_default: bool | None = None
    image_count: int | None = None
    images: list[ResultRecord] = []
    created_at: str | None = None


class TemplateRecord(CamelRecord):
    """A template of the catalogue."""

    id: str
    name: str | None = Field(None, validation_alias=AliasChoices("name", "title"))
    description: str | None = None
    category: str | None = None
    image_url: str | None = Field(None, validation_alias=AliasChoices("imageUrl", "imagePath"))
    thumbnail_url: str | None = Field(
        None, validation_alias=AliasChoices("thumbnailUrl", "previewPath")
    )
    is_featured: bool | None = None
    tags: list[str] = []


class AssetRecord(CamelRecord):
    """An uploaded image. ``type``: face, template or bucket; a bucket's id is empty."""

    id: str = ""
    type: str | None = None
    url: str | None = None
    name: str | None = None
    description: str | None = None
    mime_type: str | None = None
    size: int | None = None
    width: int | None = None
    height: int | None = None
    created_at: str | None = None


class EngineRecord(CamelRecord):
    """An engine of a service; ``price`` is in words, None where none is known."""

    name: str
    is_default: bool = False
    references: int = 0
    seed: bool = False
    negative_prompt: bool = False
    partial_images: int = 0
    price: str | None = None
    currency: str | None = None
    spent: float | None = None
    budget: float | None = None


class UsageRecord(CamelRecord):
    """Credits and plan; what the service says beyond that is in ``model_extra``."""

    credits: float | None = Field(
        None, validation_alias=AliasChoices("credits", "balance", "creditsRemaining", "remaining")
    )
    plan: Any = None
