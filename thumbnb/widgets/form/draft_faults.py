"""Faults of a draft: what is wrong with each field of a prompt form, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb.briefs import ProjectDraft, argument_name
from thumbnb.text import image_tokens
from thumbnb.widgets.form.image_check import image_fault

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NAMES = {"youtube_url": "the YouTube address", "name": "project name"}


def draft_faults(
    fields: Mapping[str, Any],
    *,
    images: Sequence[Any],
    style_reference: Any,
    options_fault: str,
    preset_fault: str,
) -> dict[str, str]:
    """Return what is wrong with a draft's fields, by the names of a caller's arguments.

    ``images`` are its content images; ``options_fault`` and ``preset_fault`` are what their
    controls found, or empty.
    """
    found = {
        argument_name(name): _sentence(argument_name(name), fault)
        for name, fault in ProjectDraft.faults(**fields).items()
    }
    prompt, count = fields["prompt"], len(images)
    if not prompt:
        found["prompt"] = "Say what is to be seen."
    if stray := image_tokens.stray(prompt, count):
        found.setdefault("prompt", image_tokens.stray_words(stray[0], count))
    if missing := image_tokens.missing(prompt, count):
        names = " and ".join(image_tokens.token(number) for number in missing)
        found["content_images"] = (
            f"The prompt does not name {names}. Click the image to name it, or take it out."
        )
    if options_fault:
        found["options"] = _sentence("", options_fault)
    if preset_fault:
        found["preset"] = preset_fault
    return found | _image_faults(images, style_reference)


def _image_faults(images: Sequence[Any], style_reference: Any) -> dict[str, str]:
    """Return what is wrong with the images themselves."""
    found: dict[str, str] = {}
    for number, image in enumerate(images, 1):
        if fault := image_fault(image):
            found.setdefault("content_images", f"{image_tokens.token(number)}: {fault}")
    if style_reference is not None and (fault := image_fault(style_reference)):
        found["style_reference"] = fault
    return found


def _sentence(name: str, words: str) -> str:
    """Return a fault as a sentence that names its field."""
    called = _NAMES.get(name, name.replace("_", " "))
    words = words.replace(name, called, 1) if name else words
    return f"{words[:1].upper()}{words[1:]}."
