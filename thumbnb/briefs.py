"""Request bodies for YouThumb: drafts, options and changes, checked before they are sent.

The limits are those of its contract, and every message names them.
"""

from __future__ import annotations

import inspect
import operator
import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, TypedDict, Unpack
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic.alias_generators import to_camel, to_snake

from thumbnb.errors import InvalidInput
from thumbnb.text.short_repr import short_repr

FaceExpression = Literal[
    "neutral", "happy", "surprised", "excited", "serious", "confident", "keep-original"
]
TextPosition = Literal["top", "center", "bottom", "none", "keep-original"]
ClothingStyle = Literal[
    "casual", "professional", "sporty", "elegant", "streetwear", "keep-original"
]
FaceEnhancement = Literal["subtle", "normal", "enhanced", "keep-original"]

# The limits of the contract, for both sides of it; lengths in characters.
MAX_CONTENT_IMAGES = 5
MIN_PROMPT, MAX_PROMPT = 3, 2000
MAX_TITLE = 200
MAX_PROJECT_NAME = 100
MAX_PERSON_NAME = 100
MAX_DESCRIPTION = 500
MAX_NEGATIVE_PROMPT = 500
MAX_VARIATIONS = 4
MAX_ENGINE = 100

COMPOSITOR = "compositor"
"""The name of the engine that is always there, and needs nobody to paint before."""
MAX_BLUR = 100

_YOUTUBE_HOST = r"(^|\.)(youtube\.com|youtube-nocookie\.com|youtu\.be)$"


class Bounds(NamedTuple):
    """The lowest and highest value of a numeric field, for controls that are made of it."""

    ge: int
    le: int


def _integer(value: Any) -> Any:
    # numpy's integers are numbers to a user; True is not.
    if isinstance(value, bool | type):
        raise ValueError("not a number")  # noqa: TRY004  - pydantic's way
    try:
        return operator.index(value)
    except Exception:  # noqa: BLE001 - pydantic says what it is
        return value


def _number(low: int, high: int) -> Any:
    words = f"a whole number from {low} to {high}"
    return (
        BeforeValidator(_integer),
        Field(description=words),
        AfterValidator(_within(low, high)),
        Bounds(low, high),
    )


def _within(low: int, high: int) -> Callable[[int | None], int | None]:
    def check(value: int | None) -> int | None:
        if value is not None and not low <= value <= high:
            raise ValueError("out of range")
        return value

    return check


def _text(low: int, high: int) -> Any:
    words = f"a text of {low} to {high} characters" if low else f"a text of up to {high} characters"
    return Field(min_length=low, max_length=high, description=words)


def _youtube(value: str | None) -> str | None:
    parts = urlsplit(value or "https://youtu.be")  # ValueError, where it is no address at all
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not re.search(_YOUTUBE_HOST, host):
        raise ValueError("not YouTube's")
    return value


