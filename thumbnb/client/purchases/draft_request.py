"""Draft requests: a user's brief is checked, its images uploaded, its tokens completed."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Generic, TypedDict, TypeVar
from uuid import UUID

from thumbnb import errors
from thumbnb.arguments.checks import keyword_hint
from thumbnb.briefs import (
    MAX_CONTENT_IMAGES,
    MAX_PROMPT,
    ContentImage,
    ProjectDraft,
    RequestBody,
    options_of,
)
from thumbnb.client.purchases.assets import image_list, name_of
from thumbnb.text import image_tokens
from thumbnb.text.short_repr import short_repr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from thumbnb.briefs import AdvancedOptions, OptionsDict
    from thumbnb.client.images.results import Result
    from thumbnb.client.purchases.assets import Assets, EncodedImage, ImageInput
    from thumbnb.models import PresetRecord, TemplateRecord

S = TypeVar("S", bound=RequestBody)


class GenerationChanges(TypedDict, total=False):
    """What one start can change of a project's brief."""

    prompt: str | None
    title: str | None
    preset: str | PresetRecord | None
    person: Any  # a Person, or its id: its class stands above this module
    content_images: Iterable[ImageInput] | ImageInput | None
    style_reference: ImageInput | None
    template: TemplateRecord | str | None
    youtube_url: str | None
    source: Result | str | None
    engine: str | None
    options: AdvancedOptions | OptionsDict | Mapping[str, Any] | None


class StartKeywords(GenerationChanges, total=False):
    """The keywords of a start."""

    take: int | None
    max_credits: float | None
    deadline: float | None


CHANGES = tuple(GenerationChanges.__annotations__)


def check_changes(changes: Mapping[str, Any], *others: str) -> None:
    """Refuse changes that there are not; ``others`` may be given beside them."""
    for name in changes:
        if name not in {*CHANGES, *others}:
            hint = keyword_hint(name, [*CHANGES, *others], changes)
            raise errors.InvalidInput(f"start() takes no {name}=.", hint=hint)


def name_every_image(prompt: str, count: int) -> str:
    """Return the prompt with a token for every image.

    An image without its ``@imageN`` would be dropped by the service in silence: the
    token is added at the end, and that is said aloud. A token without its image is
    an error.
    """
    wrong = image_tokens.stray(prompt, count)
    if wrong:
        raise errors.InvalidInput(
            image_tokens.stray_words(wrong[0], count),
            hint="Add the image to content_images, or take the token out.",
        )
    missing = [image_tokens.token(number) for number in image_tokens.missing(prompt, count)]
    if not missing:
        return prompt
    added = f"{prompt.rstrip()} {' '.join(missing)}"
    if len(prompt) > MAX_PROMPT:
        return prompt  # which is said where the whole brief is checked
    if len(added) > MAX_PROMPT:
        raise errors.InvalidInput(
            f"The prompt has {len(prompt)} characters, and with {' '.join(missing)} at its end, "
            f"which it does not name, {len(added)}: {MAX_PROMPT} are allowed.",
            hint="The service uses no image that the prompt does not name: make it shorter.",
        )
    warnings.warn(
        f"The prompt does not name {' and '.join(missing)}, and the service uses no image "
        f"that it does not name: added at its end.",
        stacklevel=2,
    )
    return added


def person_field(person: Any) -> dict[str, str]:
    """Return the field for a person: an object, an id or a name."""
    if person is None:
        return {}
    if hasattr(person, "id"):
        return {"person_id": person.id}
    if not isinstance(person, str | UUID):
        raise errors.InvalidInput(
            f"person is a Person, an id or a name, not {short_repr(person)}.",
            hint="client.persons() lists them.",
        )
    text = str(person)
    try:
        return {"person_id": str(UUID(text))}
    except ValueError:
        return {"person_name": text}


