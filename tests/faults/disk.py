"""A disk under a home that can be full, and that loses in a power cut what was not synced."""

from __future__ import annotations

import contextlib
import functools
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).with_name("disk.c")


@functools.cache
def library() -> Path | None:
    """Compile what is loaded before the C library; None where that cannot be done."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        return None
    built = Path(tempfile.mkdtemp(prefix="thumbnb-faults-")) / "disk.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", built, SOURCE, "-ldl"], check=True, timeout=300
    )
    return built


class Disk:
    """The disk of one home. What runs on it is a process started with its ``environment``."""

    def __init__(self, folder: Path) -> None:
        self.home, self._shadow = folder / "home", folder / "shadow"
        self._shadow.mkdir(parents=True)
        self._full = self._shadow / "full"
        self._full.write_bytes(b"n")
        self.home.mkdir()
        built = library()
        assert built is not None
        self.environment = {
            "LD_PRELOAD": str(built),
            "FAULT_ROOT": str(self.home),
            "FAULT_SHADOW": str(self._shadow),
        }

    @contextlib.contextmanager
    def full(self) -> Iterator[None]:
        """Have nothing be written or made inside."""
        self._set_full(b"y")
        try:
            yield
        finally:
            self._set_full(b"n")

    def _set_full(self, content: bytes) -> None:
        with self._full.open("rb+") as file:
            file.write(content)

    def cut_power(self) -> None:
        """Leave of the home only what was synced; nobody may have it open any more."""
        left = self.home.with_name("left")
        left.mkdir(mode=0o700)
        self._restore(self.home.stat().st_ino, left, {})
        shutil.rmtree(self.home)
        for path in self._shadow.glob("*[0-9d]"):
            path.unlink()
        left.rename(self.home)
        # What is left is on the disk: the next cut leaves it too.
        self._keep(self.home)

    def _restore(self, inode: int, folder: Path, made: dict[str, Path]) -> None:
        names = self._shadow / f"{inode}.d"
        for line in names.read_text().splitlines() if names.exists() else ():
            number, name = line.split(" ", 1)
            path = folder / name
            if (self._shadow / f"{number}.d").exists():
                path.mkdir(mode=0o700)
                self._restore(int(number), path, made)
            elif number in made:
                path.hardlink_to(made[number])
            elif (self._shadow / number).exists():
                shutil.copyfile(self._shadow / number, path)
                made[number] = path
            elif name in FOLDERS:
                path.mkdir(mode=0o700)
            else:
                path.touch()

    def _keep(self, folder: Path) -> None:
        entries = list(folder.iterdir())
        listed = "".join(f"{entry.stat().st_ino} {entry.name}\n" for entry in entries)
        (self._shadow / f"{folder.stat().st_ino}.d").write_text(listed)
        for entry in entries:
            if entry.is_dir():
                self._keep(entry)
            else:
                shutil.copyfile(entry, self._shadow / str(entry.stat().st_ino))


# Folders of a home, which may be known by name before anything in them was synced.
FOLDERS = frozenset({"media", "unfinished", "processes", "backups", "quarantine", "results"}) | {
    f"{n:02x}" for n in range(256)
}
