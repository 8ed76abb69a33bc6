"""The file of whatever has one: a video, an image, a preview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb.service.refusal import missing
from thumbnb.service.store.rows import read_one

if TYPE_CHECKING:
    from thumbnb.storage.database import Database


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it is sent: its hash, and what it is."""

    sha256: str
    media_type: str


def get_file(database: Database, item_id: str) -> StoredFile:
    """Return the file of a video, image or preview by the item's id, or refuse with 404."""
    found = read_one(
        database,
        StoredFile,
        "SELECT sha256, media_type FROM videos WHERE id = :id UNION ALL "
        "SELECT sha256, media_type FROM images WHERE id = :id UNION ALL "
        "SELECT sha256, media_type FROM pictures WHERE id = :id UNION ALL "
        "SELECT sha256, media_type FROM painted_images WHERE id = :id UNION ALL "
        "SELECT sha256, media_type FROM previews WHERE id = :id AND sha256 IS NOT NULL",
        id=item_id,
    )
    if found is None:
        raise missing("file", item_id)
    return found
