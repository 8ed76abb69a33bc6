"""A result as a file with its layers, from a service that keeps them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from thumbnb import errors
from thumbnb.api import youthumb

if TYPE_CHECKING:
    import os

    from thumbnb.client.session import Session

_SUFFIXES = frozenset({".psd", ".svg", ".png", ".jpg", ".jpeg"})

_NO_LAYERS = (
    "The service has no layers of this thumbnail: only the embedded one keeps them, until the "
    "thumbnail is deleted."
)


async def export(
    session: Session, result_id: str, file_format: str, title: str | None = None
) -> bytes:
    """Fetch a result as a file of a format, with a title of its own where one is given."""
    try:
        return await session.request(
            youthumb.export_result, result_id, file_format=file_format, title=title
        )
    except errors.NotFound as error:
        raise errors.InvalidInput(_NO_LAYERS, hint="Its pixels are in result.image.") from error


def export_path(path: str | os.PathLike[str]) -> Path:
    """Return the path to write to; raise InvalidInput for one that cannot be written."""
    target = Path(path).expanduser()
    if target.suffix.lower() not in _SUFFIXES:
        raise errors.InvalidInput(
            f"{target.name!r} does not say what to write.",
            hint="End its name with .psd, .svg, .png or .jpg.",
        )
    if not target.parent.is_dir():
        raise errors.InvalidInput(f"There is no folder {target.parent}.", hint="Make it first.")
    return target
