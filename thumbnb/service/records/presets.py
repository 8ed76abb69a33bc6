"""What the compositor offers: presets and templates, their images rendered when first seen."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from thumbnb import __version__, render
from thumbnb.service.media.open_image import ImageInfo
from thumbnb.service.records.images import Image as StoredImage
from thumbnb.service.records.images import NewImage
from thumbnb.service.refusal import missing
from thumbnb.service.store.identifiers import now

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render.preset_samples import Template
    from thumbnb.service.media.file_store import FileStore
    from thumbnb.service.records.images import ImageStore
    from thumbnb.storage.database import Database

FULL = (1280, 720)
SMALL = (640, 360)

# The ids of our own images are the same everywhere, and other ones where a
# newer version may paint otherwise.
_NAMESPACE = uuid.UUID("6f0d3c5e-8d0b-4c0e-9f5b-2a7d1f6f3b19")


@dataclass(frozen=True, slots=True)
class Sample:
    """An image that can be rendered at any time: of a preset, or of a template, by its key."""

    id: str
    name: str
    kind: Literal["preset", "template"]
    key: str
    size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class TemplateCard:
    """A template as the catalogue shows it: whole, and small."""

    id: str
    template: Template
    full: Sample
    small: Sample


class PresetStore:
    """The presets and templates, and the samples that show them."""

    def __init__(
        self,
        database: Database,
        files: FileStore,
        images: ImageStore,
        render_sample: Callable[[Sample], bytes],
    ) -> None:
        self._database = database
        self._files = files
        self._images = images
        self._render_sample = render_sample

    @cached_property
    def preset_samples(self) -> dict[str, Sample]:
        """A small sample of every preset, by its key."""
        return {
            key: Sample(
                _sample_id(f"preset {key} {preset.version}"), preset.name, "preset", key, SMALL
            )
            for key, preset in render.PRESETS.items()
        }

    @cached_property
    def templates(self) -> dict[str, TemplateCard]:
        """The templates, by their id."""
        cards = [
            TemplateCard(
                str(uuid.uuid5(_NAMESPACE, f"template {template.id}")),
                template,
                *(_sample_of(template, size) for size in (FULL, SMALL)),
            )
            for template in render.templates()
        ]
        return {card.id: card for card in cards}

    @cached_property
    def _samples(self) -> dict[str, Sample]:
        cards = self.templates.values()
        every = [
            *self.preset_samples.values(),
            *(s for card in cards for s in (card.full, card.small)),
        ]
        return {sample.id: sample for sample in every}

    def get_template(self, template_id: str) -> TemplateCard:
        """Return a template, or refuse with 404."""
        found = self.templates.get(template_id)
        if found is None:
            raise missing("template", template_id)
        return found

    def sample_image(self, sample_id: str) -> StoredImage | None:
        """Return the image of a sample, rendering it the first time; None for any other id."""
        sample = self._samples.get(sample_id)
        if sample is None:
            return None
        row = self._database.first("SELECT sha256 FROM pictures WHERE id = ?", (sample_id,))
        if row is None or not self._files.path(row["sha256"]).exists():
            with self._files.new_file() as new_file:
                new_file.write(self._render_sample(sample))
                new_file.seal()
                new = NewImage(new_file, ImageInfo("image/jpeg", new_file.size, *sample.size))
                with self._database.write() as rows:
                    # Another thread or process may have rendered it meanwhile.
                    rows.execute("DELETE FROM pictures WHERE id = ?", (sample_id,))
                    self._images.insert(
                        rows, new, id=sample_id, role="sample", name=sample.name, created_at=now()
                    )
        return self._images.get(sample_id, ("sample",))


def _sample_id(what: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, f"{what} {__version__}"))


def _sample_of(template: Template, size: tuple[int, int]) -> Sample:
    version = render.PRESETS[template.brief.preset].version
    sample_id = _sample_id(f"template {template.id} {version} {size[0]}x{size[1]}")
    return Sample(sample_id, template.name, "template", template.id, size)
