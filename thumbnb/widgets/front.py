"""What the browser runs: a widget's own files after the kit that all of them share.

The browser loads a module from a blob's address, where no import of another file
resolves; so they are joined here, when the class is made.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

STATIC = Path(__file__).parent / "static"


def module(*parts: str) -> str:
    """Return the ECMAScript module of a widget, of these files; the last one exports."""
    return _joined(parts, "js")


def style(*parts: str) -> str:
    """Return the style sheet of a widget; a part may have none."""
    return _joined([part for part in parts if (STATIC / f"{part}.css").is_file()], "css")


def _joined(parts: Sequence[str], suffix: str) -> str:
    return "\n".join(
        (STATIC / f"{part}.{suffix}").read_text(encoding="utf-8") for part in ("kit", *parts)
    )
