"""The files: each stored once, under the hash of its bytes, and whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import uuid
from typing import TYPE_CHECKING, Self

from thumbnb.files import create_file, make_folder, move_file
from thumbnb.service.refusal import Refusal

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from thumbnb.service.store.database import Store
    from thumbnb.service.store.process_lease import Lease

_SIGNATURES: tuple[tuple[re.Pattern[bytes], str, str], ...] = (
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg", "jpg"),
    (re.compile(rb"\x89PNG\r\n"), "image/png", "png"),
    (re.compile(rb"....ftypqt  ", re.DOTALL), "video/quicktime", "mov"),
    (re.compile(rb"....(ftyp|moov|mdat|wide|free)", re.DOTALL), "video/mp4", "mp4"),
    (re.compile(rb"\x1aE\xdf\xa3.{0,40}webm", re.DOTALL), "video/webm", "webm"),
    (re.compile(rb"\x1aE\xdf\xa3"), "video/x-matroska", "mkv"),
    (re.compile(rb"RIFF....AVI ", re.DOTALL), "video/x-msvideo", "avi"),
    (re.compile(rb"\x00\x00\x01[\xb3\xba]"), "video/mpeg", "mpg"),
    (re.compile(rb"G.{187}G", re.DOTALL), "video/mp2t", "ts"),
    (re.compile(rb"FLV\x01"), "video/x-flv", "flv"),
    (re.compile(rb"OggS"), "video/ogg", "ogv"),
    (re.compile(rb"GIF8[79]a"), "image/gif", "gif"),
)
_EXTENSIONS = {media_type: extension for _, media_type, extension in _SIGNATURES}


def media_type(path: Path) -> str:
    """Name a file's type by its first bytes, for the browser that will show it."""
    with path.open("rb") as file:
        head = file.read(256)
    return next(
        (name for pattern, name, _ in _SIGNATURES if pattern.match(head)),
        "application/octet-stream",
    )


def extension(media_type: str) -> str:
    """Give the usual file extension of a media type, without its dot."""
    return _EXTENSIONS.get(media_type, "bin")


class Draft:
    """A file being written. It vanishes when its block ends, unless it was kept by then."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self._hash = hashlib.sha256()
        self._file = create_file(path)

    def write(self, data: bytes | memoryview) -> None:
        """Append."""
        try:
            self._file.write(data)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            raise Refusal(507, "DISK_FULL", "There is no room left on the disk.") from None
        self._hash.update(data)
        self.size += len(data)

    def seal(self) -> None:
        """Finish writing, down to the disk: what is kept must not lose its bytes later."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    @property
    def sha256(self) -> str:
        """The hash of what was written."""
        return self._hash.hexdigest()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self._file.close()
        self.path.unlink(missing_ok=True)


class Media:
    """The folder of files. A file belongs to the rows that name it and goes with the last.

    Putting a file in place and taking one away both happen under the
    database's write lock, so neither can slip between the other's question
    and act, in this process or another.
    """

    def __init__(self, home: Path, store: Store, lease: Lease) -> None:
        self._kept = home / "media"
        self._drafts = home / "drafts"
        self._store = store
        self._lease = lease
        for folder in (self._kept, self._drafts):
            make_folder(folder)

    def draft(self) -> Draft:
        """Begin a new file."""
        return Draft(self._drafts / f"{self._lease.id}-{uuid.uuid4().hex}")

    def path(self, sha256: str) -> Path:
        """Where the file with this hash is kept."""
        return self._kept / sha256[:2] / sha256

    def keep(self, draft: Draft) -> str:
        """Put a sealed draft in its place and give its hash; only inside ``store.write()``."""
        path = self.path(draft.sha256)
        if not path.exists():
            make_folder(path.parent)
            move_file(draft.path, path)
        return draft.sha256

    def release(self, *hashes: str | None) -> None:
        """Remove those of these files that no row names any more."""
        with self._store.write() as rows:
            for sha256 in filter(None, hashes):
                used = rows.execute("SELECT 1 FROM used_files WHERE sha256 = ?", (sha256,))
                if used.fetchone() is None:
                    # Windows keeps what is being read; the next start clears it up.
                    with contextlib.suppress(PermissionError):
                        self.path(sha256).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Clear up after the dead: their drafts, and files whose rows never came or are gone."""
        for path in list(self._drafts.iterdir()):
            if not self._lease.alive(path.name.partition("-")[0]):
                path.unlink(missing_ok=True)
        found = {path.name for path in self._kept.glob("*/*")}
        used = {row["sha256"] for row in self._store.read("SELECT sha256 FROM used_files")}
        self.release(*(found - used))
