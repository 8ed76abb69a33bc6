"""Texts with the columns of a row in braces: ``"{topic}, bright background"``."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from thumbnb import errors
from thumbnb.text.short_repr import short_repr

Values = Mapping[str, Any]


class RowFault(Exception):
    """What keeps one row from being made, in a sentence; the other rows go on."""


@dataclass(frozen=True)
class TemplateField:
    """A place in a text that a column fills; ``spec`` says how, as in Python's ``format``."""

    name: str
    spec: str = ""


@dataclass(frozen=True)
class RowTemplate:
    """A text in ``parts``: pieces of text, and fields that a row fills."""

    parts: tuple[str | TemplateField, ...]

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The names of the columns it takes."""
        return tuple(part.name for part in self.parts if isinstance(part, TemplateField))

    def fill(self, values: Values, change: Callable[[str], str] = str) -> str:
        """Return the text of a row; each value goes through ``change``.

        Raises RowFault where a column that it takes is empty in this row.
        """
        return "".join(
            [part if isinstance(part, str) else change(_text(part, values)) for part in self.parts]
        )

    def value(self, values: Values) -> Any:
        """Return what the column has, as it is, where the template is one column; else the text."""
        if (
            len(self.parts) == 1
            and isinstance(field := self.parts[0], TemplateField)
            and not field.spec
        ):
            value = values[field.name]
            if is_missing(value):
                raise RowFault(f"Its column {field.name!r} is empty.")
            return value
        return self.fill(values)

    def is_empty(self, values: Values) -> bool:
        """Whether all columns that it takes are empty in this row."""
        return bool(self.fields) and all(is_missing(values[name]) for name in self.fields)


def parse_row_template(text: str, option: str, columns: tuple[str, ...]) -> RowTemplate:
    """Return a template; raise InvalidInput that names ``option`` for a column there is not.

    >>> parse_row_template("{topic}, bright", "prompt", ("topic",)).fields
    ('topic',)
    """
    parts: list[str | TemplateField] = []
    try:
        pieces = list(string.Formatter().parse(text))
    except ValueError as error:
        raise errors.InvalidInput(
            f"{option}: {short_repr(text)} cannot be read ({error}).",
            hint="Columns stand in braces, {topic}; a brace that is meant as such is {{ or }}.",
        ) from None
    for plain, name, spec, conversion in pieces:
        if plain:
            parts.append(plain)
        if name is None:
            continue
        if conversion or "{" in (spec or ""):
            raise errors.InvalidInput(
                f"{option}: {{{name}...}} is more than a column and how it is formatted.",
                hint="Use {column} or {column:03d}.",
            )
        if name not in columns:
            raise errors.InvalidInput(
                f"{option}: there is no column {name!r}.", hint=_hint(name, columns)
            )
        parts.append(TemplateField(name, spec or ""))
    return RowTemplate(tuple(parts))


def _hint(name: str, columns: tuple[str, ...]) -> str:
    if near := get_close_matches(name, columns, n=1):
        return f"Did you mean {{{near[0]}}}?"
    return f"There are: {', '.join(columns[:20])}{' ...' if len(columns) > 20 else ''}."  # noqa: PLR2004


def is_missing(value: Any) -> bool:
    """Whether a cell of a table is empty: None, NaN, NA or blank."""
    if isinstance(value, str):
        return not value.strip()
    if value is None:
        return True
    if isinstance(value, float):
        return value != value  # noqa: PLR0124 - NaN is the one that differs from itself
    return type(value).__name__ in {"NAType", "NaTType"}


def _text(field: TemplateField, values: Values) -> str:
    value = values[field.name]
    if is_missing(value):
        raise RowFault(f"Its column {field.name!r} is empty.")
    if type(value) is str and not field.spec:
        return value
    if field.spec:
        try:
            return format(value, field.spec)
        except (ValueError, TypeError) as error:
            raise RowFault(
                f"Its {field.name!r}, {short_repr(value)}, has no form {field.spec!r} ({error})."
            ) from None
    # A column of whole numbers with a gap is one of floats to pandas.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