class PreparedRequest(Generic[S]):
    """A brief that was checked, its images read but not yet sent.

    ``request`` is what it is known by, as JSON: images by the hash of their bytes.
    """

    def __init__(
        self,
        kind: type[S],
        assets: Assets,
        fields: Mapping[str, Any],
        content: Sequence[str | EncodedImage] | None,
        style: str | EncodedImage | None,
    ) -> None:
        self._kind = kind
        self._assets = assets
        self._fields = fields
        self._content = content
        self._style = style
        self.request = kind(**fields).model_dump(mode="json", exclude_none=True)
        if content is not None:
            self.request["content_images"] = [name_of(image) for image in content]
        if style is not None:
            self.request["style_reference"] = name_of(style)

    async def wire(self) -> S:
        """Send the images, each content once, and return the brief as it goes out."""
        sent: dict[str, Any] = {}
        if self._style is not None:
            sent["style_reference_url"] = await self._assets.address(self._style)
        if self._content is not None:
            sent["content_images"] = [
                ContentImage(url=await self._assets.address(image)) for image in self._content
            ]
        return self._kind(**self._fields, **sent)


async def prepare_request(
    kind: type[S],
    assets: Assets,
    *,
    content_images: Sequence[ImageInput] | None,
    style_reference: ImageInput | None,
    service_fetches: bool,
    **fields: Any,
) -> PreparedRequest[S]:
    """Check a brief and read its images; nothing is sent to YouThumb.

    ``service_fetches`` says that the service fetches addresses elsewhere by itself.
    """
    images = image_list(content_images)
    if len(images) > MAX_CONTENT_IMAGES:
        raise errors.InvalidInput(
            f"content_images is up to {MAX_CONTENT_IMAGES} images, not {len(images)}."
        )
    # Checked with a stand-in for what is not there yet.
    kind(**fields, **({"style_reference_url": "-"} if style_reference is not None else {}))
    style = None
    if style_reference is not None:
        style = await assets.read(style_reference, keep_address=service_fetches)
    content = [await assets.read(image, keep_address=service_fetches) for image in images]
    return PreparedRequest(kind, assets, fields, None if content_images is None else content, style)


async def prepare_draft(
    assets: Assets,
    *,
    prompt: str,
    preset: Any = None,
    title: str | None = None,
    name: str | None = None,
    person: Any = None,
    content_images: Iterable[ImageInput] | ImageInput = (),
    style_reference: ImageInput | None = None,
    template: Any = None,
    youtube_url: str | None = None,
    engine: str | None = None,
    options: Any = None,
) -> PreparedRequest[ProjectDraft]:
    """Check the brief of a project and read its images; nothing is sent to YouThumb."""
    images = image_list(content_images)
    return await prepare_request(
        ProjectDraft,
        assets,
        content_images=images or None,
        style_reference=style_reference,
        service_fetches=True,
        prompt=name_every_image(prompt, len(images)),
        preset_key=getattr(preset, "key", preset),
        title=title,
        project_name=name,
        template_id=getattr(template, "id", template),
        youtube_url=youtube_url,
        engine=engine,
        advanced_options=options_of(options),
        **person_field(person),
    )


def merge_changes(draft: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return a project's brief with the changes of one start."""
    options = {**draft.get("advanced_options", {}), **changes.get("advanced_options", {})}
    whole = {**draft, **changes, **({"advanced_options": options} if options else {})}
    whole.pop("project_name", None)  # what it is called changes no pixel
    sources = ("style_reference", "youtube_url", "template_id", "source_result_id")
    if changes.get("person_id") == "":  # nobody, whoever the project names
        whole = {k: v for k, v in whole.items() if k not in {"person_id", "person_name"}}
    if any(changes.get(name) for name in sources):
        whole = {k: v for k, v in whole.items() if k not in sources or k in changes}
    return whole


def subject_of(brief: Mapping[str, Any], changes: Mapping[str, Any] | None = None) -> str:
    """Return the subject of a generation: its title or else its prompt, and its preset."""
    changes = changes or {}
    preset = changes.get("preset") or brief.get("preset_key")
    whole = {**brief, **{name: value for name, value in changes.items() if value is not None}}
    words = whole.get("title") or whole.get("prompt") or ""
    shown = f"\u201c{words}\u201d" if words else ""
    return " \u00b7 ".join(filter(None, [shown, getattr(preset, "key", preset)]))
