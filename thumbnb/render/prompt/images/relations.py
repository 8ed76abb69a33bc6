"""Where images are to be: one before another, on a side, on the screen of a device."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Literal

from thumbnb.text import image_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Side = Literal["left", "right"]

_BEFORE = re.compile(
    r"\b(?:(?:in\s+front\s+of|vor|delante\s+de|devant)\s+(?:[\w'-]+\s+){0,6}|"
    r"(?:over|on\s+top\s+of|against|superimposed\s+on)\s+(?:[\w'-]+\s+){0,3})\Z",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\b(?:behind|in\s+the\s+back(?:ground)?\s+of|hinter|detras\s+de|derriere)"
    r"\s+(?:[\w'-]+\s+){0,3}\Z",
    re.IGNORECASE,
)
"""What stands between two images of which one is before the other."""


def front_and_background(
    clause: str, tokens: Sequence[tuple[int, int, int]]
) -> Iterator[tuple[int, Literal["front", "background"]]]:
    """Yield the numbers of images that are one before the other, with what each of them is.

    ``tokens`` are the images of a clause: their numbers, where they begin and end in it.
    """
    for (number, _, end), (other, start, _) in pairwise(tokens):
        between = clause[end:start]
        if _BEFORE.search(between):
            yield number, "front"
            yield other, "background"
        elif _BEHIND.search(between):
            yield number, "background"
            yield other, "front"


_SIDES: dict[str, Side] = {
    "left": "left", "links": "left", "izquierda": "left", "gauche": "left", "esquerda": "left",
    "right": "right", "rechts": "right", "derecha": "right", "droite": "right", "direita": "right",
}  # fmt: skip

_NUMBER = (
    r"(?:(?:showing|shows|reading|reads|saying|says|at|of)\s+[\"\u201c]?[$\u20ac\u00a3]?-?\d[\d.,:]*"
    r"\s*(?:km/h|kmh|mph|kph|%|\u00b0\s*[cf]?|degrees|kg|lbs|hp|[km$\u20ac\u00a3])?[\"\u201d]?\s+)?"
)
"""What an instrument shows or a tag says, before its side."""

_ON_SIDE = re.compile(
    rf"\s*{_NUMBER}"
    r"(?:(?:looking\s+\w+|\w+ing)\s+)?(?:in\s+(?:the\s+)?(?:front|foreground),?\s+)?"
    r"(?:(?:on|at|to|in)\s+(?:the|my|its)\s+(?:(?:far|lower|upper|bottom|top)[\s-]+)?|"
    r"(?:a|la|à)\s+(?:la\s+)?|auf\s+der\s+)?"
    rf"(?P<side>{'|'.join(_SIDES)})\b(?!\s+(?:hand|arm|leg|foot|eye|ear|of)\b)",
    re.IGNORECASE,
)
"""What stands behind something that has a side of the frame: "@image1 on the right"."""

_SHOWN_AS = re.compile(
    r"\)?(?:,?\s+(?:and\s+)?(?:cut[\s-]?out|big|bigger|large|huge|giant|small|tiny|enormous|dull|close[\s-]up|"
    r"zoomed\s+in|in\s+(?:(?:full|vivid|bright|dull|faded|dark)\s+)?(?:black\s+and\s+white|gr[ea]y|colou?r|"
    r"monochrome|sepia)|in\s+(?:the\s+)?(?:front|foreground)|\w+ing(?=\s+(?:on|at|in)\s+the)))*",
    re.IGNORECASE,
)
"""What may stand between an @imageN and its side: how large it is, how it is shown."""

_SIDE_OF = re.compile(
    r"(?:\b(?:on|at|to)\s+the\s+(?P<side>left|right)(?:\s+(?:side|half))?|"
    r"\A\s*(?P<alone>left|right|links|rechts))\s*[:,]?\s*(?:there\s+is\s+|stands\s+)?"
    r"(?:(?:a|an|the|my|one)\s+)?(?:(?!(?:and|with|of|in|on|at)\b)[\w'-]+\s+){0,3}\Z",
    re.IGNORECASE,
)
"""What stands before it: "on the left a film projector"."""

_CLAUSE = re.compile(r"[;.!?\n]|,")


def side_of(prompt: str, start: int, end: int) -> Side | None:
    """Return the side of the frame on which a prompt wants what it names in a span."""
    if found := _ON_SIDE.match(prompt, end):
        return _SIDES[found["side"].casefold()]
    before = _CLAUSE.split(prompt[:start])[-1]
    found = _SIDE_OF.search(before)
    if not found or any(image_tokens.find(before[found.end("side") :])):
        return None
    # "A cat on the left and a dog": what is on the left stands before it.
    if found["side"] and before[: found.start()].strip(" ,:"):
        return None
    return _SIDES[(found["side"] or found["alone"]).casefold()]


def sides_of_images(prompt: str) -> dict[int, Side]:
    """Return on which side each @imageN is wanted, by its number."""
    found = {
        number: side_of(prompt, start, _end_of_shown(prompt, end))
        for number, start, end in image_tokens.find(prompt)
    }
    return {number: side for number, side in found.items() if side}


def _end_of_shown(prompt: str, end: int) -> int:
    """Return where what says how an image is shown ends, behind its token."""
    shown = _SHOWN_AS.match(prompt, end)
    return shown.end() if shown else end


_WEARING = re.compile(
    r"\s+(?:with|in|wearing)\s+(?:(?:a|an|the|his|her|big|red|black)\s+)*(?:[\w-]+\s+)?(?:headsets?|headphones|"
    r"backpack|hat|cap|helmet|glasses|sunglasses|beard|microphone|camera|hoodie|suit|mask|apron|coat|jacket|"
    r"shirt|t-shirt|dress|uniform|scrubs|armou?r)\b",
    re.IGNORECASE,
)
"""What somebody wears, between the word for them and their side."""


def sides_of_words(prompt: str, words: Iterable[str], *, worn: bool = False) -> dict[str, Side]:
    """Return on which side of the frame each of some words is wanted.

    With ``worn``, they are words for people, and what these wear may stand before their side.
    """
    sides: dict[str, Side] = {}
    for word in words:
        for at in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", prompt, re.IGNORECASE):
            wears = _WEARING.match(prompt, at.end()) if worn else None
            if side := side_of(prompt, at.start(), (wears or at).end()):
                sides.setdefault(word, side)
    return sides


_POINTING = re.compile(
    r"\b(?:point(?:s|ing)?|zeigt|zeigend|senalando|apuntando|pointant)\s+"
    r"(?:[\w'-]+\s+){0,2}?(?:at|to|towards?|auf|a|vers)\b",
    re.IGNORECASE,
)
_ARROW = re.compile(r"\b(?:arrows?|pfeile?|flechas?|fleches?)\b[^,;.!?\n]*\Z", re.IGNORECASE)


def somebody_points(prompt: str) -> bool:
    """Whether somebody, and not an arrow, is to point at something."""
    return any(not _ARROW.search(prompt[: at.start()]) for at in _POINTING.finditer(prompt))


_FROM_BEHIND = re.compile(
    r"\b(?:from\s+(?:behind|the\s+back)|back\s+(?:turned\s+)?to\s+(?:the\s+)?(?:camera|viewer|us)|"
    r"von\s+hinten|de\s+espaldas|de\s+dos|de\s+costas)\b",
    re.IGNORECASE,
)


_INTO_IMAGE = re.compile(
    r"\b(?:(?:walk|hik|march|runn|head|rid|trek)(?:s|es|ing)\s+(?:off\s+|alone\s+|slowly\s+)?"
    r"(?:away|towards?(?!\s+(?:the\s+)?(?:camera|viewer|us)\b)|into|up\s+(?:a|the)|down\s+(?:a|the)|along\s+(?:a|the))|"
    r"(?:looking|gazing|staring|stares|looks|gazes)\s+(?:out\s+)?(?:over|across|out\s+at|out\s+to|"
    r"into\s+the\s+distance|at\s+the\s+(?:sunset|sunrise|view|horizon|ocean|sea|mountains?|stars|"
    r"northern\s+lights|skyline|valley))|"
    r"overlook(?:s|ing)|facing\s+(?:a|the)\s+(?:\w+\s+)?(?:sunset|sunrise|ocean|sea|mountains?|storm|wave)|"
    r"(?:standing|stands|sitting)\s+(?:alone\s+)?(?:on|at)\s+(?:top\s+of\s+|the\s+(?:very\s+)?(?:edge|top|"
    r"summit|peak)\s+of\s+)?(?:an?|the)?\s*(?:\w+\s+){0,2}(?:cliff|peak|summit|mountain|viewpoint)|"
    r"watch(?:es|ing)\s+(?:a|the)\s+(?:\w+\s+){0,2}(?:sunset|sunrise|fireworks|northern\s+lights|aurora))\b",
    re.IGNORECASE,
)
"""Who does that looks into the image: what is there is what it is about."""


def looks_into_image(prompt: str) -> bool:
    """Whether somebody does what people are shown from behind at: they walk towards something."""
    return bool(_INTO_IMAGE.search(prompt))


def is_seen_from_behind(prompt: str) -> bool:
    """Whether somebody is to be seen from behind, looking into the image."""
    return bool(_FROM_BEHIND.search(prompt))


_TARGET = re.compile(
    r"\b(?P<mark>arrows?|circle|ring|circled)\b\s+(?:is\s+|that\s+)?"
    r"(?:(?:going\s+|pointing\s+)?from\s+[^,;.!?\n]{1,28}?\s(?=to\b))?"
    r"(?:(?:(?:point(?:s|ing)?|drawn)\s+)?(?:at|to|towards?|on|around|over)\s+|(?=the\s))"
    r"(?P<owner>(?:the|its|his|her|their|my|a)\s+)?(?P<words>[^,;.!?\n@]+)",
    re.IGNORECASE,
)

_PARTS = frozenset(
    [
        "antenna",
        "bar",
        "battery",
        "beak",
        "belly",
        "blade",
        "blades",
        "brain",
        "brake",
        "brakes",
        "bumper",
        "button",
        "buttons",
        "camera",
        "chain",
        "chimney",
        "chin",
        "collar",
        "cockpit",
        "corner",
        "crack",
        "dent",
        "dial",
        "door",
        "ear",
        "ears",
        "engine",
        "eye",
        "eyes",
        "face",
        "fin",
        "finger",
        "flag",
        "foot",
        "forehead",
        "grip",
        "hair",
        "hand",
        "handle",
        "headlight",
        "hood",
        "key",
        "keyboard",
        "keyhole",
        "knob",
        "label",
        "leaf",
        "leg",
        "lens",
        "license",
        "lid",
        "light",
        "lip",
        "lips",
        "logo",
        "motor",
        "mouth",
        "muzzle",
        "neck",
        "nose",
        "nozzle",
        "paw",
        "plate",
        "plug",
        "port",
        "propeller",
        "rim",
        "roof",
        "sail",
        "scar",
        "screen",
        "screw",
        "seat",
        "shadow",
        "sleeve",
        "spoke",
        "stain",
        "steering",
        "switch",
        "tail",
        "tank",
        "tip",
        "tire",
        "tooth",
        "tyre",
        "valve",
        "wheel",
        "wheels",
        "whiskers",
        "window",
        "windows",
        "wing",
        "wings",
        "wire",
        "zipper",
    ]
)
"""Parts of things: where one is in a photo, the compositor cannot tell."""


def part_pointed_at(prompt: str, mark: str) -> str | None:
    """Return the word for a part of what a photo shows that a mark is for: "its engine".

    ``mark`` is "arrow" or "circle". None where the mark is for all that the photo shows.
    """
    for found in _targets(prompt, mark):
        if part := _part_of(found):
            return part
        words = [word.casefold() for word in found["words"].split()[:3]]
        named = _owner(found) == "the" and _noun(words)
        if named and _is_named_once(prompt, named, found.end()):
            return named
    return None


_CIRCLED_PART = re.compile(
    rf"\b(?:the|its|his|her|their)\s+(?P<part>(?:[\w'-]+\s+)?(?:{'|'.join(sorted(_PARTS))}))\s+circled\b",
    re.IGNORECASE,
)
"""A part of what a photo shows that is circled: "the health bar circled in white"."""


def owned_part(prompt: str, mark: str) -> str | None:
    """Return the word for what is a part for sure: "its engine", "the boss's health bar".

    "The dragon" may be all that the photo shows.
    """
    if mark == "circle" and (before := _CIRCLED_PART.search(prompt)):
        return before["part"]
    return next(filter(None, map(_part_of, _targets(prompt, mark))), None)


def thing_pointed_at(prompt: str, mark: str, words: Sequence[str]) -> str | None:
    """Return which of the words for things a mark is for: "a bowl and an arrow pointing at it"."""
    for found in _targets(prompt, mark):
        said = re.split(
            r"\b(?:of|and|with|next\s+to|beside)\b", found["words"], flags=re.IGNORECASE
        )[0]
        named = [word for word in words if _ends_of(word, said)]
        if named:
            return None if "'s" in said else min(named, key=lambda word: _ends_of(word, said)[0])
        if re.match(r"(?:it|that|them|this)\b", said, re.IGNORECASE):
            before = prompt[: found.start()]
            photo = max((end for _, _, end in image_tokens.find(before)), default=0)
            ends = {word: max(_ends_of(word, before), default=0) for word in words}
            last = max(ends, key=lambda word: ends[word], default=None)
            return last if last and ends[last] > photo else None
    return None


def _ends_of(word: str, text: str) -> list[int]:
    """Return where a word ends in a text, each time."""
    found = re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
    return [at.end() for at in found]


def _targets(prompt: str, mark: str) -> Iterator[re.Match[str]]:
    """Yield what the arrows, or the circles, of a prompt are for."""
    for found in _TARGET.finditer(prompt):
        if (found["mark"].casefold().removesuffix("s") == "arrow") == (mark == "arrow"):
            yield found


def _owner(found: re.Match[str]) -> str:
    return (found["owner"] or "").strip().casefold()


def _part_of(found: re.Match[str]) -> str | None:
    """Return the word for a part that the target of a mark is for sure."""
    words: list[str] = found["words"].split()
    near = [word.casefold() for word in words[:3]]
    if "of" in near and near.index("of") > 0:
        return words[near.index("of") - 1]
    owned = next((i for i, word in enumerate(near) if word.endswith("'s")), None)
    if owned is not None and owned + 1 < len(near):
        whole = takewhile(
            lambda word: word.casefold() not in _ENDS_NOUN, words[owned + 1 : owned + 3]
        )
        return " ".join(whole) or words[owned + 1]
    if _owner(found) in {"its", "his", "her", "their"} and words:
        return words[0]
    return next((word for word, low in zip(words, near, strict=False) if low in _PARTS), None)


_NO_PART = frozenset(
    {
        "bottom", "center", "centre", "corner", "image", "item", "left", "middle", "object",
        "photo", "picture", "product", "right", "side", "subject", "thing", "top",
    }
)  # fmt: skip
_ENDS_NOUN = frozenset(
    ["in", "on", "at", "from", "of", "and", "with", "behind", "near", "to", "by"],
)


def _noun(words: Sequence[str]) -> str | None:
    """Return the noun that words begin with: "red dragon in ..." names a dragon."""
    noun = list(takewhile(lambda word: word not in _ENDS_NOUN, words))
    return noun[-1] if noun and noun[-1] not in _NO_PART else None


def _is_named_once(prompt: str, noun: str, end: int) -> bool:
    """Whether a noun is not what the photo is called by, right before its @imageN or elsewhere."""
    times = len(re.findall(rf"(?<!\w){re.escape(noun)}(?!\w)", prompt, re.IGNORECASE))
    return times == 1 and not (
        prompt[end:].startswith("@image") and prompt[:end].casefold().rstrip(" (").endswith(noun)
    )
