"""The words of a prompt that say what its photos show: these are drawn by nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thumbnb import image_tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

CLAUSES = re.compile(r"[,;.!?\n]| and | with ")
"""What parts a prompt where it speaks of images."""

_ARTICLE = r"(?:a|an|one|another|some)"
_NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d+)"
_JOINING = "of|the|in|on|at|to|and|with|from|for|my|his|her|its|their|while|as"
_ADJECTIVES = rf"(?:(?!(?:{_JOINING})\b)[\w'-]+\s+){{0,3}}"
_MY = r"(?:(?:a|an|the|my|his|her|some|two|three|four|five|\d+)\s+)?"

_SET_APART = re.compile(
    rf"\b(?:next\s+to|beside|besides|alongside|surrounded\s+by|on\s+top\s+of|versus|vs\.?|against|"
    rf"plus|neben|junto\s+a|al\s+lado\s+de|a\s+cote\s+de|"
    rf"(?:pil|heap|stack|bundl)es?\s+of|(?:pile|heap|stack|bundle|bag|box)s?\s+of|"
    rf"(?:with|and|add|adding|mit|con|avec)\s+(?:{_ARTICLE}|{_NUMBER})|"
    rf"with\s+{_ARTICLE}\s+(?:[\w'-]+\s+){{1,3}}and|"
    rf"hold(?:s|ing)?|carry(?:ing)?|carries|lift(?:s|ing)?|eat(?:s|ing)?|drink(?:s|ing)?|"
    rf"play(?:s|ing)?|read(?:s|ing)?|wield(?:s|ing)?|wear(?:s|ing)?|throw(?:s|ing)?|"
    rf"unbox(?:es|ing)?|present(?:s|ing)?|show(?:s|ing)?)\s+{_MY}{_ADJECTIVES}\Z",
    re.IGNORECASE,
)
"""What stands before a thing of its own, beside what a photo shows."""

_PLACED = re.compile(
    r"\s+(?:in|on|at|to)\s+(?:the|one|a)\s+"
    r"(?:(?:other|upper|lower|top|bottom|left|right)(?:\s+(?:left|right))?\s*"
    r"(?:side|half|corner)?|corner|middle|cent(?:er|re)|foreground|sky)\b",
    re.IGNORECASE,
)
"""What stands behind a thing that has a place of its own in the frame."""

_STANDS_BY = re.compile(
    r"\s+(?:next\s+to|beside|alongside|in\s+front\s+of|behind)\s+"
    r"(?:[\w' -]{0,24}@image\d|(?:it|him|her|them|me)\b)",
    re.IGNORECASE,
)
"""What stands behind a thing that is put beside a photo: "a burger next to @image1"."""

_PART_OF = re.compile(
    r"\b(?:its|his|her|their|the|this|that|these|those)\s+(?:[\w'-]+\s+){0,2}\Z", re.IGNORECASE
)
"""What stands before a part of what is shown: "its eyes", "the cup"."""

_COUNT = re.compile(
    rf"(?:\b(?:{_ARTICLE}|two|three|four|five|six|seven|eight|nine|ten|\d+|big|large|huge|giant|"
    rf"glowing|bright|red|yellow|green|blue|orange|white|black|pink|purple|neon|gold|golden)[\s-]+)"
    r"(?:[\w'-]+\s+){0,2}\Z",
    re.IGNORECASE,
)
"""What stands before a mark somebody asks for: "three stars", "a red cross"."""

BODY_PARTS = frozenset({"brain", "ear", "eye", "foot", "hand", "mouth", "muscle", "nose", "tooth"})
"""Parts of a body: beside a photo they are those of whom it shows."""

_ALWAYS_APART = frozenset({"arrow", "price-tag", "sale-tag"})
"""What somebody puts on a photo, and seldom photographs."""

_LINKING = frozenset(
    {
        "in", "on", "at", "of", "by", "to", "from", "for", "about", "into", "over", "under",
        "near", "behind", "through", "while", "when", "as", "like", "front", "next", "beside",
        "around", "against", "toward", "towards", "and", "or", "with", "without",
    }
)  # fmt: skip


def words_of_photos(
    prompt: str,
    things: Iterable[tuple[str, str]],
    *,
    photos: Collection[int],
    marks: Collection[str] = (),
    on_screen: bool = False,
) -> frozenset[str]:
    """Return the words of things that say what a photo shows: "my cat @image1, its eyes".

    ``things`` are the names and words of things; ``photos`` the numbers of the images that are
    photos, no logos; ``marks`` the names of things that are put on a photo, such as stars;
    ``on_screen``: the photos are on the screens of devices. With one photo that is not, all is
    a part of it that is not set apart from it ("next to a laptop").
    """
    said = image_tokens.numbers(prompt)
    if said and not said & {*photos}:
        return frozenset()
    only = len(photos) <= 1 and not on_screen
    found = set()
    for name, word in things:
        if not word:
            continue
        places = list(re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", prompt))
        if name in _ALWAYS_APART:
            continue
        if places and all(
            _is_of_photo(prompt, at.start(), at.end(), mark=name in marks, only=only)
            or (name in BODY_PARTS and not on_screen)
            for at in places
        ):
            found.add(word)
    return frozenset(found)


def _is_of_photo(prompt: str, start: int, end: int, *, mark: bool, only: bool) -> bool:
    """Whether a word says what a photo shows."""
    before, after = prompt[:start], prompt[end:]
    if _names_photo(before, after):
        return True
    clause = re.split(r"[,;.!?\n]", before)[-1]
    if _is_added(before, clause, after):
        return False
    if _SET_APART.search(clause) or _STANDS_BY.match(after):
        return False
    placed = bool(_PLACED.match(after))
    if mark:
        alone = re.fullmatch(r"\s*(?:[\w-]+\s+)?", clause) and re.match(r"\s*(?:[,;.!]|\Z)", after)
        if alone and any(image_tokens.find(before)):
            return False  # ", question mark" at the end of a list
        return not (placed or _COUNT.search(clause) or _COUNT.match(f"{prompt[start:end]} "))
    within = _in_clause_of_photo(prompt, start, end)
    return within or (not placed and (only or bool(_PART_OF.search(clause))))


def _is_added(before: str, clause: str, after: str) -> bool:
    """Whether a thing is one of a list: ", a rising chart", but no name right behind a photo."""
    ends = re.match(r"\s*(?:[,;.!?\n]|\Z)", after)
    earlier = before[: len(before) - len(clause)]
    listed = earlier.rstrip().endswith(",") and any(image_tokens.find(earlier))
    named = re.search(r"@image\d+\)?\s*,\s*\Z", earlier, re.IGNORECASE)
    alone = re.fullmatch(rf"\s*{_ARTICLE}\s+{_ADJECTIVES}", clause, re.IGNORECASE)
    return bool(ends and listed and alone and not named)


_SAYS = re.compile(r"@image\d+\)?\s*(?:of|is|shows|showing)\s+[\w' -]{0,24}\Z", re.IGNORECASE)


def _names_photo(before: str, after: str) -> bool:
    """Whether a word stands right before an @imageN, or behind "@imageN of", as its name."""
    token = next(image_tokens.find(after), None)
    if token:
        between = after[: token[1]]
        if re.fullmatch(r"\s*\(?(?:\s[\w'-]+){0,2}\s*\(?", between) and not _LINKING & {
            *between.casefold().split()
        }:
            return True
    return bool(
        re.search(
            r"@image\d+\)?\s*(?:of|is|shows|showing)\s+[\w' -]{0,24}\Z", before, re.IGNORECASE
        )
    )


_SELF = frozenset(
    {
        "me", "myself", "i", "selfie", "yo", "mi", "ich", "mich", "mir", "moi", "eu", "io",
        "narrator", "presenter", "host", "youtuber",
    }
)  # fmt: skip
"""Words for who makes the film: no photo of something else shows them."""

_MEETS = re.compile(
    r"[^,;.!?\n]*?(?:,\s*)?\b(?:next\s+to|beside|alongside|in\s+front\s+of|behind|holding|"
    r"(?:point|look|watch|star|react|show|present|explain|review|gaz|shout|laugh)(?:ing|e?s)|"
    r"on\s+the\s+(?:left|right))\b[^,;.!?\n]*@image\d",
    re.IGNORECASE,
)
"""What stands behind somebody who is not in a photo, but has to do with it."""


def names_own_people(
    prompt: str, words: Iterable[str], *, photos: Collection[int], ground: bool = False
) -> bool:
    """Return whether a prompt names anybody who is not in its photos.

    "Me" is; the "street photographer @image1" is in the photo. ``ground``: the photo is said to
    be a background, so that somebody named apart from it stands in front.
    """
    said = image_tokens.numbers(prompt)
    if said and not said & {*photos}:
        return True
    for word in words:
        if word.casefold() in _SELF:
            return True
        for at in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", prompt):
            before, after = prompt[: at.start()], prompt[at.end() :]
            if re.search(r"\b(?:my|mein|mon|ma|mi|meu|minha)\s+\Z", before, re.IGNORECASE):
                return True
            if _names_photo(before, after):
                continue
            if _MEETS.match(after) or _SET_APART.search(re.split(r"[,;.!?\n]", before)[-1]):
                return True
            apart = ground or len(photos) > 1
            if apart and not _in_clause_of_photo(prompt, at.start(), at.end()):
                return True
    return False


def _in_clause_of_photo(prompt: str, start: int, end: int) -> bool:
    """Whether an @imageN stands in the clause of a word."""
    left = max((cut.end() for cut in CLAUSES.finditer(prompt, 0, start)), default=0)
    cut = CLAUSES.search(prompt, end)
    clause = prompt[left : cut.start() if cut else len(prompt)]
    return any(image_tokens.find(clause))
