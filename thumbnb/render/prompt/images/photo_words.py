"""The words of a prompt that say what its photos show: these are drawn by nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thumbnb.text import image_tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

CLAUSES = re.compile(r"[,;.!?\n]| and | with ")
"""What parts a prompt where it speaks of images."""

_ARTICLE = r"(?:a|an|one|another|some)"
_NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d+)"
_JOINING = "of|the|in|on|at|to|and|with|from|for|my|his|her|its|their|while|as"
ADJECTIVES = rf"(?:(?!(?:{_JOINING})\b)[\w'-]+\s+){{0,3}}"
_MY = r"(?:(?:a|an|the|my|his|her|some|two|three|four|five|\d+)\s+)?"

SET_APART = re.compile(
    rf"\b(?:next\s+to|beside|besides|alongside|surrounded\s+by|on\s+top\s+of|versus|vs\.?|against|"
    rf"plus|neben|junto\s+a|al\s+lado\s+de|a\s+cote\s+de|"
    rf"(?:pil|heap|stack|bundl)es?\s+of|(?:pile|heap|stack|bundle|bag|box)s?\s+of|"
    rf"(?:with|and|add|adding|mit|con|avec)\s+(?:{_ARTICLE}|{_NUMBER})|"
    rf"with\s+{_ARTICLE}\s+(?:[\w'-]+\s+){{1,3}}and|"
    rf"hold(?:s|ing)?|carry(?:ing)?|carries|lift(?:s|ing)?|eat(?:s|ing)?|drink(?:s|ing)?|"
    rf"play(?:s|ing)?|read(?:s|ing)?|wield(?:s|ing)?|wear(?:s|ing)?|throw(?:s|ing)?|"
    rf"unbox(?:es|ing)?|present(?:s|ing)?|show(?:s|ing)?)\s+{_MY}{ADJECTIVES}\Z",
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
    things = tuple(things)
    unknown = {word for name, word in things if not name and not _is_called(prompt, word)}
    for name, word in things:
        if not word:
            continue
        places = list(re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", prompt))
        if name in _ALWAYS_APART:
            continue
        if said and places and all(_kind_of(prompt[at.end() :], unknown) for at in places):
            found.add(word)  # coffee pods are no coffee beside a photo of one
            continue
        called = _is_called(prompt, word)
        if (
            places
            and all(
                _is_of_photo(prompt, at.start(), at.end(), mark=name in marks, only=only)
                or (name in BODY_PARTS and not on_screen)
                # "The flower @image1, a real flower?" is the same one, "and another flower" is not.
                or (called and not _ANOTHER.search(prompt[: at.start()]))
                for at in places
            )
        ):
            found.add(word)
    return frozenset(found)


def _is_called(prompt: str, word: str) -> bool:
    """Whether a word stands right before an @imageN, as its name."""
    places = re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", prompt)
    return any(names_photo(prompt[: at.start()], prompt[at.end() :]) for at in places)


def _kind_of(after: str, unknown: Collection[str]) -> bool:
    """Whether a word only says the kind of what nobody can draw, named right behind it."""
    following = re.match(r" ([\w'-]+)", after)
    return bool(following and following[1] in unknown)


_ANOTHER = re.compile(
    rf"\b(?:another|second|other|more|and\s+an?|with\s+an?|{_NUMBER}|next\s+to\s+an?|versus|vs\.?)\s+"
    rf"{ADJECTIVES}\Z",
    re.IGNORECASE,
)
"""What stands before a second thing of the same kind as a photo shows."""

_FACED = re.compile(
    rf"\b(?:star|look|gaz|glar|peer|hiss|bark|growl|jump|react|laugh|shout|scream|squint|frown)"
    rf"(?:e?s|e?d|ing)?\s+(?:up\s+|down\s+|back\s+)?(?:at|to|towards?|into|over)\s+"
    rf"{_ARTICLE}\s+{ADJECTIVES}\Z|"
    rf"\b(?:scared|afraid|frightened|terrified)\s+(?:of|by)\s+{_ARTICLE}\s+{ADJECTIVES}\Z",
    re.IGNORECASE,
)
"""What stands before something new that a photo's subject looks at: "staring at a huge"."""

_MARKED = re.compile(
    rf"\b(?:arrows?|circle[sd]?|ring|highlight(?:s|ed|ing)?)\s+(?:(?:is|that|pointing|points?|drawn)\s+)*"
    rf"(?:(?:at|to|towards?|around|over|on)\s+)?(?:the|its|his|her|their|my|this|that)\s+{ADJECTIVES}\Z",
    re.IGNORECASE,
)
"""What stands before a part of a photo that a mark is for."""

_BEHIND_PHOTO = re.compile(
    rf"@image\d\)?\s+(?:(?:is|are|stand(?:s|ing)|pos(?:es|ing)|sit(?:s|ting)|smil(?:es|ing))\s+){{0,2}}"
    rf"in\s+front\s+of\s+{_ARTICLE}\s+{ADJECTIVES}\Z",
    re.IGNORECASE,
)
"""What stands before something new that is behind who is in a photo."""

