"""One cell of a grid: a picture, one that is waited for, or one that failed."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from thumbnb.client.results import Result
from thumbnb.client.thumbnail import Thumbnail

if TYPE_CHECKING:
    from thumbnb.client.exhibit import Exhibit

_numbers = count(1)

WIDE = 16 / 9
LONGEST = 120


class Cell:
    """What a place in the grid holds; ``id`` is its own as long as it lasts."""

    def __init__(self, exhibit: Exhibit | None = None) -> None:
        self.id = next(_numbers)
        self.exhibit = exhibit
        self.why = ""

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
            return "" if source.seed is None else f"seed {source.seed}"
        if isinstance(source, Thumbnail) and source.time is not None:
            return f"{int(source.time) // 60}:{source.time % 60:04.1f}"
        return self.exhibit.name if self.exhibit else ""

    def told(self, label: str = "") -> dict[str, Any]:
        """Return what the browser is told of it before it asks for the picture."""
        told: dict[str, Any] = {"id": self.id, "caption": (label or self.caption)[:LONGEST]}
        if self.why:
            told |= {"state": "failed", "why": self.why[:500]}
        elif self.exhibit is None:
            told["state"] = "waiting"
        elif size := self.exhibit.size:
            told["aspect"] = round(size[0] / size[1], 3)
        return told
