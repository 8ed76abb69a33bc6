"""A row's images with its titles in other languages."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
from typing import TYPE_CHECKING, Any

from PIL import Image

from thumbnb.batches import output_files
from thumbnb.batches.workers.address import write_address
from thumbnb.batches.workers.frame_task import file_provenance
from thumbnb.imaging.provenance import read_provenance

if TYPE_CHECKING:
    from thumbnb.batches.rows.row_request import RowRequest
    from thumbnb.batches.rows.row_requests import RowRequests
    from thumbnb.client.images.results import Result, Results

# What differs between an image and the same one in another language.
_OF_THE_LANGUAGE = frozenset({"title", "scores", "report", "result"})


async def localized_images(
    requests: RowRequests, request: RowRequest, results: Results
) -> dict[str, tuple[str, ...]]:
    """Make what is missing of a row's images in other languages; return the paths by language."""
    made: dict[str, list[str]] = {language: [] for language in request.titles}
    for number, result in enumerate(results):
        targets = {
            language: _target(requests, request, result, language, number)
            for language in request.titles
        }
        scene = await asyncio.to_thread(_scene, result)
        missing = {
            language: title
            for language, title in request.titles.items()
            if not await asyncio.to_thread(_is_there, targets[language], scene, title)
        }
        if missing:
            for variant in await result.localize.aio(missing):
                target = targets[variant.language]
                data = output_files.convert_image(await variant.load.aio(), target)
                await asyncio.to_thread(write_address, target, data)
        for language, target in targets.items():
            made[language].append(target)
    return {language: tuple(paths) for language, paths in made.items()}


def _target(
    requests: RowRequests, request: RowRequest, result: Result, language: str, number: int
) -> str:
    if request.localized:
        return request.localized[language][number]
    image = hashlib.sha256(result.bytes).hexdigest()
    known_by = json.dumps([image, language, request.titles[language]])
    [path] = requests.stored(hashlib.sha256(known_by.encode()).hexdigest(), ".jpg", 1)
    return path


def _scene(result: Result) -> dict[str, Any]:
    with Image.open(io.BytesIO(result.bytes)) as image:
        return _without_language(read_provenance(image))


def _is_there(target: str, scene: dict[str, Any], title: str) -> bool:
    """Whether a file shows the same scene with this title."""
    provenance = file_provenance(target)
    if not provenance or not scene:
        return False
    return provenance.get("title") == title and _without_language(provenance) == scene


def _without_language(provenance: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in provenance.items() if name not in _OF_THE_LANGUAGE}
