"""What the compositor makes, as functions that a worker process runs: plain data in and out."""

from __future__ import annotations

import math
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thumbnb import render
from thumbnb.briefs import COMPOSITOR, AdvancedOptions
from thumbnb.imaging.small_copy import encode_jpeg
from thumbnb.render.vision.letters import read_letters
from thumbnb.service.media.open_image import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PIL import Image

    from thumbnb.service.jobs.task_control import TaskControl

# What a worker process loads before its memory is limited.
PRELOADED = ("thumbnb.render.composition", "thumbnb.render.output")


def plan_painting(
    _: TaskControl,
    /,
    *,
    brief: Mapping[str, Any],
    seed: int,
    variation: int,
    references: int,
    negative_prompt: bool,
) -> dict[str, Any]:
    """Return the fields of what an engine is asked to paint for a variation of a brief."""
    from thumbnb.render.engines.paint_request import paint_request  # noqa: PLC0415 - where needed

    request = paint_request(
        _brief(brief), seed, variation, references=references, negative_prompt=negative_prompt
    )
    return asdict(request)


def read_painted_letters(_: TaskControl, /, *, path: str) -> tuple[str, ...]:
    """Return the words that can be read in what an engine has painted."""
    return read_letters(_load(path))


def render_variation(
    control: TaskControl,
    /,
    *,
    brief: Mapping[str, Any],
    seed: int,
    variation: int,
    size: tuple[int, int],
    max_bytes: int,
) -> dict[str, Any]:
    """Return a thumbnail, encoded as a JPEG, and how it was made.

    ``brief`` has the fields of ``render.Brief``, with paths for images.
    """
    rendering = render.compose(
        _brief(brief), seed=seed, variation=variation, size=size, stop=control.stopped
    )
    return {
        "image": render.encode(rendering, "JPEG", max_bytes=max_bytes),
        "size": rendering.image.size,
        "seed": int(rendering.seed),
        "variation": int(rendering.variation),
        "scores": {name: _finite(value) for name, value in rendering.scores.items()},
        "report": [_plain(asdict(treatment)) for treatment in rendering.report],
        "preset_version": rendering.preset_version,
        "engine": rendering.engine,
    }


def export_result(
    control: TaskControl,
    /,
    *,
    brief: Mapping[str, Any],
    seed: int,
    variation: int,
    size: tuple[int, int],
    title: str | None,
    file_format: str,
    max_bytes: int,
) -> bytes:
    """Return a thumbnail once more: as a file with its layers, or with another title.

    ``file_format`` is ``jpg``, ``png``, ``psd`` or ``svg``.
    """
    original = _brief(brief)
    rendering = render.compose(
        original, seed=seed, variation=variation, size=size, other_title=title, stop=control.stopped
    )
    if file_format in {"jpg", "png"}:
        kind = "JPEG" if file_format == "jpg" else "PNG"
        return render.encode(rendering, kind, max_bytes=max_bytes)  # type: ignore[arg-type]
    from thumbnb.render import export  # noqa: PLC0415 - only here

    layers = export.separate_layers(
        render.Scene.model_validate(rendering.scene), size, original.images()
    )
    return (
        export.write_psd(layers, size) if file_format == "psd" else export.write_svg(layers, size)
    )


def render_preset_sample(_: TaskControl, /, *, key: str, size: tuple[int, int]) -> bytes:
    """Return the sample of a preset, encoded as a JPEG."""
    return encode_jpeg(render.sample(key, size), full_colour=True)


def render_template_sample(_: TaskControl, /, *, key: str, size: tuple[int, int]) -> bytes:
    """Return the sample of a template, encoded as a JPEG."""
    template = next(template for template in render.templates() if template.id == key)
    rendering = render.compose(template.brief, seed=template.seed, size=size)
    return encode_jpeg(rendering.image, full_colour=True)


def render_backdrop(_: TaskControl, /, *, prompt: str, size: tuple[int, int], seed: int) -> bytes:
    """Return an image without words, painted from a prompt, encoded as a JPEG."""
    return encode_jpeg(render.backdrop(prompt, size, seed), full_colour=True)


def _brief(fields: Mapping[str, Any]) -> render.Brief:
    return render.Brief(
        prompt=fields["prompt"],
        title=fields["title"],
        preset=fields["preset"],
        options=AdvancedOptions(**fields["options"]),
        content_images=tuple(map(_load, fields["content_images"])),
        portraits=tuple(map(_load, fields["portraits"])),
        style_reference=_image(fields["style_reference"]),
        template=_image(fields["template"]),
        layout=fields["layout"],
        engine=fields.get("engine", COMPOSITOR),
        painted=_painted(fields.get("painted")),
    )


def _painted(fields: Mapping[str, Any] | None) -> render.PaintedImage | None:
    """Open what an engine painted: ``path``, ``engine``, ``used`` and ``layout``."""
    if fields is None:
        return None
    return render.PaintedImage(
        image=_load(fields["path"]),
        engine=fields["engine"],
        used=tuple(fields["used"]),
        layout=fields["layout"],
        letters=tuple(fields["letters"]),
        price=fields["price"],
    )


def _load(path: str) -> Image.Image:
    return load(Path(path))


def _image(path: str | None) -> Image.Image | None:
    return None if path is None else _load(path)


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) for name, value in fields.items()}


def _finite(value: float) -> float | None:
    """Return a score as JSON can say it."""
    return round(float(value), 4) if math.isfinite(value) else None
