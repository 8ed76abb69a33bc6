"""The notebooks that come along, as copies to work on.

Running a notebook writes into its file. So a checkout's own notebooks, which its history keeps,
are not worked on, and neither are those of an installed package: they are copied.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from thumbnb.storage.files import make_folder, write_file

if TYPE_CHECKING:
    from pathlib import Path

# Beside the copies: the hash of each one's cells as they were copied.
NOTES = ".copied.json"


def copy_notebooks(source: Path, folder: Path) -> None:
    """Copy the notebooks of a folder into another one, and the images they show.

    What somebody has written there stays. A copy that was only run follows a newer original.
    """
    make_folder(folder)
    notes = _read_notes(folder / NOTES)
    for original in sorted(path for path in source.iterdir() if path.is_file()):
        copy, shipped = folder / original.name, original.read_bytes()
        now = _digest(shipped)
        if not copy.exists() or (
            notes.get(original.name) not in {None, now}
            and _digest(copy.read_bytes()) == notes[original.name]
        ):
            write_file(copy, shipped)
            notes[original.name] = now
    write_file(folder / NOTES, json.dumps(notes, indent=1).encode())


def _read_notes(path: Path) -> dict[str, str]:
    try:
        found: Any = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _digest(notebook: bytes) -> str:
    """Return the hash of what is written in a notebook's cells; outputs do not count."""
    try:
        cells = json.loads(notebook)["cells"]
        written = [[cell["cell_type"], "".join(cell["source"])] for cell in cells]
    except (ValueError, TypeError, LookupError):  # no notebook: all of it counts
        return hashlib.sha256(notebook).hexdigest()
    return hashlib.sha256(json.dumps(written).encode()).hexdigest()
