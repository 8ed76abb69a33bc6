"""The result of one row of a batch."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class MadeImage:
    """An image of a row: where it is, the second of the video it shows, its score."""

    path: str
    time: float | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class RowResult:
    """The images of a row, best first, or its ``error``; what it cost and how long it took.

    ``localized`` are its images by language. ``made_before`` says that nothing was made for
    it this time. ``error`` is empty where all went well.
    """

    images: tuple[MadeImage, ...] = ()
    localized: dict[str, tuple[str, ...]] = field(default_factory=dict)
    credits: float | None = 0.0
    seconds: float | None = None
    error: str = ""
    made_before: bool = False
