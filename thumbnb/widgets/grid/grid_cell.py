"""One cell of a grid: an image, one that is being made, or one that failed."""

from __future__ import annotations

import math
from dataclasses import asdict
from itertools import count
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.client.images.display import display_image
from thumbnb.client.images.results import Result
from thumbnb.client.images.thumbnail import Thumbnail
from thumbnb.text.clock_time import clock_time
from thumbnb.widgets.core.text import error_text

if TYPE_CHECKING:
    from thumbnb.client.images.display import DisplayImage, Facts

_numbers = count(1)

# Characters of a caption, and of an error.
MAX_CAPTION = 120
MAX_ERROR = 500
# Facts from a service or a file: characters of a text, items of a list.
MAX_FACT = 2000
MAX_FACTS = 60


class Cell:
    """A cell of the grid: an image, one that is being made, or one that failed."""

    def __init__(self, image: DisplayImage | None = None) -> None:
        self.id = next(_numbers)
        self.image = image
        self.error = ""
        self.is_removed = False

    def set_image(self, item: Any) -> None:
        """Show an image that was made; what is none has failed."""
        if self.image is not None and self.source is item:
            return
        self.image, self.error = None, ""
        try:
            self.image = display_image(item)
        except errors.ThumbnbError as error:
            self.error = error_text(error)

    @property
    def waiting(self) -> bool:
        """Whether its image is still to come."""
        return self.image is None and not self.error

    @property
    def source(self) -> Any:
        """The image as it was given; None where there is none."""
        return self.image.source if self.image else None

    @property
    def caption(self) -> str:
        """The text under it where the user gave no label."""
        source = self.source
        if isinstance(source, Result):
            return " \u00b7 ".join(filter(None, [source.subject, *self._figures(source)]))
        if isinstance(source, Thumbnail) and source.time is not None:
            return clock_time(source.time)
        return self.image.name if self.image else ""

    def _figures(self, result: Result) -> list[str]:
        """Return which image of its run it is, what it measures, and its seed."""
        score = f"score {self.score:.2f}" if self.score >= 0 else ""
        seed = f"seed {result.seed}" if result.seed is not None else ""
        return [text for text in (f"image {result.number}", score, seed) if text]

    def state(self, label: str = "") -> dict[str, Any]:
        """Return what the browser knows of it before it asks for the image."""
        state: dict[str, Any] = {"id": self.id, "caption": (label or self.caption)[:MAX_CAPTION]}
        source = self.source
        if isinstance(source, Result) and source.subject and not label:
            # Under the image there are two lines: what it is of would leave no room for the rest.
            figures = " \u00b7 ".join(self._figures(source))
            state["lines"] = [source.subject[:MAX_CAPTION], figures]
        if self.error:
            state |= {"state": "failed", "error": self.error[:MAX_ERROR]}
        elif self.image is None:
            state["state"] = "waiting"
        elif size := self.image.size:
            state["size"] = list(size)
        return state

    @property
    def score(self) -> float:
        """What it measures in all, 0-1; -1 where nobody has measured it."""
        total = self.source.scores.get("total") if isinstance(self.source, Result) else None
        return -1.0 if total is None else total


def facts_state(facts: Facts) -> dict[str, Any]:
    """Return the facts of an image for the browser: bounded, and JSON."""
    return {name: _bounded(value) for name, value in asdict(facts).items()}


def _bounded(value: Any) -> Any:
    match value:
        case str():
            return value[:MAX_FACT]
        case float():
            return value if math.isfinite(value) else None
        case dict():
            return {str(n)[:MAX_CAPTION]: _bounded(v) for n, v in [*value.items()][:MAX_FACTS]}
        case list() | tuple():
            return [_bounded(each) for each in value[:MAX_FACTS]]
        case bool() | int() | None:
            return value
    return str(value)[:MAX_FACT]
