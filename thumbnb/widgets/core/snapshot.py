"""The snapshot of a widget: the output that stands for it in a saved notebook.

A widget is gone when its kernel is: GitHub, an export and a notebook opened tomorrow
show the output that comes after it. While the widget lives, its style sheet hides that
output (base.css). It is a plain JPEG and not within HTML, of which not every viewer
shows the images; it takes at most 70 kB of the notebook's file.
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

MAX_BYTES = 50_000

# A front end makes a class of it, by which base.css knows the image for a snapshot.
METADATA = {"needs_background": "light"}

# A cell that is run again leaves an output that is gone, and nothing says which: only the
# last ones are kept up to date.
MAX_HANDLES = 4


class Snapshot:
    """The output that follows a widget, wherever that is shown."""

    def __init__(self) -> None:
        self._handles: deque[Any] = deque(maxlen=MAX_HANDLES)
        self._last: dict[str, Any] = {}

    def display(self, widget: dict[str, Any], images: Sequence[Image.Image], text: str) -> None:
        """Show a widget in the cell that runs, and its snapshot after it."""
        from IPython import display  # noqa: PLC0415  - only where there is a notebook
        from IPython.core import getipython  # noqa: PLC0415

        untyped: Any = display
        shell: Any = getipython.get_ipython()
        untyped.display(widget, raw=True)
        handle = untyped.DisplayHandle()
        self._last = output(images, text)
        handle.display(self._last, raw=True, metadata=METADATA)
        self._handles.append(handle)
        if shell is not None:
            shell.events.register("post_run_cell", _send_again)

    def update(self, images: Sequence[Image.Image], text: str) -> None:
        """Bring every output up to date."""
        now = output(images, text)
        if now == self._last:
            return
        self._last = now
        self.send()
        _unsent.add(self)

    def send(self) -> None:
        """Send the output again to wherever it is shown."""
        for handle in list(self._handles):
            handle.update(self._last, raw=True, metadata=METADATA)


# Whoever executes a notebook by program takes only what is sent in the course of a cell, and
# work ends when it ends: what was sent between two cells is sent again in the next.
_unsent: set[Snapshot] = set()


def _send_again(_: Any = None) -> None:
    while _unsent:
        _unsent.pop().send()


def in_terminal() -> bool:
    """Whether what is displayed goes to IPython's own prompt, where there are no widgets."""
    from IPython.core import getipython  # noqa: PLC0415  - only where there is IPython

    shell = getipython.get_ipython()
    return shell is not None and getattr(shell, "kernel", None) is None


def display_plain(images: Sequence[Image.Image], text: str) -> None:
    """Show what stands for a widget where there is none: its images, and its text."""
    from IPython import display  # noqa: PLC0415  - only where there is IPython

    untyped: Any = display
    untyped.display(output(images, text), raw=True)


def output(images: Sequence[Image.Image], text: str) -> dict[str, Any]:
    """Return the output: a widget's images, or its text where it has none."""
    if not images:
        escaped = html.escape(text, quote=True)
        return {"text/plain": text, "text/html": f'<div class="thumbnb-snapshot">{escaped}</div>'}
    data = base64.b64encode(small_jpeg(images)).decode()
    return {"text/plain": text, "image/jpeg": data}


def small_jpeg(images: Sequence[Image.Image]) -> bytes:
    """Return images side by side as a JPEG of at most ``MAX_BYTES``."""
    columns = 2 if len(images) <= 4 else 4  # noqa: PLR2004  - few are shown larger
    sheet = snapshot_contact_sheet(list(images[:SNAPSHOT_COUNT]), columns)
    return encode_jpeg_within(sheet, MAX_BYTES)
