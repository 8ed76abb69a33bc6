"""The sample video: a short film that comes with the package, so that nobody waits for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from thumbnb.arguments.local_path import input_path
from thumbnb.errors import InvalidInput
from thumbnb.storage import files

if TYPE_CHECKING:
    import os

# Made by film.py.
SHIPPED = Path(__file__).with_name("one-good-frame.mp4")


def sample_video(folder: str | os.PathLike[str] | None = None) -> Path:
    """Return the path of the sample video; with ``folder``, of a copy of it there.

    Half a minute of 1280x720 at 24 frames a second, H.264 with AAC sound, painted by code.
    Without ``folder`` it is the package's own file: read it only.

    >>> tb.sample_video()  # doctest: +SKIP
    PosixPath('.../thumbnb/samples/one-good-frame.mp4')
    """
    if folder is None:
        return SHIPPED
    copy = input_path("folder", folder) / SHIPPED.name
    try:
        if not copy.exists():
            files.make_folder(copy.parent)
            files.write_file(copy, SHIPPED.read_bytes(), mode=files.SHARED)
    except OSError as error:
        raise InvalidInput(
            f"No file can be written to {str(copy.parent)!r}: {error.strerror or error}.",
            hint="Give another folder.",
        ) from error
    return copy
