"""The JavaScript module and the style sheet of a widget, and their way to the browser.

anywidget would have the whole text in the state of every widget, and whoever executes a
notebook by program (nbclient, nbconvert, papermill) stores all state: a page of controls
was a saved notebook of 700 kB. So the state has a loader of a few lines, and the text
follows as a message (compressed), which nothing stores. Without a kernel there is then no dead
widget in an export, but the images that stand for it (snapshot.py).
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thumbnb.widgets.core import es_modules

if TYPE_CHECKING:
    from collections.abc import Iterable

BROWSER = Path(__file__).parent / "browser"
# What every widget has beside its own files.
BASE_MODULE = BROWSER / "prepare_view.js"
BASE_STYLE = BROWSER / "base.css"

# Seconds after which the text is sent again: a page may have been reloaded meanwhile.
FRESH = 1.0


class FrontEndAssets:
    """What the browser runs for a kind of widget: the files that its ``entry`` imports, joined.

    Beside a JavaScript file there may be a style sheet of the same name.
    """

    def __init__(self, entry: Path) -> None:
        self.entry = entry
        self.module = es_modules.joined([BASE_MODULE, entry])
        self.style = style(es_modules.module_order([entry]))
        text = json.dumps({"module": self.module, "style": self.style}).encode()
        self.id = hashlib.sha256(text).hexdigest()[:16]
        self.packed = gzip.compress(text, mtime=0)
        self.loader = _bare(BROWSER / "loader.js").replace("ASSETS_ID", self.id)
        self._sent = float("-inf")

    def send(self, widget: Any) -> None:
        """Send the text to the pages where a widget is."""
        self._sent = time.monotonic()
        widget.send({"kind": "assets", "id": self.id}, [self.packed])

    def send_after_opening(self, widget: Any) -> None:
        """Send the text after a new widget, unless it has just been sent after another."""
        if time.monotonic() - self._sent > FRESH:
            self.send(widget)


@functools.cache
def assets(entry: Path) -> FrontEndAssets:
    """Return the assets of an entry file, which are joined once."""
    return FrontEndAssets(entry)


def style(modules: Iterable[Path]) -> str:
    """Return one style sheet: that of every widget, then those beside these modules."""
    sheets = [BASE_STYLE, *(module.with_suffix(".css") for module in modules)]
    return "\n".join(_bare(sheet) for sheet in sheets if sheet.is_file())


@functools.cache
def _bare(path: Path) -> str:
    return es_modules.bare(path.read_text(encoding="utf-8"))


def text_module(text: str) -> str:
    """Return the JavaScript module of a widget that is nothing but a text."""
    return f"export default {{ render({{ el }}) {{ el.textContent = {json.dumps(text)}; }} }};"
