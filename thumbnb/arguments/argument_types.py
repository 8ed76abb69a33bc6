"""Types of arguments, checked by their annotations as they are written.

The annotations of this package are text, and name types that are imported for checking only.
So they are read as text: texts, truth values, mappings, tuples and objects are checked; what
is a number, a path, an image or anything at all is left to the function, which says more about it.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from thumbnb.errors import InvalidInput
from thumbnb.text.short_repr import short_repr

# Annotations whose values the functions check.
_OPEN = frozenset({"Any", "object", "int", "float", "PathLike", "ImageInput", "Source"}) | {
    "Sequence",
    "Iterable",
}
# How deep a mapping is looked through for texts.
_DEPTH = 8


def check_value(name: str, value: Any, annotation: str) -> None:
    """Check a value against an annotation. Raises InvalidInput."""
    kinds = _kinds(annotation)
    if kinds & _OPEN or any(_fits(value, kind) for kind in kinds):
        if "PathLike" not in kinds:  # names of files may be of any bytes
            _check_texts(name, value)
        return
    words = dict.fromkeys(_WORDS.get(kind, _object_words(kind)) for kind in sorted(kinds))
    allowed = " or ".join(words)
    shown = "what was given" if name.endswith("key") else short_repr(value)  # keys are never shown
    raise InvalidInput(f"{name} is {allowed}, not {shown}.")


@cache
def _kinds(annotation: str) -> frozenset[str]:
    """Return the names of the types in an annotation such as ``Person | str | None``."""

    def names(node: ast.expr) -> list[str]:
        found = ["Any"]
        match node:
            case ast.BinOp():
                found = names(node.left) + names(node.right)
            case ast.Subscript():
                found = names(node.value)
            case ast.Attribute():
                found = [node.attr]
            case ast.Constant(value=None):
                found = ["None"]
            case ast.Name():
                found = [_ALIASES.get(node.id, node.id)]
        return found

    return frozenset(names(ast.parse(annotation, mode="eval").body))


# Names that stand for others.
_ALIASES = {
    "AssetType": "str",
    "Literal": "str",
    "SampleBy": "Any",  # as the sweep says which there are
    "Size": "Any",
    "T": "Any",
    "P": "Any",
    "R": "Any",
    "Encoded": "bytes",
}

_WORDS = {
    "None": "None",
    "str": "a text",
    "bytes": "bytes",
    "bool": "True or False",
    "Mapping": "a dict",
    "dict": "a dict",
    "list": "a list",
    "tuple": "a tuple",
    "Path": "a path",
    "PathLike": "a path",
    "BinaryIO": "an open file",
    "Callable": "a function",
    "SecretStr": "a secret text",
}


def _object_words(kind: str) -> str:
    kind = kind.removesuffix("Record")
    return f"an {kind}" if kind[0] in "AEIOU" else f"a {kind}"


def _is_a(*kinds: type) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, kinds)


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "None": lambda value: value is None,
    "str": _is_a(str),
    "bool": lambda value: isinstance(value, bool) or type(value).__name__ == "bool_",
    "bytes": _is_a(bytes, bytearray, memoryview),
    "Mapping": _is_a(Mapping),
    "dict": _is_a(Mapping),
    "PathLike": _is_a(os.PathLike),
    "Path": _is_a(os.PathLike),
    "BinaryIO": lambda value: hasattr(value, "read"),
    "Callable": callable,
    "tuple": _is_a(tuple, list),
    "list": lambda value: isinstance(value, Iterable) and not isinstance(value, str | bytes),
}


def _fits(value: Any, kind: str) -> bool:
    """Whether a value is of a kind: one of those above, or a class by its name."""
    if kind in _CHECKS:
        return _CHECKS[kind](value)
    return any(each.__name__ == kind for each in type(value).__mro__)


def _check_texts(name: str, value: Any, depth: int = 0) -> None:
    """Refuse texts that no file and no message can hold: half characters."""
    if isinstance(value, str):
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            raise InvalidInput(
                f"{name} has half a character, which cannot be sent.",
                hint="Type it again: it was copied halfway.",
            )
    elif isinstance(value, Mapping) and depth < _DEPTH:
        for key, each in value.items():
            if not isinstance(key, str):
                raise InvalidInput(f"{name} has names that are texts, not {short_repr(key)}.")
            _check_texts(name, key, depth + 1)
            _check_texts(name, each, depth + 1)
    elif isinstance(value, list | tuple) and depth < _DEPTH:
        for each in value:
            _check_texts(name, each, depth + 1)
