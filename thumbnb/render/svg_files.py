"""The SVG files of a folder: single ones in a checkout, in one archive in an installed package."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path

ENDING = ".svg"


def archive_of(folder: Path) -> Path:
    """Return where the archive of a folder is kept: ``hatch_build.py`` puts it into the wheel.

    Small files are alike: together they take a third of what each takes on its own.
    """
    return folder.with_name(folder.name + ".zip.xz")


def svg_files(folder: Path) -> list[Traversable]:
    """Return the SVG files in ``folder`` and the folders in it, in the order of their names."""
    archive = archive_of(folder)
    top: Traversable = folder
    if archive.is_file():
        import lzma  # noqa: PLC0415 - only an installed package needs it

        # In memory: processes that are forked would share the place in an open file.
        unpacked = io.BytesIO(lzma.decompress(archive.read_bytes()))
        top = zipfile.Path(zipfile.ZipFile(unpacked))
    return sorted(_files(top), key=lambda file: file.name)


def _files(folder: Traversable) -> Iterator[Traversable]:
    for path in folder.iterdir():
        if path.is_dir():
            yield from _files(path)
        elif path.name.endswith(ENDING):
            yield path
