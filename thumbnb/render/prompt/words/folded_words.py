"""The words of a text, lower-case and without accents."""

from __future__ import annotations

import re
import unicodedata


def folded_words(text: str) -> list[str]:
    """Lower-case words without accents."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[a-z0-9@'-]+", "".join(c for c in folded if not unicodedata.combining(c)))
