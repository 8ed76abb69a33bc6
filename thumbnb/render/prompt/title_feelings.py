"""What a title makes one feel."""

from __future__ import annotations

import re

from thumbnb.render.prompt.words.folded_words import folded_words
from thumbnb.render.prompt.words.lexicon import matches

_RID_OF = re.compile(
    r"\b(?:no|zero|without|never|stop|goodbye|bye|beat|paid\s+off|out\s+of)\s+(?:more\s+)?(?:my\s+)?debts?\b|"
    r"\bdebt[\s-]free\b",
    re.IGNORECASE,
)
"""What nobody is worried by any more."""


def feeling_of_title(title: str) -> str | None:
    """Return what a title makes one feel, as the lexicon's expressions name it."""
    words = folded_words(_RID_OF.sub(" free ", title))
    return next(iter((*matches("expressions", words), *matches("feelings", words))), None)
