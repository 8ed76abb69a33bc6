"""What the browser runs: a widget's own files after the kit that all of them share.

The browser loads a module from a blob's address, where no import of another file
resolves; so they are joined here, when the class is made.

anywidget would have the whole text in the state of every widget, and whoever executes a
notebook by program (nbclient, nbconvert, papermill) stores all state: a page of controls
was a saved notebook of 700 kB. So the state has a loader of a few lines, and the text
follows as a message, which nothing stores. Without a kernel there is then no dead
widget in an export, but the pictures that stand for it (snapshot.py).
"""

from __future__ import annotations

import hashlib
import re
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]

# Those that stand alone on their lines.
COMMENTS = re.compile(r"^[ \t]*(//[^\n]*|/\*((?!\*/).)*\*/)[ \t]*$", flags=re.MULTILINE | re.DOTALL)

# A page may have been loaded anew since the text was sent; within so many seconds not.
FRESH = 1.0


class Front:
    """The module and the style sheet of a kind of widget, and their way to the browser."""

    def __init__(self, *parts: str) -> None:
        self.module = module(*parts)
        self.style = style(*parts)
        digest = hashlib.sha256(f"{self.module}\0{self.style}".encode()).hexdigest()
        self.id = digest[:16]
        self.loader = _bare(ROOT / "core/browser/loader.js").replace("FRONT", self.id)
        self._sent = float("-inf")

    def send(self, widget: Any) -> None:
        """Send the text to the pages where a widget is."""
        self._sent = time.monotonic()
        content = {"kind": "front", "id": self.id, "module": self.module, "style": self.style}
        widget.send(content)

    def follow(self, widget: Any) -> None:
        """Send the text after a new widget, unless it has just been sent after another."""
        if time.monotonic() - self._sent > FRESH:
            self.send(widget)


def module(*parts: str) -> str:
    """Return the ECMAScript module of a widget, of these files; the last one exports."""
    return _joined(
        [ROOT / f"{part}.js" for part in ("core/browser/kit", "core/browser/release_views", *parts)]
    )


def style(*parts: str) -> str:
    """Return the style sheet of a widget; a part may have none."""
    sheets = [ROOT / f"{part}.css" for part in ("core/browser/kit", *parts)]
    return _joined([sheet for sheet in sheets if sheet.is_file()])


def _joined(files: list[Path]) -> str:
    return "\n".join(_bare(file) for file in files)


def _bare(file: Path) -> str:
    """Return a file without its comments and indents: every page has to load it."""
    text = COMMENTS.sub("", file.read_text(encoding="utf-8"))
    return "\n".join(line for line in map(str.strip, text.splitlines()) if line)
