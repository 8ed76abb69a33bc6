"""Project code: the Python that makes the same thumbnail, without secrets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thumbnb.briefs import AdvancedOptions
from thumbnb.client.client_code import connect_code
from thumbnb.client.images.results import Result
from thumbnb.client.images.thumbnail import Thumbnail
from thumbnb.client.purchases.assets import encode_image

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thumbnb.client.client import Client

TAIL = "job = project.start()\njob.result()"


def brief_code(client: Client, brief: Mapping[str, Any]) -> str:
    """Return the Python of a brief, from the client to the results."""
    return f"{connect_code(client)}\n{creating(client, brief)}\n{TAIL}"


def creating(
    client: Client, brief: Mapping[str, Any], *, names: Sequence[tuple[Any, str]] = ()
) -> str:
    """Return the statement that makes the project, as ``client.create_project`` takes it.

    ``names`` are images that have a name already, each with it.
    """

    def image(item: Any) -> str:
        # Without a name it may have to be encoded first.
        return known_as(item, names) or image_code(client, item)

    lines = [f"    {_value(brief['prompt'])},"]
    for name, value in brief.items():
        if name == "prompt":
            continue
        if name == "content_images":
            images = "".join(f"        {image(item)},\n" for item in value)
            lines.append(f"    {name}=[\n{images}    ],")
        elif name == "style_reference":
            lines.append(f"    {name}={image(value)},")
        else:
            lines.append(f"    {name}={_value(value)},")
    arguments = "\n".join(lines)
    return f"project = client.create_project(\n{arguments}\n)"


def known_as(image: Any, names: Sequence[tuple[Any, str]]) -> str:
    """Return the name an image has among these, or the Python that was written for it."""
    return next((name for known, name in names if known is image), "")


def image_code(client: Client, image: Any) -> str:
    """Return the Python that gives an image; one without a name is found by its bytes."""
    if isinstance(image, Result) and image.run_id is not None:
        return f"client.run({image.run_id}).result()[{image.position}]"
    if isinstance(image, Thumbnail) and image.video_id and image.time is not None:
        shown = "time={!r}, width={}, height={}".format(image.time, *image.size)
        return f"client.video({_value(image.video_id)}).generate_thumbnail({shown})"
    if isinstance(image, str | Path):
        return _value(str(image))
    if url := getattr(image, "url", None):
        return _value(url)
    return f"client.result_store.get({_value(client.result_store.put(encode_image(image).data))})"


def _value(value: Any) -> str:
    if isinstance(value, AdvancedOptions):
        given = value.model_dump(exclude_none=True).items()
        return f"tb.AdvancedOptions({', '.join(f'{name}={_value(item)}' for name, item in given)})"
    value = getattr(value, "id", value)
    # Double quotes, as the formatter has them.
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
