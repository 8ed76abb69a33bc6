"""The result of a cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from thumbnb.client.images.results import Result

CellState: TypeAlias = Literal["waiting", "running", "done", "failed", "stopped"]


@dataclass(frozen=True)
class CellResult:
    """How a cell stands: ``image`` is there once it is done.

    ``cached`` says that it was read from the ledger, free. ``credits`` is what it has cost
    here, as far as that is known; ``seconds`` it took, waiting for the service included.
    ``error`` says what went wrong and how to go on; ``scores`` are those the service measured.
    ``digest`` is the hash of the image's bytes, by which choices know it.
    """

    state: CellState = "waiting"
    cached: bool = False
    image: Result | None = None
    error: str = ""
    credits: float | None = None
    seconds: float | None = None
    digest: str = ""
    scores: dict[str, float] = field(default_factory=dict)
