"""The requests for thumbnails: drafts of projects and what a start changes, within the limits."""

import uuid
from difflib import get_close_matches
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from thumbnb import render
from thumbnb.briefs import (
    MAX_BLUR,
    MAX_CONTENT_IMAGES,
    MAX_ENGINE,
    MAX_NEGATIVE_PROMPT,
    MAX_PERSON_NAME,
    MAX_PROJECT_NAME,
    MAX_PROMPT,
    MAX_TITLE,
    MAX_VARIATIONS,
    MIN_PROMPT,
    ClothingStyle,
    FaceEnhancement,
    FaceExpression,
    TextPosition,
)
from thumbnb.service.http.request_parser import Whole
from thumbnb.service.media.public_address import check_url
from thumbnb.service.refusal import Refusal, invalid
from thumbnb.service.tasks.image_sources import youtube_image_urls
from thumbnb.service.youthumb.dependencies import CamelRequestModel

# How long an address may be (characters).
MAX_ADDRESS = 2000

# The style sources; where several are given to a project the first of them counts.
STYLE_SOURCES = ("styleReferenceUrl", "youtubeUrl", "templateId")


def _prompt(value: str) -> str:
    if len(value.strip()) < MIN_PROMPT:
        raise ValueError(f"Should have at least {MIN_PROMPT} characters")
    return value


def _uuid(value: str) -> str:
    try:
        return str(uuid.UUID(value))
    except ValueError:
        raise ValueError("Should be a UUID") from None


def _address(value: str) -> str:
    try:
        check_url(value)
    except Refusal as refusal:
        raise ValueError(refusal.message) from None
    return value


def _youtube(value: str) -> str:
    if not youtube_image_urls(_address(value)):
        raise ValueError("Should be the address of a YouTube video")
    return value


def _preset(value: str) -> str:
    if value not in render.PRESETS:
        near = get_close_matches(value.lower(), render.PRESETS, n=1)
        hint = f"did you mean {near[0]}" if near else "which one did you mean"
        known = ", ".join(render.PRESETS)
        raise ValueError(f"There is no preset {value[:80]!r}: {hint}? There are {known}")
    return value


# Three characters, not counting white space around them.
_NOT_BLANK = {"pattern": r"\S[\s\S]+\S"}

Prompt = Annotated[
    str,
    Field(max_length=MAX_PROMPT, json_schema_extra=_NOT_BLANK),
    AfterValidator(_prompt),
]
Title = Annotated[str, Field(max_length=MAX_TITLE)]
ProjectName = Annotated[str, Field(max_length=MAX_PROJECT_NAME)]
PersonName = Annotated[str, Field(min_length=1, max_length=MAX_PERSON_NAME)]
Uuid = Annotated[
    str, Field(max_length=100, json_schema_extra={"format": "uuid"}), AfterValidator(_uuid)
]
Address = Annotated[
    str,
    Field(max_length=MAX_ADDRESS, json_schema_extra={"format": "uri"}),
    AfterValidator(_address),
]
YouTube = Annotated[
    str,
    Field(max_length=MAX_ADDRESS, json_schema_extra={"format": "uri"}),
    AfterValidator(_youtube),
]
Preset = Annotated[
    str, AfterValidator(_preset), Field(json_schema_extra={"enum": list(render.PRESETS)})
]


# What paints: a name of ``GET /engines``.
Engine = Annotated[str, Field(min_length=1, max_length=MAX_ENGINE)]


class AdvancedOptions(CamelRequestModel):
    """How a thumbnail is to be made."""

    variations: Annotated[Whole, Field(ge=1, le=MAX_VARIATIONS)] | None = None
    face_expression: FaceExpression | None = None
    text_position: TextPosition | None = None
    negative_prompt: Annotated[str, Field(max_length=MAX_NEGATIVE_PROMPT)] | None = None
    clothing_style: ClothingStyle | None = None
    face_enhancement: FaceEnhancement | None = None
    background_blur: Annotated[float, Field(ge=0, le=MAX_BLUR), AfterValidator(round)] | None = None


class ContentImage(CamelRequestModel):
    """An image to use: by its address, or by the id of an asset."""

    url: Address | None = None
    user_image_id: Uuid | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if (self.url is None) == (self.user_image_id is None):
            raise ValueError("Give either url or userImageId")
        return self

    @property
    def name(self) -> str:
        """What to call it where nobody has named it."""
        return file_name(self.url or "")


ContentImages = Annotated[list[ContentImage], Field(max_length=MAX_CONTENT_IMAGES)]


class DraftFields(CamelRequestModel):
    """The fields that a project and a start have in common."""

    title: Title | None = None
    preset_key: Preset | None = None
    person_id: Uuid | None = None
    person_name: PersonName | None = None
    style_reference_url: Address | None = None
    youtube_url: YouTube | None = None
    template_id: Uuid | None = None
    content_images: ContentImages | None = None
    advanced_options: AdvancedOptions | None = None
    engine: Engine | None = None

    def given(self, *names: str) -> list[str]:
        """Give those of these fields, by their names on the wire, that have a value."""
        fields = self.model_dump(by_alias=True, exclude_none=True)
        return [name for name in names if name in fields]

    @property
    def options(self) -> dict[str, Any]:
        """The options that are set, even to nothing."""
        options = self.advanced_options
        return {} if options is None else options.model_dump(by_alias=True, exclude_unset=True)

    def check_person(self) -> None:
        """Refuse two ways of naming a person."""
        if len(self.given("personId", "personName")) > 1:
            fault = "Give personId or personName, not both"
            raise invalid(fault, {"personName": [fault]})


class NewProject(DraftFields):
    """A project to be made."""

    prompt: Prompt
    project_name: ProjectName | None = None


class Overrides(DraftFields):
    """What one start changes; it is not kept."""

    prompt: Prompt | None = None
    source_result_id: Uuid | None = None

    def check_source(self) -> None:
        """Refuse more than one thing to take the style from."""
        given = self.given("presetKey", *STYLE_SOURCES, "sourceResultId")
        if len(given) > 1:
            fault = f"Give one source at a time, not {' and '.join(given)}"
            raise invalid(fault, {name: [fault] for name in given[1:]})


def file_name(url: str) -> str:
    """Give the last part of an address."""
    return urlsplit(url).path.rpartition("/")[2][:100]
