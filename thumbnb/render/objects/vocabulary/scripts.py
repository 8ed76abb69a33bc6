"""Names in other scripts: Japanese, Chinese, Korean, Russian, Arabic, Persian.

Their words are not parted by spaces, or change their endings: so they are looked for as parts
of the text. Only the long tail is named in these languages.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from thumbnb.render.objects.vocabulary.longtail import names_in

if TYPE_CHECKING:
    from collections.abc import Iterator

# The languages written in a script, and the least letters of a name that counts inside a text.
_SCRIPTS = {
    "CJK": (("ja", "zh"), 2),
    "HIRAGANA": (("ja",), 2),
    "KATAKANA": (("ja",), 2),
    "HANGUL": (("ko",), 2),
    "CYRILLIC": (("ru",), 3),
    "ARABIC": (("ar", "fa"), 3),
}
_SPACED = {"CYRILLIC", "ARABIC"}
"""Scripts with spaces between words: there a name begins where a word does."""
_LONGEST_ENDING = 2
"""How many letters a spaced word may have after a name: its case or number."""
# What a name adds to the thing that its image shows: the face of a dog.
_FACES = ("の顔", "脸", "头", "_얼굴", "морда_", "وجه_", "صورت_")


class Named(NamedTuple):
    """A part of a text that names an image of the long tail."""

    start: int
    end: int
    name: str


def find_names(text: str) -> Iterator[Named]:
    """Yield the names of things in the other scripts of a text, the longest first at each place."""
    scripts = {_script(letter) for letter in set(text) if not letter.isascii()} & set(_SCRIPTS)
    if not scripts:
        return
    table = _table(tuple(sorted({one for script in scripts for one in _SCRIPTS[script][0]})))
    plain = text.lower()
    if len(plain) != len(text):  # a letter whose small form is two: spans would be wrong
        plain = text
    start = 0
    while start < len(plain):
        end = _longest(table, plain, start)
        if end is None:
            start += 1
            continue
        yield Named(start, end, table[plain[start:end]])
        start = end


def _longest(table: dict[str, str], text: str, start: int) -> int | None:
    script = _script(text[start])
    if script not in _SCRIPTS:
        return None
    spaced = script in _SPACED
    if spaced and start and text[start - 1].isalpha():
        return None
    least = _SCRIPTS[script][1]
    for length in range(min(len(text) - start, _LONGEST_NAME), 0, -1):
        end = start + length
        if text[start:end] not in table:
            continue
        rest = _letters_after(text, end)
        alone = rest == 0 and not text[max(0, start - 1) : start].isalpha()
        if alone or (length >= least and (not spaced or rest <= _LONGEST_ENDING)):
            return end
    return None


_LONGEST_NAME = 24


def _letters_after(text: str, end: int) -> int:
    return next((i for i, letter in enumerate(text[end:]) if not letter.isalpha()), len(text) - end)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ", 1)[0].split("-", 1)[0]


@cache
def _table(languages: tuple[str, ...]) -> dict[str, str]:
    """Return the image of each name; the first of a name keeps it."""
    table: dict[str, str] = {}
    for language in languages:
        for name, name_in_language in names_in(language).items():
            thing = name_in_language
            for face in _FACES:
                thing = thing.removesuffix(face).removeprefix(face)
            for word in (name_in_language, thing):
                table.setdefault(word.replace("_", " ").lower(), name)
    return table
