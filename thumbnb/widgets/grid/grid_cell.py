"""One cell of a grid: a picture, one that is waited for, or one that failed."""

from __future__ import annotations

import math
from dataclasses import asdict
from itertools import count
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.client.images.display import display_image
from thumbnb.client.images.results import Result
from thumbnb.client.images.thumbnail import Thumbnail
from thumbnb.widgets.core.text import error_text

if TYPE_CHECKING:
    from thumbnb.client.images.display import DisplayImage, Facts

_numbers = count(1)

# Characters of a caption, and of what went wrong.
LONGEST = 120
LONGEST_WHY = 500
# Of what was said by a service or a file: characters of a text, items of a list.
LONGEST_FACT = 2000
MOST_FACTS = 60


class Cell:
    """What a place in the grid holds; ``id`` is its own as long as it lasts."""

    def __init__(self, exhibit: DisplayImage | None = None) -> None:
        self.id = next(_numbers)
        self.exhibit = exhibit
        self.why = ""

    def take(self, item: Any) -> None:
        """Hold a picture that was made; what is none has failed."""
        if self.exhibit is not None and self.source is item:
            return
        self.exhibit, self.why = None, ""
        try:
            self.exhibit = display_image(item)
        except errors.ThumbnbError as error:
            self.why = error_text(error)

    @property
    def waiting(self) -> bool:
        """Whether its picture is still to come."""
        return self.exhibit is None and not self.why

    @property
    def source(self) -> Any:
        """The picture as it was given; None where there is none."""
        return self.exhibit.source if self.exhibit else None

    @property
    def caption(self) -> str:
        """What stands under it where the user gave no label."""
        source = self.source
        if isinstance(source, Result):
            total = source.scores.get("total")
            parts = [("score", total and f"{total:.2f}"), ("seed", source.seed)]
            return " \u00b7 ".join(f"{name} {value}" for name, value in parts if value is not None)
        if isinstance(source, Thumbnail) and source.time is not None:
            return f"{int(source.time) // 60}:{source.time % 60:04.1f}"
        return self.exhibit.name if self.exhibit else ""

    def told(self, label: str = "") -> dict[str, Any]:
        """Return what the browser is told of it before it asks for the picture."""
        told: dict[str, Any] = {"id": self.id, "caption": (label or self.caption)[:LONGEST]}
        if self.why:
            told |= {"state": "failed", "why": self.why[:LONGEST_WHY]}
        elif self.exhibit is None:
            told["state"] = "waiting"
        elif size := self.exhibit.size:
            told["size"] = list(size)
        return told


def told(facts: Facts) -> dict[str, Any]:
    """Return what the browser is told of a picture it looks at: bounded, and JSON."""
    return {name: _bounded(value) for name, value in asdict(facts).items()}


def _bounded(value: Any) -> Any:
    match value:
        case str():
            return value[:LONGEST_FACT]
        case float():
            return value if math.isfinite(value) else None
        case dict():
            return {str(n)[:LONGEST]: _bounded(v) for n, v in [*value.items()][:MOST_FACTS]}
        case list() | tuple():
            return [_bounded(each) for each in value[:MOST_FACTS]]
        case bool() | int() | None:
            return value
    return str(value)[:LONGEST_FACT]
