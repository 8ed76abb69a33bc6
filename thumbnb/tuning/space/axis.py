"""An axis: what is varied, and its values."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

from thumbnb import errors
from thumbnb.client.images.thumbnail import Thumbnail
from thumbnb.tuning.space.value_key import value_key
from thumbnb.tuning.space.video_frame import VideoFrame

Kind: TypeAlias = Literal["field", "option", "slot", "replace"]


@dataclass(frozen=True)
class Target:
    """What a value goes into: a field or option by its ``name``, or a piece of a text.

    ``slot`` counts the alternatives of a field's text; a ``replace`` target has in ``name``
    the text that the value stands for.
    """

    kind: Kind
    name: str
    slot: int = 0


@dataclass(frozen=True)
class Axis:
    """Something that is varied: ``values`` as they are sent, ``labels`` as they are shown.

    An axis of several ``targets`` is a paired one: each of its values is a tuple.
    """

    name: str
    values: tuple[Any, ...]
    targets: tuple[Target, ...]
    labels: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if not self.labels:
            object.__setattr__(self, "labels", labels_of(self.values))

    def __len__(self) -> int:
        return len(self.values)

    def checked(self) -> Axis:
        """Return itself. Raises InvalidInput for no values, one value, or the same twice."""
        if not self.values:
            raise errors.InvalidInput(f"Axis {self.name} has no values.", hint="Give two or more.")
        if len(self.values) == 1:
            raise errors.InvalidInput(
                f"Axis {self.name} has one value, so nothing varies.",
                hint=f"Give {self.labels[0]!r} without a list, or a second value.",
            )
        seen: dict[str, int] = {}
        for number, value in enumerate(self.values):
            key = value_key(value)
            if key in seen:
                raise errors.InvalidInput(
                    f"Axis {self.name}: value {number + 1}, {label_of(value)!r}, is "
                    f"value {seen[key] + 1} again: two cells would ask for the same.",
                    hint="Leave one of them out; takes=2 makes each cell twice.",
                )
            seen[key] = number
        return self


def labels_of(values: tuple[Any, ...]) -> tuple[str, ...]:
    """Return how values are shown: different ones differently, none of them empty."""
    labels: dict[str, None] = {}
    for number, value in enumerate(values):
        label = label_of(value)
        while label in labels:
            label = f"{label} ({number + 1})"
        labels[label] = None
    return tuple(labels)


def label_of(value: Any) -> str:
    """Return how one value is shown."""
    match value:
        case None:
            label = "none"
        case str():
            label = " ".join(value.split()) or "(empty)"
        case tuple() | list():
            between = " · " if isinstance(value, tuple) else ", "
            label = between.join(label_of(each) for each in value) or "none"
        case VideoFrame() | Thumbnail(time=float()):
            label = f"{value.time:g} s"
        case int() | float():
            label = f"{value:g}" if isinstance(value, float) else str(value)
        case Path():
            label = value.name
        case _:  # a preset, a person, a template; what has no name is an image
            named = (getattr(value, name, None) for name in ("key", "name", "id"))
            label = next((each for each in named if isinstance(each, str) and each), "image")
    return label
