"""What the browser runs: a widget's own file after the kit that all of them share.

The browser loads a module from a blob's address, where no import of another file
resolves; so the two are joined here, when the class is made.
"""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).parent / "static"


def module(name: str) -> str:
    """Return the ECMAScript module of a widget."""
    return _joined(name, "js")


def style(name: str) -> str:
    """Return the style sheet of a widget."""
    return _joined(name, "css")


def _joined(name: str, suffix: str) -> str:
    return "\n".join(
        (STATIC / f"{part}.{suffix}").read_text(encoding="utf-8") for part in ("kit", name)
    )
