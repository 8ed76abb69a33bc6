"""A cell: one image to be made, by the value it has of each axis."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from thumbnb.tuning.space.value_key import object_key

if TYPE_CHECKING:
    from thumbnb.tuning.space.axis import Axis


@dataclass(frozen=True, eq=False, slots=True)
class Cell:
    """One image of a sweep: ``fields`` is its brief, ``take`` tells repeats of it apart.

    ``labels`` has how its value of each axis is shown, ``cell["preset"]`` the value itself;
    ``indexes`` is its place on each axis. ``id`` is the same wherever the same brief and take
    are asked for.
    """

    id: str
    labels: Mapping[str, str]
    fields: Mapping[str, Any]
    take: int
    indexes: tuple[int, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def __getitem__(self, axis: str) -> Any:
        return self.values[axis]

    @property
    def brief(self) -> dict[str, Any]:
        """Its brief as ``client.create_project`` takes it, to be changed freely."""
        brief = dict(self.fields)
        if isinstance(brief.get("options"), Mapping):
            brief["options"] = dict(brief["options"])
        return brief

    @property
    def title(self) -> str:
        """Its values in one line."""
        labels = ", ".join(f"{name}: {label}" for name, label in self.labels.items())
        return f"{labels} (take {self.take + 1})" if self.take else labels

    def __repr__(self) -> str:
        return f"<Cell {self.id}: {self.title}>"


class _OnAxes(Mapping[str, Any]):
    """What a cell has of each axis, looked up when it is asked for: cells can be thousands."""

    __slots__ = ("_axes", "_indexes", "_labels")

    def __init__(self, axes: tuple[Axis, ...], indexes: tuple[int, ...], *, labels: bool) -> None:
        self._axes, self._indexes, self._labels = axes, indexes, labels

    def __getitem__(self, name: str) -> Any:
        for axis, index in zip(self._axes, self._indexes, strict=True):
            if axis.name == name:
                return (axis.labels if self._labels else axis.values)[index]
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (axis.name for axis in self._axes)

    def __len__(self) -> int:
        return len(self._axes)

    def __repr__(self) -> str:
        return repr(dict(self))


class CellFactory:
    """Makes cells; what a value is known by is worked out once, as thousands share it."""

    def __init__(self, axes: tuple[Axis, ...]) -> None:
        self._axes = axes
        self._texts: dict[tuple[str, str | int], tuple[Any, str]] = {}
        self._known: dict[int, tuple[Any, str]] = {}
        self._encoder = json.JSONEncoder(sort_keys=True, default=self._name)

    def make(self, indexes: tuple[int, ...], brief: dict[str, Any], take: int) -> Cell:
        """Return the cell of a brief."""
        return Cell(
            self._id(brief, take),
            _OnAxes(self._axes, indexes, labels=True),
            MappingProxyType(brief),
            take,
            indexes,
            _OnAxes(self._axes, indexes, labels=False),
        )

    def _id(self, brief: dict[str, Any], take: int) -> str:
        fields = ", ".join([self._text(name, brief[name]) for name in sorted(brief)])
        return hashlib.sha256(f"[{{{fields}}}, {take}]".encode()).hexdigest()[:16]

    def _text(self, name: str, value: Any) -> str:
        """Return a field in JSON."""
        key = (name, value if type(value) is str else id(value))
        found = self._texts.get(key)
        if found is None:
            text = f"{json.dumps(name)}: {self._encoder.encode(value)}"
            found = value, text  # kept, or another object could get its number
            self._texts[key] = found
        return found[1]

    def _name(self, value: Any) -> str:
        """Return what a value that is no JSON is known by."""
        found = self._known.get(id(value))
        if found is None:
            found = value, object_key(value)
            self._known[id(value)] = found
        return found[1]
