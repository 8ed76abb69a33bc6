"""What a prompt says of each of two: "two phones, one black and one silver"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from thumbnb.render import objects
from thumbnb.render.prompt.thing_details.prices import (
    CHEAP,
    DEAR,
    Price,
    find_prices,
    is_cheap,
    is_dear,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Colours = Mapping[str, Sequence[str]]

_SAID = r"(?P<{}>(?:[^\W\d_][\w'-]*\s+){{0,2}}?[$\u20ac\u00a3]?[\w'-]+(?:[.,]\d+)?)"
_IS = (
    r"(?:\s+one)?(?:\s*:)?\s+(?:(?:is|are|was|costs?|costing|for|at|in|wearing|worth|a|an|the|"
    r"with)\s+)*"
)
_AND = r"\s*(?:,|;|&)?\s*(?:(?:and|but|while|the\s+other)\s+)*"
_FIRST, _OTHER = _SAID.format("first"), _SAID.format("second") + r"(?![\w-])"
_AFTER = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?:the\s+)?one{_IS}{_FIRST}{_AND}(?:the\s+)?(?:one|other|second){_IS}{_OTHER}",
        rf"\bone\s+{_FIRST}(?:\s*,\s*|\s+and\s+)the\s+other{_IS}{_OTHER}",
        rf"\b(?:an?|the)\s+{_FIRST}\s+one{_AND}(?:an?|the)\s+{_OTHER}\s+one\b",
        rf"\b(?:the\s+)?left{_IS}{_FIRST}{_AND}(?:the\s+)?right{_IS}{_OTHER}",
        rf"\b{_FIRST}(?:\s+one)?\s+on\s+the\s+left{_AND}{_OTHER}(?:\s+one)?\s+on\s+the\s+right\b",
    )
)
_BEFORE = re.compile(
    r"(?:\b(?P<one>an?|one)\s+)?(?<![\w$])(?P<first>[$\u20ac\u00a3]?[\w'-]+)\s+"
    r"(?:(?P<against>vs\.?|versus|or)|and)\s+(?(one)(?:an?|one)\s+)"
    r"(?P<second>[$\u20ac\u00a3]?[\w'-]+)\s+\Z",
    re.IGNORECASE,
)
"""Both are said before the one word for both: "black vs white iPhone"."""

_BETWEEN = 60
"""So many letters may stand between two things and what is said of each."""

_TINY = re.compile(r"\b(?:tiny|mini|miniature)\b", re.IGNORECASE)
_HUGE = re.compile(r"\b(?:huge|giant|gigantic|massive|enormous)\b", re.IGNORECASE)


class OfEach(NamedTuple):
    """What is said of each of several, as fields of a ``NamedThing``, and where it is said."""

    fields: tuple[dict[str, str], ...]
    span: tuple[int, int]


def said_of_each(
    text: str, matches: Sequence[objects.Match], colours: Colours
) -> dict[str, OfEach]:
    """Return what a text says of each of two things, by the word for both."""
    found: dict[str, OfEach] = {}
    for number, match in enumerate(matches):
        if before := _said_before(text, match, colours):
            found[match.word] = before
        elif match.count == 2:  # noqa: PLR2004 - of more, each would have to be counted
            counted = (other.start for other in matches[number + 1 :] if (other.count or 1) > 1)
            after = said_after(text, match.end, colours, next(counted, len(text)))
            if after:
                found[match.word] = after
        elif match.count in {3, 4} and (several := _of_several(text, match, colours)):
            found[match.word] = several
    return found


def said_after(text: str, end: int, colours: Colours, last: int | None = None) -> OfEach | None:
    """Return what is said of each of two that are named up to ``end``, in the same sentence."""
    rest = re.split(r"[.!?](?:\s|$)|\b(?:two|2)\b", text[end:last], maxsplit=1)[0]
    said = [one for form in _AFTER for one in form.finditer(rest) if one.start() <= _BETWEEN]
    for one in sorted(said, key=lambda each: each.start()):
        if fields := _fields(one["first"], one["second"], colours):
            return OfEach(fields, (end + one.start(), end + one.end()))
    return None


_ONE_IS = r"one\s+(?:(?:is|in|for|at)\s+)?[$\u20ac\u00a3]?[\w'-]+"
_SEVERAL = re.compile(
    rf"\b{_ONE_IS}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+){_ONE_IS}){{2,3}}(?![\w-])", re.IGNORECASE
)


def _of_several(text: str, match: objects.Match, colours: Colours) -> OfEach | None:
    """Return what is said of each of three or four: "one black, one green and one red"."""
    listed = _SEVERAL.search(text, match.end, match.end + _LONGEST)
    if listed is None:
        return None
    said = [_said(phrase, colours) for phrase in re.split(r"\bone\b", listed[0])[1:]]
    alike = len({tuple(each) for each in said}) == 1 and all(said)
    if len(said) != match.count or not alike:
        return None
    return OfEach(tuple(said), listed.span())


_LONGEST = 110


def _said_before(text: str, match: objects.Match, colours: Colours) -> OfEach | None:
    """Return what is said of each of two before the word for both, or prices of several."""
    listed: list[Price] = []
    end = match.start
    for price in reversed(find_prices(text[: match.start])):
        between = text[price.span[1] : end].strip().casefold()
        if between not in (_JOINS if listed else {""}):
            break
        listed.insert(0, price)
        end = price.span[0]
    if 1 < len(listed) <= _MOST:
        return OfEach(tuple({"price": price.text} for price in listed), (end, match.start))
    said = _BEFORE.search(text, 0, match.start)
    if said is None or not (said["against"] or said["one"]):
        return None
    fields = _fields(said["first"], said["second"], colours)
    return OfEach(fields, (said.start(), said.end())) if fields else None


_JOINS = frozenset({",", "and", ", and", "vs", "vs.", "versus", "or", "&", "/"})
_MOST = 3


def _fields(
    first: str, second: str, colours: Colours
) -> tuple[dict[str, str], dict[str, str]] | None:
    """Return what two phrases say, if it is of one kind and not the same."""
    one, other = _said(first, colours), _said(second, colours)
    return (one, other) if one.keys() == other.keys() and one != other else None


def _said(phrase: str, colours: Colours) -> dict[str, str]:
    """Return the price, the colour or the size that a phrase says."""
    if prices := find_prices(phrase):
        return {"price": prices[0].text}
    if is_cheap(phrase):
        return {"price": CHEAP}
    if is_dear(phrase):
        return {"price": DEAR}
    for word in phrase.replace(",", " ").split():
        if named := colours.get(objects.fold(word)):
            return {"colour": named[0]}
    if _TINY.search(phrase):
        return {"size": "tiny"}
    return {"size": "huge"} if _HUGE.search(phrase) else {}
