"""What the ledger holds of one paid call: an entry, and the order it is made from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

State = Literal["intent", "unknown", "running", "made", "done", "failed", "void"]

# The money may be spent, and its pictures are not all here.
OPEN: tuple[State, ...] = ("intent", "unknown", "running", "made")
# It came to nothing: the same take may be tried again.
FRUITLESS: tuple[State, ...] = ("failed", "void")


@dataclass(frozen=True)
class PaidCall:
    """A paid call about to be made: everything needed to repeat it, and what it costs.

    ``brief`` is what it comes to, by which the same request is known; ``request`` is
    how it was asked for. Pictures in them are named by the hash of their bytes.
    ``known`` are the jobs its project had before.
    """

    service: str
    place: str
    kind: str
    request: Mapping[str, Any]
    brief: Mapping[str, Any]
    price: float = 0.0
    take: int | None = None
    project_id: str | None = None
    known: Sequence[str] = ()

    @property
    def digest(self) -> str:
        """What the request is known by."""
        whole = [self.service, self.place, self.kind, self.brief]
        text = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class SavedResult:
    """One result of a run; ``sha256`` names its bytes once they are here."""

    position: int
    id: str = ""
    url: str | None = None
    sha256: str | None = None
    width: int | None = None
    height: int | None = None
    seed: int | None = None
    scores: dict[str, float | None] = field(default_factory=dict)
    report: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class RunRecord:
    """A run as it is written in the ledger; times are in seconds since 1970.

    ``queued`` are the seconds until it was seen at work, ``lasted`` those from its start
    to its end by the service's own clock, where it says.
    """

    id: int
    service: str
    place: str
    kind: str
    request: dict[str, Any]
    request_hash: str
    take: int
    state: State
    prompt: str | None
    preset: str | None
    known: list[str]
    project_id: str | None
    job_id: str | None
    output_url: str | None
    reserved: float
    credits: float | None
    retries: int
    answer: Any
    error: str | None
    created: float
    started: float | None
    noticed: float | None
    saved: float | None
    queued: float | None = None
    lasted: float | None = None

    @property
    def open(self) -> bool:
        """Whether there is something left to fetch, or to find out."""
        return self.state in OPEN

    @property
    def told(self) -> str | None:
        """What the service calls it by, where it says: its prompt, or its name."""
        return self.prompt or self.request.get("name")

    @classmethod
    def read(cls, row: sqlite3.Row) -> RunRecord:
        """Return the entry of a row."""
        values = {name: row[name] for name in _NAMES}
        for name in ("request", "known", "answer"):
            values[name] = None if values[name] is None else json.loads(values[name])
        return cls(**values)


_NAMES = [item.name for item in fields(RunRecord)]
