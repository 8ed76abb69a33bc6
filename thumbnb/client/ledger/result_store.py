"""The result store: files named by the hash of their bytes."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import re
import secrets
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from thumbnb import errors
from thumbnb.client.inputs import checks
from thumbnb.storage import files
from thumbnb.storage.recovery import quarantine
from thumbnb.text.short_repr import short_repr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

logger = logging.getLogger(__name__)

DAY = 24 * 3600.0
# The names we give files, whole and unfinished; any other is not ours to count or delete.
_DIGEST = re.compile(r"[0-9a-f]{64}")
_OURS = re.compile(r"[0-9a-f]{64}|\.[0-9a-f]{16}\.part")


class Digests(Protocol):
    """The hashes of stored bytes that a ledger knows."""

    def result_digests(self) -> set[str]:
        """Return those of all results."""

    def needed_digests(self) -> set[str]:
        """Return those that runs need which are not ended."""

    def named_digests(self) -> set[str]:
        """Return those that any run names."""


@dataclass(frozen=True)
class Pruned:
    """What a pruning deleted: ``count`` files of ``size`` bytes; ``results`` of them were results.

    It left ``needed`` files, because runs that are not ended need them, and ``unknown`` files,
    because no run names them: what a lost or older ledger has forgotten is not deleted.
    """

    count: int = 0
    size: int = 0
    results: int = 0
    needed: int = 0
    unknown: int = 0


class ResultStore:
    """The images that were paid for, and those they were made from; saved on arrival.

    Each is a file named by the hash of its bytes. ``count`` and ``size`` (bytes) say what is
    here; ``prune()`` makes room. ``ledger`` tells which of them its runs name.
    """

    def __init__(self, folder: Path, ledger: Digests | None = None) -> None:
        self.folder = folder
        self._ledger = ledger

    def path(self, digest: str) -> Path:
        """Return where the bytes of a hash are, or would be."""
        if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
            raise errors.InvalidInput(
                f"A hash has 64 digits and letters a to f; this is {short_repr(digest)}."
            )
        return self.folder / digest[:2] / digest

    def put(self, data: bytes) -> str:
        """Keep some bytes, whole or not at all and on the disk, and return their hash.

        Raises StorageUnavailable where the disk is full or the folder is closed to us.
        """
        if not isinstance(data, bytes | bytearray | memoryview):
            raise errors.InvalidInput(f"Only bytes are kept, not {short_repr(data)}.")
        digest = hashlib.sha256(data).hexdigest()
        path = self.path(digest)
        if path.is_file() and path.stat().st_size == len(data):
            os.utime(path)
            return digest
        try:
            files.make_folder(path.parent)
            files.write_file(path, data)
        except OSError as error:
            raise errors.StorageUnavailable(
                f"The image cannot be saved in {self.folder} ({error.strerror or error}).",
                hint="Make some room there, or allow it to be written: client.resume() then "
                "fetches what was made.",
            ) from error
        return digest

    def get(self, digest: str) -> bytes | None:
        """Return the bytes of a hash; None where they are not here, or no longer whole."""
        path = self.path(digest)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        if hashlib.sha256(data).hexdigest() != digest:
            self._set_aside(path)  # a disk's fault must not pass for the image
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return data

    def _set_aside(self, path: Path) -> None:
        """Move a file that is no longer what its name says where people find it."""
        with contextlib.suppress(OSError):
            kept = quarantine(path, self.folder.parent, f"{path.name}.{secrets.token_hex(4)}")
            logger.warning("The stored image %s is damaged; what is left of it is %s.", path, kept)

    @property
    def count(self) -> int:
        """How many files are kept."""
        return sum(1 for _ in self._files())

    @property
    def size(self) -> int:
        """Their bytes together."""
        return sum(stat.st_size for _, stat in self._files())

    def prune(
        self, *, max_bytes: int | None = None, days: float | None = None, unknown: bool = False
    ) -> Pruned:
        """Delete what was not used for ``days``, then the longest unused down to ``max_bytes``.

        What runs need that are not ended always stays, and so does what no run names, unless
        ``unknown`` says otherwise; both are counted. A result that is deleted is lost if the
        service no longer has it.

        >>> client.result_store.prune(max_bytes=500_000_000)  # doctest: +SKIP
        """
        if max_bytes is None and days is None:
            raise errors.InvalidInput("Say what may go: max_bytes=..., days=..., or both.")
        limit = checks.at_least_zero("max_bytes", max_bytes)
        days = checks.at_least_zero("days", days)
        stored = sorted(self._files(), key=lambda item: item[1].st_mtime)
        size = sum(stat.st_size for _, stat in stored)
        oldest = time.time() - days * DAY if days is not None else 0.0
        results, needed, named = self._digests()
        count: Counter[str] = Counter()
        for path, stat in stored:
            too_old = stat.st_mtime < oldest
            too_much = limit is not None and size - count["size"] > limit
            if not (too_old or too_much):
                continue
            if path.name in needed:
                count["needed"] += 1
            elif not (unknown or path.name in named or path.name.startswith(".")):
                count["unknown"] += 1
            else:
                path.unlink(missing_ok=True)
                count.update(count=1, size=stat.st_size, results=path.name in results)
        return Pruned(**count)

    def _digests(self) -> tuple[set[str], set[str], set[str]]:
        """Return the hashes of all results, of what is needed, and of what any run names."""
        if self._ledger is None:
            return set(), set(), set()
        ledger = self._ledger
        return ledger.result_digests(), ledger.needed_digests(), ledger.named_digests()

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
