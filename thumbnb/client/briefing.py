"""From what a user gives to what YouThumb takes: pictures go up, tokens are minded."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from thumbnb import errors
from thumbnb.briefs import MAX_CONTENT_IMAGES, AdvancedOptions, ContentImage, Sent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thumbnb.client.assets import Assets, ImageInput

S = TypeVar("S", bound=Sent)

_TOKEN = re.compile(r"@image(\d+)\b")


def options_of(given: AdvancedOptions | Mapping[str, Any] | None) -> AdvancedOptions | None:
    """Return the advanced options; a mapping will do."""
    if given is None or isinstance(given, AdvancedOptions):
        return given
    return AdvancedOptions(**given)


def minded(prompt: str, count: int) -> str:
    """Return the prompt with a token for every picture.

    A picture without its ``@imageN`` would be dropped by the service in silence: the
    token is added at the end, and that is said aloud. A token without its picture is
    an error.
    """
    named = {int(number) for number in _TOKEN.findall(prompt)}
    wrong = sorted(number for number in named if not 1 <= number <= count)
    if wrong:
        raise errors.InvalidInput(
            f"The prompt names @image{wrong[0]}, but there "
            f"{'is 1 content image' if count == 1 else f'are {count} content images'}.",
            hint="Add the picture to content_images, or take the token out.",
        )
    missing = [f"@image{number}" for number in range(1, count + 1) if number not in named]
    if not missing:
        return prompt
    added = f"{prompt.rstrip()} {' '.join(missing)}"
    warnings.warn(
        f"The prompt does not name {' and '.join(missing)}, and the service uses no picture "
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
    text = str(person)
    try:
        return {"person_id": str(UUID(text))}
    except ValueError:
        return {"person_name": text}


async def brief_of(
    kind: type[S],
    assets: Assets,
    *,
    content_images: Sequence[ImageInput] | None,
    style_reference: ImageInput | None,
    copied: bool,
    **fields: Any,
) -> S:
    """Check a brief, upload its pictures, and return it as it goes out.

    ``copied`` says that the service fetches addresses elsewhere by itself.
    """
    pictures = list(content_images or ())
    if len(pictures) > MAX_CONTENT_IMAGES:
        raise errors.InvalidInput(
            f"content_images is up to {MAX_CONTENT_IMAGES} pictures, not {len(pictures)}."
        )
    # Checked before anything goes up, with stand-ins for what is not there yet.
    kind(**fields, **({"style_reference_url": "-"} if style_reference is not None else {}))
    if style_reference is not None:
        fields["style_reference_url"] = await assets.address(style_reference, elsewhere=copied)
    if content_images is not None:
        fields["content_images"] = [
            ContentImage(url=await assets.address(picture, elsewhere=copied))
            for picture in pictures
        ]
    return kind(**fields)
