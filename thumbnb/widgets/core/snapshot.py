"""What a saved notebook shows where a widget was: small pictures, in an output of their own.

A widget is gone when its kernel is: GitHub, an export and a notebook opened tomorrow
show the output that comes after it. While the widget lives, its style sheet hides that
output (kit.css). It is a picture as it is and not within HTML, of which not every viewer
shows the pictures; it takes at most 70 kB of the notebook's file.
"""

from __future__ import annotations

import base64
import html
from collections import deque
from typing import TYPE_CHECKING, Any

from thumbnb.client.images.image import SNAPSHOT_COUNT, snapshot_contact_sheet
from thumbnb.imaging.small_copy import encode_jpeg_within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

MOST_BYTES = 50_000

# A front end makes a class of it, by which kit.css knows the picture for a twin.
MARK = {"needs_background": "light"}

# A cell that is run again leaves an output that is no more; nobody says which.
SNAPSHOT_LAST = 4


class Twin:
    """The output that follows a widget, wherever that is shown."""

    def __init__(self) -> None:
        self._handles: deque[Any] = deque(maxlen=SNAPSHOT_LAST)
        self._last: dict[str, Any] = {}

    def display(self, widget: dict[str, Any], pictures: Sequence[Image.Image], text: str) -> None:
        """Show a widget in the cell that runs, and what stays of it."""
        from IPython import display  # noqa: PLC0415  - only where there is a notebook
        from IPython.core import getipython  # noqa: PLC0415

        untyped: Any = display
        shell: Any = getipython.get_ipython()
        untyped.display(widget, raw=True)
        handle = untyped.DisplayHandle()
        self._last = output(pictures, text)
        handle.display(self._last, raw=True, metadata=MARK)
        self._handles.append(handle)
        if shell is not None:
            shell.events.register("post_run_cell", _say_again)

    def show(self, pictures: Sequence[Image.Image], text: str) -> None:
        """Bring every output up to date."""
        now = output(pictures, text)
        if now == self._last:
            return
        self._last = now
        self.say()
        _unheard.add(self)

    def say(self) -> None:
        """Send what stays to wherever it is shown."""
        for handle in list(self._handles):
            handle.update(self._last, raw=True, metadata=MARK)


# Whoever executes a notebook by program hears only what is said in the course of a cell,
# and work ends when it ends: what was said between two cells is said again in the next.
_unheard: set[Twin] = set()


def _say_again(_: Any = None) -> None:
    while _unheard:
        _unheard.pop().say()


def output(pictures: Sequence[Image.Image], text: str) -> dict[str, Any]:
    """Return what stays of a widget: its pictures, or words where it has none."""
    if not pictures:
        words = html.escape(text, quote=True)
        return {"text/plain": text, "text/html": f'<div class="thumbnb-twin">{words}</div>'}
    data = base64.b64encode(small_jpeg(pictures)).decode()
    return {"text/plain": text, "image/jpeg": data}


def small_jpeg(pictures: Sequence[Image.Image]) -> bytes:
    """Return pictures side by side as a JPEG of at most ``MOST_BYTES``."""
    columns = 2 if len(pictures) <= 4 else 4  # noqa: PLR2004  - few are shown larger
    sheet = snapshot_contact_sheet(list(pictures[:SNAPSHOT_COUNT]), columns)
    return encode_jpeg_within(sheet, MOST_BYTES)