_OUT_OF = re.compile(
    rf"\b(?:out\s+of|into|riding|driving|wielding|holding|eating|swallowing|inside\s+of)\s+{_ARTICLE}\s+"
    rf"{ADJECTIVES}\Z",
    re.IGNORECASE,
)
"""What stands before something new that a photo's subject comes out of, or has."""

_AGAINST = re.compile(r"\b(?:vs|versus)\b", re.IGNORECASE)


def _is_rival(prompt: str, start: int, end: int) -> bool:
    """Whether a "versus" stands between a word and the one photo of a prompt."""
    tokens = list(image_tokens.find(prompt))
    if len(tokens) != 1:
        return False
    _, first, last = tokens[0]
    between = prompt[last:start] if last <= start else prompt[end:first]
    return bool(_AGAINST.search(between)) and not re.search(r"[,;.!?\n]", between)


def _is_of_photo(prompt: str, start: int, end: int, *, mark: bool, only: bool) -> bool:
    """Whether a word says what a photo shows."""
    before, after = prompt[:start], prompt[end:]
    if names_photo(before, after) or (not mark and _MARKED.search(before)):
        return True
    clause = re.split(r"[,;.!?\n]", before)[-1]
    if _is_added(before, clause, after) or is_introduced(prompt, start, end):
        return False
    if (
        _BEHIND_PHOTO.search(before)
        or SET_APART.search(clause)
        or _STANDS_BY.match(after)
        or _is_rival(prompt, start, end)
    ):
        return False
    placed = bool(_PLACED.match(after))
    if mark:
        alone = re.fullmatch(r"\s*(?:[\w-]+\s+)?", clause) and re.match(r"\s*(?:[,;.!]|\Z)", after)
        if alone and any(image_tokens.find(before)):
            return False  # ", question mark" at the end of a list
        return not (placed or _COUNT.search(clause) or _COUNT.match(f"{prompt[start:end]} "))
    within = is_in_clause_of_photo(prompt, start, end)
    return within or (not placed and (only or bool(_PART_OF.search(clause))))


def _is_added(before: str, clause: str, after: str) -> bool:
    """Whether a thing is one of a list: ", a rising chart", but no name right behind a photo."""
    ends = re.match(r"\s*(?:[,;.!?\n]|\Z)", after)
    earlier = before[: len(before) - len(clause)]
    listed = earlier.rstrip().endswith(",") and any(image_tokens.find(earlier))
    named = re.search(r"@image\d+\)?\s*,\s*\Z", earlier, re.IGNORECASE)
    alone = re.fullmatch(rf"\s*{_ARTICLE}\s+{ADJECTIVES}", clause, re.IGNORECASE)
    return bool(ends and listed and alone and not named)


INDEFINITE = (
    r"(?:a|an|another|some|several|many|lots\s+of|two|three|four|five|six|seven|eight|nine|ten|\d+|"
    r"ein|eine|einem|einer|un|una|une|um|uma)"
)
INTRODUCED = re.compile(rf"\b{INDEFINITE}\s+{ADJECTIVES}\Z", re.IGNORECASE)
"""What stands before a noun that names something new: "a giant"."""

_JOINED = re.compile(
    rf"(?:\b(?:with|by|and|plus|mit|con|avec|und|y|et|e)|[,;+&])\s+{ADJECTIVES}\Z", re.IGNORECASE
)
"""What stands before several, or some, of something new: "with tiny", "and"."""

_GOVERNED = re.compile(
    rf"\b(?:in|on|at|inside|from|of|to|through|under|is|are|shows?|showing|depicting|"
    rf"featuring|called|named|like|as|for|about)\s+(?:{INDEFINITE}\s+)?{ADJECTIVES}\Z",
    re.IGNORECASE,
)
"""What stands before where a photo was taken and what it is of: "parked in a"."""

_SURROUNDED = re.compile(
    r"\b(?:full|made|pile|stack|heap|bag|box|lots|group|pair|herd|swarm|silhouette|shadow|cup|glass|"
    r"bottle|bunch|handful)\s+of\s+(?:[\w'-]+\s+){0,2}\Z",
    re.IGNORECASE,
)

_ACTS_ON = re.compile(
    r"\s+(?:[\w'-]+\s+){0,3}?(?:(?:in\s+front\s+of|next\s+to|beside|attacks?|"
    r"(?:away|run(?:s|ning)|flee(?:s|ing)|escap(?:es|ing)|hid(?:es|ing)|fl(?:ies|ying))\s+from|"
    r"attacking|chas(?:es|ing)|watch(?:es|ing)|destroy(?:s|ing)|eat(?:s|ing)|hit(?:s|ting)|"
    r"guard(?:s|ing)|towards?)\s+(?:(?:the|my|this|his|her|our|your)\s+)?(?:[\w'-]+\s+){0,2}|"
    r"(?:over|above|behind|around|near|against|onto|at|on\s+top\s+of)\s+"
    r"(?:(?:my|his|her|our|your)\s+(?:[\w'-]+\s+){1,2}|(?:the\s+)?(?:photo\s+)?))\(?@image\d",
    re.IGNORECASE,
)
"""What stands behind something new that has to do with what a photo shows: "chasing my cat"."""