class RequestBody(BaseModel):
    """A request body: checked when it is made; unknown names are refused."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=to_camel, populate_by_name=True
    )

    def __init__(self, **fields: Any) -> None:
        try:
            super().__init__(**fields)
        except ValidationError as error:
            raise InvalidInput(_explain(error, type(self))) from None

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Show the fields by our own names in help and completions, without pydantic's insides."""
        super().__pydantic_init_subclass__(**kwargs)
        parameters = [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if field.is_required() else field.default,
                annotation=field.annotation,
            )
            for name, field in cls.model_fields.items()
        ]
        cls.__signature__ = inspect.Signature(parameters)

    @classmethod
    def faults(cls, **fields: Any) -> dict[str, str]:
        """Return what is wrong with each field, in words; ``""`` is all of them together."""
        try:
            BaseModel.__init__(cls.__new__(cls), **fields)
        except ValidationError as error:
            return dict(_faults(cls, error))
        return {}

    def wire(self) -> dict[str, Any]:
        """Return what is set, under the service's names."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


# The keywords of our methods, where the service's fields have other names.
ARGUMENTS = {
    "project_name": "name",
    "person_id": "person",
    "person_name": "person",
    "template_id": "template",
    "style_reference_url": "style_reference",
    "preset_key": "preset",
    "source_result_id": "source",
    "advanced_options": "options",
    "image_ids": "images",
}


def argument_name(field: str) -> str:
    """Return the keyword of our methods for a field of the service, whichever way it is written.

    >>> argument_name("personId"), argument_name("advancedOptions.backgroundBlur")
    ('person', 'background_blur')
    """
    path = [to_snake(part) for part in field.split(".")]
    if path[0] == "advanced_options" and len(path) > 1:
        path = path[1:]
    return ".".join([ARGUMENTS.get(path[0], path[0]), *path[1:]])


def _explain(error: ValidationError, kind: type[RequestBody]) -> str:
    words = "; ".join(words for _, words in _faults(kind, error))
    keywords = {argument_name(name) for name in kind.model_fields}
    if words.partition(" ")[0] not in keywords:  # which stand as they are written
        words = words[:1].upper() + words[1:]
    return words if words.endswith("?") else f"{words}."


def _faults(kind: type[RequestBody], error: ValidationError) -> list[tuple[str, str]]:
    """Say by our own names what is wrong with each field and what it may be."""
    names = {field.alias or name: name for name, field in kind.model_fields.items()}
    faults = []
    for fault in error.errors():
        path = str(fault["loc"][0]) if fault["loc"] else ""
        name = names.get(path, path)
        field = kind.model_fields.get(name)
        called = argument_name(name)
        if fault["type"] == "extra_forbidden":
            words = _no_option(name, kind)
        elif fault["type"] == "missing":
            words = f"{called} is needed"
        elif field is not None and field.description and len(fault["loc"]) == 1:
            words = f"{called} is {field.description}, not {_short(fault['input'])}"
        elif fault["type"] == "literal_error":
            words = _no_choice(called, fault["input"], fault["ctx"]["expected"])
        else:
            message = fault["msg"].removeprefix("Value error, ").rstrip(".")
            plain = _PYDANTIC.get(fault["type"])
            words = f"{called} {plain}" if plain else f"{called}: {message}" if name else message
        faults.append((name, words))
    return faults


# What pydantic says, as somebody would say it who is no programmer.
_PYDANTIC = {
    "model_type": "are given by name, as in options={'variations': 4}",
    "string_type": "is a text",
    "string_unicode": "is a text that can be written to a file",
    "list_type": "is a list",
}


def _no_option(name: str, kind: type[RequestBody]) -> str:
    """Return the message for an unknown field, with the nearest name."""
    near = get_close_matches(name, kind.model_fields, n=1)
    there = ", ".join(argument_name(each) for each in kind.model_fields)
    return f"there is no option {_short(name)}" + (
        f": did you mean {argument_name(near[0])}?" if near else f": there are {there}"
    )


def _no_choice(name: str, value: Any, expected: str) -> str:
    choices = re.findall("'([^']*)'", expected)
    near = get_close_matches(value.lower(), choices, n=1) if isinstance(value, str) else []
    hint = f": did you mean {near[0]!r}?" if near else ""
    return f"{name} is {expected}, not {_short(value)}{hint}"


def _short(value: Any) -> str:
    if isinstance(value, str):
        return f"one of {len(value)}" if len(value) > 40 else repr(value)  # noqa: PLR2004
    if isinstance(value, list | tuple):
        return f"{len(value)} of them"
    plain = value is None or isinstance(value, bool | int | float)
    return short_repr(value, 40) if plain else f"a {type(value).__name__}"


class OptionsDict(TypedDict, total=False):
    """The advanced options as a mapping, so that an editor completes their names."""

    variations: int
    face_expression: FaceExpression
    text_position: TextPosition
    negative_prompt: str
    clothing_style: ClothingStyle
    face_enhancement: FaceEnhancement
    background_blur: int


class AdvancedOptions(RequestBody):
    """How a thumbnail is to be made; what is left unset the service decides.

    ``variations`` 1-4 (each costs a credit); ``background_blur`` 0-100 percent;
    ``negative_prompt`` up to 500 characters on what to avoid. The others take the
    words their types list.

    >>> AdvancedOptions(variations=4, background_blur=60, text_position="top").wire()
    {'variations': 4, 'textPosition': 'top', 'backgroundBlur': 60}
    """

    variations: Annotated[int | None, *_number(1, MAX_VARIATIONS)] = None
    face_expression: FaceExpression | None = None
    text_position: TextPosition | None = None
    negative_prompt: Annotated[str | None, _text(0, MAX_NEGATIVE_PROMPT)] = None
    clothing_style: ClothingStyle | None = None
    face_enhancement: FaceEnhancement | None = None
    background_blur: Annotated[int | None, *_number(0, MAX_BLUR)] = None

    if TYPE_CHECKING:

        def __init__(self, **fields: Unpack[OptionsDict]) -> None: ...


def options_of(given: AdvancedOptions | Mapping[str, Any] | None) -> AdvancedOptions | None:
    """Return the advanced options; a mapping will do."""
    if given is None or isinstance(given, AdvancedOptions):
        return given
    if not isinstance(given, Mapping) or not all(isinstance(name, str) for name in given):
        raise InvalidInput(
            f"options are given by name, not as {short_repr(given)}.",
            hint="As in options={'variations': 4}, or tb.AdvancedOptions(variations=4).",
        )
    return AdvancedOptions(**given)


class ContentImage(RequestBody):
    """An image to use, by its address or by the id of an asset."""

    url: str | None = None
    user_image_id: str | None = None


ContentImages = Annotated[
    list[ContentImage] | None,
    Field(max_length=MAX_CONTENT_IMAGES, description=f"up to {MAX_CONTENT_IMAGES} images"),
]


YouTubeAddress = Annotated[
    str | None,
    AfterValidator(_youtube),
    Field(description="the address of a YouTube video, like https://youtu.be/..."),
]


class ProjectDraft(RequestBody):
    """A thumbnail to be made, as YouThumb's ``POST /thumbnails`` takes it."""

    prompt: Annotated[str, _text(MIN_PROMPT, MAX_PROMPT)]
    preset_key: str | None = None
    title: Annotated[str | None, _text(0, MAX_TITLE)] = None
    project_name: Annotated[str | None, _text(0, MAX_PROJECT_NAME)] = None
    person_id: str | None = None
    person_name: Annotated[str | None, _text(1, MAX_PERSON_NAME)] = None
    template_id: str | None = None
    style_reference_url: str | None = None
    youtube_url: YouTubeAddress = None
    content_images: ContentImages = None
    advanced_options: AdvancedOptions | None = None
    engine: Annotated[str | None, _text(1, MAX_ENGINE)] = None

    @model_validator(mode="after")
    def _one_of_each(self) -> ProjectDraft:
        if self.person_id and self.person_name:
            raise ValueError("give a person by id or by name, not both")
        _one_source(self, "style_reference_url", "youtube_url", "template_id")
        return self


