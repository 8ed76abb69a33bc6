"""Process leases: locks on files, which the operating system drops with their process."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import uuid
import weakref
from typing import IO, TYPE_CHECKING

from thumbnb.storage.files import PRIVATE, create_file, make_folder

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


# What a process calls itself.
LEASE_ID = re.compile(r"[0-9a-f]{32}")


def _lock(file: IO[bytes], *, wait: bool) -> bool:
    """Lock an open file for us alone; False where another holds it and we do not wait."""
    try:
        if sys.platform == "win32":
            file.seek(0)
            while True:
                try:
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
                except OSError:
                    # LK_LOCK itself gives up after ten seconds.
                    if not wait:
                        raise
                else:
                    break
        else:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        if wait:
            raise
        return False
    return True


def _remove_unlocked(path: Path) -> None:
    """Remove a file that nobody has locked.

    It is removed while it is locked here: whoever has just made it, and comes to lock it only now,
    waits, and finds it gone. Windows removes no open file, so there nobody can be that far.
    """
    with path.open("rb+") as file:
        unlocked = _lock(file, wait=False)
        if unlocked and sys.platform != "win32":
            path.unlink()
    if unlocked and sys.platform == "win32":
        path.unlink()


@contextlib.contextmanager
def exclusively(path: Path) -> Iterator[None]:
    """Do something that only one process at a time may do, by a lock file at ``path``."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE), "rb+") as file:
        _lock(file, wait=True)
        yield


_leases: weakref.WeakSet[Lease] = weakref.WeakSet()


def _let_go() -> None:
    # A forked child has a hold on its parent's locks and would keep them after
    # its death; closing its own copy takes nothing from the parent.
    for lease in list(_leases):
        lease.let_go()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


class Lease:
    """A mark in ``folder`` that its owner lives: others see it end however the owner ends.

    There is no heartbeat to miss and no clock to disagree about: a killed
    process loses its lock at once, a stopped laptop keeps it.
    """

    def __init__(self, folder: Path) -> None:
        make_folder(folder)
        self._folder = folder
        _leases.add(self)
        while True:
            self.id = uuid.uuid4().hex
            path = folder / self.id
            self._file = create_file(path)
            _lock(self._file, wait=True)
            # A sweep may have come between the two calls and removed the file.
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(path.stat(), os.fstat(self._file.fileno())):
                    return
            self._file.close()

    def alive(self, owner: str) -> bool:
        """Whether the lease with this id is still held, by this process or another."""
        if owner == self.id:
            return not self._file.closed
        try:
            with (self._folder / owner).open("rb+") as file:
                return not _lock(file, wait=False)
        except FileNotFoundError:
            return False

    def has_company(self) -> bool:
        """Whether another process, or another service in this one, holds a lease here."""
        names = [path.name for path in self._folder.iterdir()]
        others = [name for name in names if LEASE_ID.fullmatch(name) and name != self.id]
        return any(self.alive(name) for name in others)

    def sweep(self) -> None:
        """Remove the leases of processes that have died."""
        for path in list(self._folder.iterdir()):
            if LEASE_ID.fullmatch(path.name) and path.name != self.id:
                with contextlib.suppress(OSError):
                    _remove_unlocked(path)

    def let_go(self) -> None:
        """Drop this process's hold on the lock."""
        self._file.close()

    def close(self) -> None:
        """Give the lease up; closing twice is fine."""
        self.let_go()
        with contextlib.suppress(OSError):
            (self._folder / self.id).unlink()
