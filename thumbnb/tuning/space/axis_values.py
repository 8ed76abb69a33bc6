"""The values of an axis, whatever kind of list they are given as."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, KeysView, Mapping, ValuesView
from pathlib import Path
from typing import Any

import numpy as np

from thumbnb import errors
from thumbnb.tuning.space.values_file import read_values

# Texts in which {a|b} are alternatives, and in which a text can be replaced.
TEXTS = ("prompt", "title", "negative_prompt")
IMAGES = "content_images"
# Of one axis: more than there are cells of a sweep, as a sample may be taken.
MAX_VALUES = 100_000
_LISTS = (list, tuple)


def values_of(name: str, value: Any) -> list[Any] | None:
    """Return the values of an axis; None for a single value. Raises InvalidInput."""
    if isinstance(value, Path) and name in TEXTS:
        return list(read_values(value, name))
    if not _is_list(name, value):
        return None
    _check_count(name, value)
    listed: list[Any]
    if isinstance(value, np.ndarray):
        listed = value.tolist()
    else:
        listed = [each.item() if isinstance(each, np.generic) else each for each in value]
    if isinstance(value, set | frozenset):  # in the same order in every kernel
        listed.sort(key=_rank)
    return listed


def read_once(name: str, value: Any) -> Any:
    """Return what can be gone through only once as a list: a sweep that grows reads it again."""
    if not isinstance(value, Iterator | KeysView | ValuesView) or hasattr(value, "read"):
        return value
    listed = list(itertools.islice(value, MAX_VALUES + 1))
    if len(listed) > MAX_VALUES:
        raise errors.InvalidInput(
            f"Axis {name} has more than {MAX_VALUES:,} values.", hint="Take fewer."
        )
    return listed


def _is_list(name: str, value: Any) -> bool:
    if name == IMAGES:  # a list of images is those of one cell
        return isinstance(value, _LISTS) and any(isinstance(each, _LISTS) for each in value)
    if isinstance(value, np.ndarray):
        return value.ndim == 1
    if isinstance(value, str | bytes | Mapping | Path) or not isinstance(value, Iterable):
        return False
    # An image, an open file and a model can be iterated, too.
    return isinstance(value, list | tuple | range | set | frozenset) or hasattr(value, "to_list")


def _check_count(name: str, values: Any) -> None:
    """Refuse more values than an axis can have, before any of them is looked at."""
    try:
        count = len(values)
    except OverflowError:  # a range beyond what Python counts
        count = -1
    if not 0 <= count <= MAX_VALUES:
        shown = f"{count:,}" if count > 0 else "far too many"
        raise errors.InvalidInput(
            f"Axis {name} has {shown} values; at most {MAX_VALUES:,} are taken.",
            hint="Take fewer, as in range(0, 101, 10).",
        )


def _rank(value: Any) -> tuple[str, Any]:
    is_number = isinstance(value, int | float)
    kind = "number" if is_number else type(value).__name__
    return kind, value if is_number or isinstance(value, str) else str(value)
