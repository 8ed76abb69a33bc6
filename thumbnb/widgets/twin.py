"""What a saved notebook shows where a widget was: small pictures, in an output of their own.

A widget is gone when its kernel is: GitHub, an export and a notebook opened tomorrow
show the output that comes after it. While the widget lives, its style sheet hides that
output (kit.css).
"""

from __future__ import annotations

import base64
import html
import io
import logging
from typing import TYPE_CHECKING, Any

from thumbnb.client.picture import SHOWN_COUNT, contact_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

logger = logging.getLogger(__name__)

# A cell's output carries the picture twice (as HTML and as it is), in base64.
MOST_BYTES = 70_000


class Twin:
    """The output that follows a widget, wherever that is shown."""

    def __init__(self) -> None:
        self._handles: list[Any] = []

    def display(self, widget: dict[str, Any], pictures: Sequence[Image.Image], text: str) -> None:
        """Show a widget in the cell that runs, and what stays of it."""
        from IPython import display  # noqa: PLC0415  - only where there is a notebook

        untyped: Any = display
        untyped.display(widget, raw=True)
        handle = untyped.DisplayHandle()
        handle.display(self._output(pictures, text), raw=True)
        self._handles.append(handle)

    def show(self, pictures: Sequence[Image.Image], text: str) -> None:
        """Bring every output up to date."""
        output = self._output(pictures, text)
        for handle in self._handles:
            handle.update(output, raw=True)

    def _output(self, pictures: Sequence[Image.Image], text: str) -> dict[str, Any]:
        label = html.escape(text, quote=True)
        if not pictures:
            return {"text/plain": text, "text/html": '<div class="thumbnb-twin"></div>'}
        data = base64.b64encode(small_jpeg(pictures)).decode()
        shown = f'<img alt="{label}" src="data:image/jpeg;base64,{data}">'
        return {
            "text/plain": text,
            "text/html": f'<div class="thumbnb-twin">{shown}</div>',
            "image/jpeg": data,
        }


def small_jpeg(pictures: Sequence[Image.Image], most: int = MOST_BYTES) -> bytes:
    """Return pictures side by side as a JPEG of at most ``most`` bytes."""
    columns = 2 if len(pictures) <= 4 else 4  # noqa: PLR2004  - few are shown larger
    sheet = contact_sheet(list(pictures[:SHOWN_COUNT]), columns)
    while True:
        for quality in (85, 75, 60, 45):
            buffer = io.BytesIO()
            sheet.save(buffer, "JPEG", quality=quality, optimize=True)
            if buffer.tell() <= most:
                return buffer.getvalue()
        sheet = sheet.resize((max(1, sheet.width * 3 // 4), max(1, sheet.height * 3 // 4)))
