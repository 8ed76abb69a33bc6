"""The log of deletions: which files were deleted on purpose, and when.

It lies beside the database. A database restored from an older copy names files that were deleted
after that copy was made; by the log they are told from files that were lost.
"""

from __future__ import annotations

import contextlib
import os
import re
from typing import TYPE_CHECKING

from thumbnb.service.store.identifiers import now
from thumbnb.storage.files import PRIVATE, sync_folder, write_file

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

FILE = "deleted-files.log"
# Of a longer log the older half is dropped (bytes; a deletion takes 90).
LONGEST = 8 * 1024 * 1024
_LINE = re.compile(r"(since|[0-9a-f]{64}) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)")


class DeletionLog:
    """The log of a home. Only who has the database's write lock, or is alone, writes to it."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE

    def begin(self) -> None:
        """Write down since when deletions are noted, where there is no log yet."""
        if not self._path.exists():
            self._append(["since"])

    def note(self, names: Collection[str]) -> None:
        """Write down durably that files, by their hashes, are about to be deleted.

        On a full disk they are deleted all the same: that makes room.
        """
        if names:
            self._append(names)

    def _append(self, names: Collection[str]) -> None:
        moment = now()
        # A line begins with its line feed, so what a crash left of another spoils no line.
        data = "".join(f"\n{name} {moment}" for name in names).encode()
        with contextlib.suppress(OSError):
            is_new = not self._path.exists()
            file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE)
            try:
                os.write(file, data)
                os.fsync(file)
                size = os.fstat(file).st_size
            finally:
                os.close(file)
            if is_new:
                sync_folder(self._path.parent)
            if size > LONGEST:
                self._shorten()

    def _shorten(self) -> None:
        lines = self._lines()
        kept = lines[len(lines) // 2 :]
        write_file(self._path, "".join(f"\n{n} {t}" for n, t in [("since", kept[0][1]), *kept]))

    def _lines(self) -> list[tuple[str, str]]:
        try:
            text = self._path.read_text(encoding="ascii", errors="replace")
        except FileNotFoundError:
            return []
        return [(m[1], m[2]) for line in text.splitlines() if (m := _LINE.fullmatch(line))]

    def read(self) -> Deletions:
        """Return what the log says."""
        lines = self._lines()
        since = lines[0][1] if lines else None
        return Deletions({name: moment for name, moment in lines if name != "since"}, since)


class Deletions:
    """What a log says: when each file was last deleted, and ``since`` when that is known."""

    def __init__(self, times: dict[str, str], since: str | None) -> None:
        self._times = times
        self._since = since

    def has(self, sha256: str, created_at: str) -> bool:
        """Whether a file was deleted after a row that names it was written."""
        return self._times.get(sha256, "") >= created_at

    def reach_back_to(self, moment: str) -> bool:
        """Whether every deletion after a moment is known."""
        return self._since is not None and self._since <= moment