class StartOverrides(RequestBody):
    """Changes for one start, not kept in the project. ``person_id=""`` is no person."""

    prompt: Annotated[str | None, _text(MIN_PROMPT, MAX_PROMPT)] = None
    title: Annotated[str | None, _text(0, MAX_TITLE)] = None
    person_id: str | None = None
    preset_key: str | None = None
    template_id: str | None = None
    style_reference_url: str | None = None
    youtube_url: YouTubeAddress = None
    source_result_id: str | None = None
    content_images: ContentImages = None
    advanced_options: AdvancedOptions | None = None
    engine: Annotated[str | None, _text(1, MAX_ENGINE)] = None

    @model_validator(mode="after")
    def _one_of_each(self) -> StartOverrides:
        _one_source(
            self,
            "preset_key",
            "style_reference_url",
            "youtube_url",
            "template_id",
            "source_result_id",
        )
        return self

    def wire(self) -> dict[str, Any]:
        """Return what is set, under the service's names."""
        sent = super().wire()
        return {**sent, "personId": None} if self.person_id == "" else sent


class PersonDraft(RequestBody):
    """A person to be made."""

    name: Annotated[str, _text(1, MAX_PERSON_NAME)]
    description: Annotated[str | None, _text(0, MAX_DESCRIPTION)] = None
    image_ids: list[str] | None = None


def _one_source(what: RequestBody, *names: str) -> None:
    given = [name for name in names if getattr(what, name)]
    if len(given) > 1:
        raise ValueError(f"one style source at a time, not {' and '.join(given)}")
