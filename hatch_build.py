"""What the build does beyond copying: the drawings of a wheel lie in an archive per folder."""

from __future__ import annotations

import io
import lzma
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# The wheel leaves their single files out, pyproject.toml says so.
FOLDERS = ("thumbnb/render/objects/drawings", "thumbnb/render/subjects/places")

# The same files make the same wheel, whenever it is built.
_DATE = (2026, 1, 1, 0, 0, 0)


class ArchiveDrawings(BuildHookInterface[Any]):
    """Puts the SVG files of each folder into one archive, packed as a whole."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the archives and have them put into the wheel."""
        if version == "editable":
            return
        self._made = tempfile.TemporaryDirectory()
        for folder in FOLDERS:
            archive = Path(self._made.name) / f"{Path(folder).name}.zip.xz"
            write_archive(Path(self.root, folder), archive)
            build_data["force_include"][str(archive)] = f"{folder}.zip.xz"

    def finalize(self, version: str, *_: Any) -> None:
        """Remove what was written beside the wheel."""
        if version != "editable":
            self._made.cleanup()


def write_archive(folder: Path, archive: Path) -> None:
    """Write the SVG files below ``folder`` into ``archive``: a zip of them, packed by xz.

    They are alike: packed together they take two thirds of what each takes packed on its own.
    """
    unpacked = io.BytesIO()
    with zipfile.ZipFile(unpacked, "w", zipfile.ZIP_STORED) as packed:
        for path in sorted(folder.rglob("*.svg")):
            name = path.relative_to(folder).as_posix()
            packed.writestr(zipfile.ZipInfo(name, _DATE), path.read_bytes())
    preset = 9 | lzma.PRESET_EXTREME
    archive.write_bytes(lzma.compress(unpacked.getvalue(), preset=preset))
