"""Every value of a sweep, checked before anything is sent, with the message at its axis."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.briefs import MAX_CONTENT_IMAGES, AdvancedOptions, ProjectDraft
from thumbnb.client.inputs.upload_source import is_address
from thumbnb.client.purchases.assets import is_image_input
from thumbnb.client.purchases.draft_request import person_field
from thumbnb.imaging.input_image import read_input_bytes
from thumbnb.tuning.space.video_frame import VideoFrame

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from thumbnb.tuning.space.axis import Axis, Target
    from thumbnb.tuning.space.brief_space import BriefSpace
    from thumbnb.tuning.space.cell import Cell

_DRAFT_NAMES = {"preset": "preset_key", "template": "template_id"}
_TEXT = "A prompt"
IMAGE_FIELDS = ("content_images", "style_reference")


def check_values(space: BriefSpace) -> None:
    """Check each value alone. Raises InvalidInput that names its axis."""
    for name, value in space.constants.items():
        if fault := _fault("field", name, value):
            where = f"{name}: " * (name in IMAGE_FIELDS)
            raise errors.InvalidInput(f"{where}{fault}.")
    for name, value in space.options.items():
        if fault := _fault("option", name, value):
            raise errors.InvalidInput(f"{fault}.")
    for axis in space.axes:
        _check_axis(axis)


def _check_axis(axis: Axis) -> None:
    for number, value in enumerate(axis.values):
        values = (value,) if len(axis.targets) == 1 else value
        for target, each in zip(axis.targets, values, strict=True):
            if fault := _target_fault(target, each):
                raise errors.InvalidInput(
                    f"Axis {axis.name}, value {number + 1} of {len(axis)}: {fault}."
                )


def _target_fault(target: Target, value: Any) -> str:
    if target.kind in {"slot", "replace"}:
        return "" if isinstance(value, str) else f"it is a text, not {value!r}"
    return _fault(target.kind, target.name, value)


def _fault(kind: str, name: str, value: Any) -> str:
    """Return what is wrong with a value, in words; empty where nothing is."""
    if value is None and name != "prompt":
        return ""
    if name not in IMAGE_FIELDS and isinstance(value, str) and not _is_whole(value):
        return f"{name} has half a character, which cannot be sent"
    if kind == "option":
        faults = AdvancedOptions.faults(**{name: value})
    elif name == "person":
        faults = ProjectDraft.faults(prompt=_TEXT, **person_field(value))
    elif name in IMAGE_FIELDS:
        return _images_fault(value if name == "content_images" else [value])
    else:
        value = getattr(value, "key", getattr(value, "id", value))
        field = _DRAFT_NAMES.get(name, name)
        if field not in ProjectDraft.model_fields:
            return ""
        faults = ProjectDraft.faults(**{"prompt": _TEXT, field: value})
    return "; ".join(faults.values())


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _images_fault(images: Sequence[Any]) -> str:
    if len(images) > MAX_CONTENT_IMAGES:
        return f"{len(images)} images are more than {MAX_CONTENT_IMAGES}"
    return next(filter(None, map(_image_fault, images)), "")


def _image_fault(image: Any) -> str:
    """Return why an image cannot be one; whether it can be read is seen when it is."""
    if isinstance(image, VideoFrame):
        return ""
    if not is_image_input(image):
        return f"a {type(image).__name__} is no image: give a path, an address or an image"
    if isinstance(image, str | os.PathLike) and not is_address(str(image)):
        try:
            read_input_bytes(image)
        except errors.InvalidInput as error:
            return error.message.rstrip(".")
    return ""


def check_cells(cells: Sequence[Cell]) -> None:
    """Check what the values come to together, and that no two cells ask for the same."""
    seen: dict[str, Cell] = {}
    texts: set[tuple[str, str]] = set()
    together: set[tuple[str, ...]] = set()
    for cell in cells:
        if (other := seen.get(cell.id)) is not None:
            raise errors.InvalidInput(
                f"Two cells ask for the same: {other.title}; and {cell.title}.",
                hint="Their axes come to the same brief. Leave one out, with where=... or another "
                "text.",
            )
        seen[cell.id] = cell
        for name in ("prompt", "title"):
            text = cell.fields.get(name)
            if isinstance(text, str) and (name, text) not in texts:
                texts.add((name, text))
                faults = ProjectDraft.faults(**{"prompt": _TEXT, name: text})
                if faults:
                    raise errors.InvalidInput(f"{'; '.join(faults.values())} (at {cell.title}).")
        given = tuple(cell.fields)
        if given not in together:
            together.add(given)
            _check_together(cell)


def _check_together(cell: Cell) -> None:
    stand_ins = {
        "style_reference_url": "-" if cell.fields.get("style_reference") is not None else None,
        "youtube_url": cell.fields.get("youtube_url"),
        "template_id": "-" if cell.fields.get("template") is not None else None,
    }
    faults = ProjectDraft.faults(prompt=_TEXT, **stand_ins)
    if faults:
        raise errors.InvalidInput(f"{'; '.join(faults.values())} (at {cell.title}).")


def field_values(
    field: str, axes: Iterable[Axis], constants: Mapping[str, Any]
) -> list[tuple[str, Any]]:
    """Return each value that is given for a field, after where it was given."""
    found = [(field, constants.get(field))]
    for axis in axes:
        for at, target in enumerate(axis.targets):
            if (target.kind, target.name) == ("field", field):
                values = axis.values if len(axis.targets) == 1 else [v[at] for v in axis.values]
                found += [(f"Axis {axis.name}", value) for value in values]
    return [(where, value) for where, value in found if value is not None]
