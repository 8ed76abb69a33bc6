"""Images from an address elsewhere, from one of this service, or of a YouTube video."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from anyio import CapacityLimiter, to_thread

from thumbnb.service.records.stored_files import get_file
from thumbnb.service.refusal import Refusal, too_large

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.service.http.access import Access
    from thumbnb.service.media.file_store import FileStore, NewFile
    from thumbnb.service.media.open_image import ImageInfo
    from thumbnb.service.records.presets import PresetStore
    from thumbnb.service.settings import Settings
    from thumbnb.service.tasks.image_examiner import ImageExaminer
    from thumbnb.storage.database import Database

# Not every video has an image of the first kind.
YOUTUBE = ("https://i.ytimg.com/vi/{}/maxresdefault.jpg", "https://i.ytimg.com/vi/{}/hqdefault.jpg")

# Files of this service that are copied, and new ones flushed to the disk, at a time.
_COPIES_AT_A_TIME = 4

_YOUTUBE_HOSTS = ("youtube.com", "youtube-nocookie.com")
_YOUTUBE_ID = re.compile(r"[\w-]{11}")


def youtube_image_urls(url: str) -> tuple[str, ...]:
    """Return the addresses of a YouTube video's images, the best first; none for other addresses.

    >>> youtube_image_urls("https://youtu.be/dQw4w9WgXcQ?t=4")[0]
    'https://i.ytimg.com/vi/dQw4w9WgXcQ/maxresdefault.jpg'
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ()
    kind, _, rest = parts.path.strip("/").partition("/")
    if host == "youtu.be":
        found = kind
    elif host.removeprefix("music.") in _YOUTUBE_HOSTS:
        found = rest or parse_qs(parts.query).get("v", [""])[0]
    else:
        return ()
    return tuple(p.format(found) for p in YOUTUBE) if _YOUTUBE_ID.fullmatch(found) else ()


class ImageSources:
    """Fetches images into unfinished files, or refuses with the reason."""

    def __init__(
        self,
        settings: Settings,
        access: Access,
        *,
        database: Database,
        files: FileStore,
        presets: PresetStore,
        examiner: ImageExaminer,
    ) -> None:
        self._settings = settings
        self._access = access
        self._database = database
        self._files = files
        self._presets = presets
        self._examiner = examiner
        self._copies = CapacityLimiter(_COPIES_AT_A_TIME)

    def is_local(self, url: str) -> bool:
        """Whether an address is one of a file kept here."""
        return self._access.paths.find(url, "files") is not None

    async def fetch_image(self, addresses: Sequence[str], new_file: NewFile) -> ImageInfo:
        """Write the image at an address to a new file, from the first that has anything."""
        for url in addresses:
            try:
                found = self._access.paths.find(url, "files")
                if found is None:
                    await self._download(url, new_file)
                else:
                    item_id = found.name.partition(".")[0]
                    await to_thread.run_sync(self._copy, item_id, new_file, limiter=self._copies)
            except Refusal:
                if new_file.size or url == addresses[-1]:
                    raise
            else:
                break
        await to_thread.run_sync(new_file.seal, limiter=self._copies)
        return await self._examiner.examine(new_file.path)

    async def _download(self, url: str, new_file: NewFile) -> None:
        # Slow to load, and most services never download.
        from thumbnb.service.media.download import download  # noqa: PLC0415

        await download(
            url,
            new_file,
            limit=self._settings.max_image,
            seconds=self._settings.image_download_seconds,
            allow_private=self._settings.allow_private_urls,
        )

    def _copy(self, item_id: str, new_file: NewFile) -> None:
        """Copy a file of this service: what is stored stays even if its first owner goes."""
        sample = self._presets.sample_image(item_id)
        sha256 = (sample or get_file(self._database, item_id)).sha256
        path = self._files.path(sha256)
        try:
            if path.stat().st_size > self._settings.max_image:
                raise too_large("The image", self._settings.max_image)
            new_file.write(path.read_bytes())
        except FileNotFoundError:
            raise self._files.refusal(sha256, "image", item_id) from None
