"""Bytes kept by what they are: a file named by the hash of its content."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb import errors, files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DAY = 24 * 3600.0
# The names we give files, whole and unfinished; any other is not ours to count or delete.
_OURS = re.compile(r"[0-9a-f]{64}|\.[0-9a-f]{16}\.part")


@dataclass(frozen=True)
class Pruned:
    """What a pruning took: ``count`` files of ``size`` bytes; ``results`` of them were results.

    ``needed`` files would have gone too, but runs that are not ended need them.
    """

    count: int = 0
    size: int = 0
    results: int = 0
    needed: int = 0


class ResultStore:
    """The pictures that were paid for, and those they were made from; saved on arrival.

    ``count`` and ``size`` (bytes) say what is here; ``prune()`` makes room.
    ``contents`` gives the hashes of all results, ``needed`` those of runs not ended.
    """

    def __init__(
        self,
        folder: Path,
        contents: Callable[[], set[str]] = set,
        needed: Callable[[], set[str]] = set,
    ) -> None:
        self.folder = folder
        self._contents = contents
        self._needed = needed

    def path(self, digest: str) -> Path:
        """Return where the bytes of a hash are, or would be."""
        return self.folder / digest[:2] / digest

    def put(self, data: bytes) -> str:
        """Keep some bytes, whole or not at all and on the disk, and return their hash."""
        digest = hashlib.sha256(data).hexdigest()
        path = self.path(digest)
        if path.is_file() and path.stat().st_size == len(data):
            os.utime(path)
            return digest
        files.make_folder(path.parent)
        files.write_file(path, data)
        return digest

    def get(self, digest: str) -> bytes | None:
        """Return the bytes of a hash; None where they are not here, or no longer whole."""
        path = self.path(digest)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        if hashlib.sha256(data).hexdigest() != digest:
            path.unlink(missing_ok=True)  # a disk's fault must not pass for the picture
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return data

    @property
    def count(self) -> int:
        """How many files are kept."""
        return sum(1 for _ in self._files())

    @property
    def size(self) -> int:
        """Their bytes together."""
        return sum(stat.st_size for _, stat in self._files())

    def prune(self, *, max_bytes: int | None = None, days: float | None = None) -> Pruned:
        """Delete what was not used for ``days``, then the longest unused down to ``max_bytes``.

        What runs need that are not ended always stays, and is counted. A result that
        is deleted is lost if the service no longer has it.

        >>> client.result_store.prune(max_bytes=500_000_000)  # doctest: +SKIP
        """
        if max_bytes is None and days is None:
            raise errors.InvalidInput("Say what may go: max_bytes=..., days=..., or both.")
        if (max_bytes or 0) < 0 or (days or 0) < 0:
            raise errors.InvalidInput("max_bytes and days are 0 or more.")
        here = sorted(self._files(), key=lambda item: item[1].st_mtime)
        size = sum(stat.st_size for _, stat in here)
        oldest = time.time() - days * DAY if days is not None else 0.0
        results, needed = self._contents(), self._needed()
        gone = kept = freed = lost = 0
        for path, stat in here:
            too_old = stat.st_mtime < oldest
            too_much = max_bytes is not None and size - freed > max_bytes
            if not (too_old or too_much):
                continue
            if path.name in needed:
                kept += 1
                continue
            path.unlink(missing_ok=True)
            gone, freed, lost = gone + 1, freed + stat.st_size, lost + (path.name in results)
        return Pruned(gone, freed, lost, kept)

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        for path in self.folder.glob("??/*"):
            if not _OURS.fullmatch(path.name):
                continue
            # Half a file is somebody's at work, or what a kill has left of one.
            if path.name.startswith(".") and _age(path) < DAY:
                continue
            with contextlib.suppress(OSError):  # another process may have taken it
                yield path, path.stat()

    def __repr__(self) -> str:
        return f"<ResultStore {self.count} files, {self.size / 1e6:.1f} MB, in {self.folder}>"


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:  # it has come to its name meanwhile
        return 0.0
