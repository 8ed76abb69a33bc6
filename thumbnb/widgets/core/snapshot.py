"""The snapshot of a widget: the output that stands for it in a saved notebook.

A widget is gone when its kernel is: GitHub, an export and a notebook opened tomorrow
show the output that comes after it. While the widget lives, its style sheet hides that
output (base.css). It is a plain JPEG and not within HTML, of which not every viewer
shows the images; it takes at most 70 kB of the notebook's file. A style sheet of its own
follows it, which hides what JupyterLab says of a widget that is gone.
"""

from __future__ import annotations

import base64
import html
from collections import deque
from typing import TYPE_CHECKING, Any

import ipywidgets

from thumbnb.client.images.image import SNAPSHOT_COUNT, snapshot_contact_sheet
from thumbnb.imaging.small_copy import encode_jpeg_within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

MAX_BYTES = 50_000

# A front end makes a class of it, by which base.css knows the image for a snapshot.
METADATA = {"needs_background": "light"}

# In a notebook that is opened again, JupyterLab shows "Error displaying widget: model not
# found" where the widget was. There is no style sheet of ours in that page but this one.
_GONE = (
    ".jp-OutputArea-child:not(:has(> .jp-OutputArea-output > *))"  # nothing but a text
    ":has(+ .jp-OutputArea-child :is(.thumbnb-snapshot,"
    " img.jp-needs-light-background[src^='data:image/jpeg'])),"
    ".jp-OutputArea-child:has(> .jp-OutputArea-output > .thumbnb-saved){display:none}"
)
SAVED_STYLE = {"text/html": f'<style class="thumbnb-saved">{_GONE}</style>'}

# A cell that is run again leaves an output that is gone, and nothing says which: only the
# last ones are kept up to date.
MAX_HANDLES = 4


class Snapshot:
    """The output that follows a widget, wherever that is shown."""

    def __init__(self) -> None:
        self._handles: deque[Any] = deque(maxlen=MAX_HANDLES)
        self._last: dict[str, Any] = {}

    def display(self, images: Sequence[Image.Image], text: str) -> None:
        """Show it in the cell that runs."""
        from IPython import display  # noqa: PLC0415  - only where there is a notebook

        untyped: Any = display
        handle = untyped.DisplayHandle()
        self._last = output(images, text)
        handle.display(self._last, raw=True, metadata=METADATA)
        self._handles.append(handle)
        untyped.publish_display_data(SAVED_STYLE)

    def update(self, images: Sequence[Image.Image], text: str) -> None:
        """Bring every output up to date."""
        now = output(images, text)
        if now == self._last:
            return
        self._last = now
        _unsent.add(self)  # before it is sent: a cell may run as soon as it is
        self.send()

    def send(self) -> None:
        """Send the output again to wherever it is shown."""
        for handle in list(self._handles):
            handle.update(self._last, raw=True, metadata=METADATA)


# Whoever executes a notebook by program takes only what is sent in the course of a cell, and
# work ends when it ends: what was sent between two cells is sent again in the next.
_unsent: set[Snapshot] = set()


def send_unsent(_: Any = None) -> None:
    """Send what was not sent in the course of a cell; called at the end of the next one."""
    while _unsent:
        _unsent.pop().send()


def output(images: Sequence[Image.Image], text: str) -> dict[str, Any]:
    """Return the output: a widget's images, or its text where it has none."""
    if not images:
        escaped = html.escape(text, quote=True)
        return {"text/plain": text, "text/html": f'<div class="thumbnb-snapshot">{escaped}</div>'}
    return {"text/plain": text, "image/jpeg": _base64(small_jpeg(images))}


def small_jpeg(images: Sequence[Image.Image]) -> bytes:
    """Return images side by side as a JPEG of at most ``MAX_BYTES``."""
    columns = 2 if len(images) <= 4 else 4  # noqa: PLR2004  - few are shown larger
    sheet = snapshot_contact_sheet(list(images[:SNAPSHOT_COUNT]), columns)
    return encode_jpeg_within(sheet, MAX_BYTES)


def embedded_image(images: Sequence[Image.Image], layout: Any) -> dict[str, Any]:
    """Return the state of an ipywidgets Image of a snapshot, for a page without a kernel."""
    kind = ipywidgets.Image.class_traits()
    fixed = ("_model_name", "_model_module", "_model_module_version",
             "_view_name", "_view_module", "_view_module_version")  # fmt: skip
    state = {name: kind[name].default_value for name in fixed}
    # A browser looks at the bytes, not at the trait `format`, which no other widget has.
    value = {"encoding": "base64", "path": ["value"], "data": _base64(small_jpeg(images))}
    return {
        **{name.removeprefix("_"): state[name] for name in fixed[:3]},
        "state": {**state, "layout": layout},
        "buffers": [value],
    }


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