_OWNED = re.compile(
    r"\s+(?:in|on|around|between)\s+(?:its|his|her|their|the)\s+"
    r"(?:hands?|mouth|neck|head|back|paws?|table|floor|wall|desk|background)\b",
    re.IGNORECASE,
)
"""What stands behind a thing that somebody in a photo has: "a ball in its mouth"."""


def is_introduced(prompt: str, start: int, end: int) -> bool:
    """Whether a noun names something new beside a photo: "@image1 chased by a dog"."""
    before, after = prompt[:start], prompt[end:]
    tokens = list(image_tokens.find(before))
    if not tokens:
        return bool(_ACTS_ON.match(after))
    between = before[tokens[-1][2] :]
    if _FACED.search(between) or _OUT_OF.search(between):
        return True
    if not between.strip(" ()") or _OWNED.match(after):
        return False  # "@image1 review"
    if re.fullmatch(rf"\)?\s*,\s*(?:{INDEFINITE}\s+)?{ADJECTIVES}", between) and not is_named(
        before[: tokens[-1][1]]
    ):
        return False  # "@image1, a cup of coffee": what the photo shows
    if _PART_OF.search(before):
        return False
    return bool(_SURROUNDED.search(between)) or (
        not _GOVERNED.search(between)
        and _is_new(between, after, several=prompt[start:end].casefold().endswith("s"))
    )


def _is_new(between: str, after: str, *, several: bool) -> bool:
    """Whether what stands before and behind a noun makes it one of its own."""
    if INTRODUCED.search(between) or (several and _JOINED.search(between)):
        return True
    listed = re.search(rf"(?:,|\band)\s+{ADJECTIVES}\Z", between)
    alone = re.search(rf",\s*{ADJECTIVES}\Z", between) and ENDS.match(after)
    return bool(alone or (listed and re.search(rf"\b{INDEFINITE}\s+[\w'-]+", between)))


ENDS = re.compile(
    r"\s*(?:[,;.!?\n]|\Z|(?:and|und|y|et|or|in|beside|next|around|behind|between|above|below|over|under|"
    r"near|on|at|from|with|that|which|who|is|are|everywhere|up|full|covered|made|[a-z]+ing)\b)",
    re.IGNORECASE,
)
"""What ends the name of something listed behind a photo: ", pile of cash"."""


def is_named(before: str) -> bool:
    """Whether words right before an @imageN say what it shows."""
    clause = CLAUSES.split(before)[-1]
    words = re.findall(r"[\w'-]+", clause.casefold())
    return bool(words) and words[-1] not in _LINKING


_SAYS = re.compile(r"@image\d+\)?\s*(?:of|is|shows|showing)\s+[\w' -]{0,24}\Z", re.IGNORECASE)
"""What stands before the name of what a photo shows: "@image1 of my"."""

_DRESSED = re.compile(
    r"\s+(?:in|with|wearing)\s+(?:(?:a|an|the|his|her)\s+)?(?:[\w'-]+\s+){0,3}?"
    r"(?:suit|shirt|t-shirt|dress|jacket|coat|hat|cap|hoodie|glasses|sunglasses|uniform|tie|beard|"
    r"hair|jeans|costume|helmet|mask|scarf|sweater|gown|apron|headphones)\s+\(?",
    re.IGNORECASE,
)
"""What stands between somebody and their @imageN: "man in a black suit @image2"."""


def names_photo(before: str, after: str) -> bool:
    """Whether a word stands right before an @imageN, or behind "@imageN of", as its name."""
    token = next(image_tokens.find(after), None)
    if token:
        between = after[: token[1]]
        if _comes_from(before, between):
            return True
        words = {*between.casefold().split()}
        if re.fullmatch(r"\s*\(?(?:\s[\w'-]+){0,2}\s*\(?", between) and not _LINKING & words:
            return True
        if _DRESSED.fullmatch(between):
            return True
    return bool(_SAYS.search(before))


_FROM = re.compile(
    r"(?P<words>(?:\s[\w'-]+){0,2})\s+(?P<link>from|in|of|on)\s+(?:(?:the|my)\s+)?"
    r"(?:photo|picture|image|frame|shot)?\s*\(?",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"\b(?:the|this|that|these|those|my|our|your|his|her|its|their)\s+(?:[\w'-]+\s+){0,3}\Z",
    re.IGNORECASE,
)


def _comes_from(before: str, between: str) -> bool:
    """Whether what stands around a word says where it is seen: "the cat from @image1"."""
    link = _FROM.fullmatch(between)
    if not link or _LINKING & {*link["words"].casefold().split()}:
        return False
    # "A dragon in @image1" is to be added to it.
    return link["link"].casefold() == "from" or bool(_KNOWN.search(before))


def is_in_clause_of_photo(prompt: str, start: int, end: int) -> bool:
    """Whether an @imageN stands in the clause of a word."""
    left = max((cut.end() for cut in CLAUSES.finditer(prompt, 0, start)), default=0)
    cut = CLAUSES.search(prompt, end)
    clause = prompt[left : cut.start() if cut else len(prompt)]
    return any(image_tokens.find(clause))
