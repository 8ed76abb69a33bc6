r"""Alternatives in a text: ``{yellow|blue} background``, and with a name ``{colour=yellow|blue}``.

A brace that is meant as such is written ``\{`` or ``\}``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb import errors

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMED = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_ ]{0,39}?)\s*=(.*)", re.DOTALL)
_BRACE = re.compile(r"\\?[{}]")


@dataclass(frozen=True)
class Slot:
    """A place in a text with alternatives; ``name`` is empty where it was given none."""

    name: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True)
class Template:
    """A text with slots: ``parts`` are pieces of text and slots, in order."""

    parts: tuple[str | Slot, ...]

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The places with alternatives, in order."""
        return tuple(part for part in self.parts if isinstance(part, Slot))

    def fill(self, chosen: Mapping[int, str]) -> str:
        """Return the text with the alternative chosen for each slot, by the slot's number."""
        out, number = [], 0
        for part in self.parts:
            if isinstance(part, Slot):
                out.append(chosen[number])
                number += 1
            else:
                out.append(part)
        return "".join(out)


def parse_template(text: str, field: str) -> Template:
    """Return a text's pieces and slots. Raises InvalidInput that names ``field``.

    >>> parse_template("A {red|blue} door", "prompt").slots[0].alternatives
    ('red', 'blue')
    """
    parts: list[str | Slot] = []
    plain, opened, start = "", None, 0
    for found in _BRACE.finditer(text):
        if found[0].startswith("\\"):
            continue
        if found[0] == "{":
            if opened is not None:
                raise errors.InvalidInput(
                    f"In {field}, {_quoted(text, found.start())} opens a brace inside another.",
                    hint="Write the alternatives out: {a|b|c}.",
                )
            plain = text[start : found.start()]
            opened = found.end()
            continue
        if opened is None:
            raise errors.InvalidInput(
                f"In {field}, {_quoted(text, found.start())} closes a brace that is not open.",
                hint=r"Open it before, or write \} for a brace.",
            )
        if plain:
            parts.append(_unescaped(plain))
        parts.append(_slot(text[opened : found.start()], field))
        opened, start = None, found.end()
    if opened is not None:
        raise errors.InvalidInput(
            f"In {field}, {_quoted(text, opened - 1)} opens a brace that is never closed.",
            hint=r"Close it: {a|b}; or write \{ for a brace.",
        )
    if rest := text[start:]:
        parts.append(_unescaped(rest))
    return Template(tuple(parts))


def _slot(inside: str, field: str) -> Slot:
    named = _NAMED.fullmatch(inside)
    name, listed = (named[1], named[2]) if named and "|" not in named[1] else ("", inside)
    alternatives = tuple(_unescaped(each).strip() for each in listed.split("|"))
    if len(alternatives) == 1:
        raise errors.InvalidInput(
            f"In {field}, {{{inside}}} has one alternative, so nothing varies there.",
            hint=r"Give two or more, as in {a|b}; or write \{ and \} for braces.",
        )
    twice = next((each for each in alternatives if alternatives.count(each) > 1), None)
    if twice is not None:
        raise errors.InvalidInput(
            f"In {field}, {{{inside}}} has {twice!r} twice.", hint="Leave one of them out."
        )
    return Slot(name, alternatives)


def _unescaped(text: str) -> str:
    return text.replace("\\{", "{").replace("\\}", "}")


def _quoted(text: str, at: int) -> str:
    around = text[max(0, at - 10) : at + 20]
    return repr(("…" if at > 10 else "") + around + ("…" if at + 20 < len(text) else ""))  # noqa: PLR2004
