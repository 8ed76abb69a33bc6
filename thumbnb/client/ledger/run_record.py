"""The record of a run: one paid call in the ledger, its state, and the call it is made from."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence


class RunState(StrEnum):
    """How a run stands."""

    INTENT = "intent"  # about to be sent
    UNKNOWN = "unknown"  # sent, and its answer was lost
    RUNNING = "running"  # the service has it
    MADE = "made"  # the service is done, and not all of its results are here
    DONE = "done"
    FAILED = "failed"
    VOID = "void"  # certainly never carried out: nothing was charged
    CANCELLED = "cancelled"  # stopped by us before it made anything: it was given back


_S = RunState
# Which state may follow which. An answer may come late: of a call that somebody else took
# for lost, or gave up, it says that it was carried out after all; and it may come twice.
TRANSITIONS: Mapping[RunState, frozenset[RunState]] = {
    _S.INTENT: frozenset({_S.UNKNOWN, _S.RUNNING, _S.MADE, _S.DONE, _S.FAILED, _S.VOID}),
    _S.UNKNOWN: frozenset({_S.RUNNING, _S.MADE, _S.DONE, _S.FAILED, _S.VOID}),
    _S.RUNNING: frozenset({_S.RUNNING, _S.MADE, _S.DONE, _S.FAILED, _S.CANCELLED}),
    _S.MADE: frozenset({_S.DONE, _S.FAILED}),
    _S.DONE: frozenset(),
    _S.FAILED: frozenset(),
    _S.VOID: frozenset({_S.RUNNING, _S.DONE}),
    _S.CANCELLED: frozenset(),
}

# The money may be spent, and its results are not all here.
OPEN = (RunState.INTENT, RunState.UNKNOWN, RunState.RUNNING, RunState.MADE)
# It came to nothing: the same take may be tried again.
FRUITLESS = (RunState.FAILED, RunState.VOID, RunState.CANCELLED)
# Whether it was carried out is not known.
UNCERTAIN = (RunState.INTENT, RunState.UNKNOWN)


def states_before(state: RunState) -> list[RunState]:
    """Return the states from which a run may come to this one."""
    return [before for before, after in TRANSITIONS.items() if state in after]


# Made once: a sweep asks for the hashes of ten thousand requests.
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def json_field(name: str, value: Any) -> str:
    """Return a field as it stands in a paid call's JSON, with its name."""
    return _ENCODER.encode({name: value})[1:-1]


def digest_of_json(text: str) -> str:
    """Return the hash by which the request of a paid call's JSON is recognized."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class PaidCall:
    """A paid call about to be made: everything needed to repeat it, and what it costs.

    ``identity`` is what it comes to, by which the same request is recognized; ``request``
    is how it was asked for. Images in them are named by the hash of their bytes.
    ``known`` are the jobs its project had before; ``idempotency_key`` is that of a call that
    was lost and is sent again, else the run gets a new one.
    """

    service: str
    service_url: str
    kind: str
    request: Mapping[str, Any]
    identity: Mapping[str, Any]
    price: float = 0.0
    take: int | None = None
    project_id: str | None = None
    known: Sequence[str] = ()
    idempotency_key: str | None = None

    @property
    def json(self) -> str:
        """What it is recognized by, as a list whose last item is the identity."""
        return _ENCODER.encode([self.service, self.service_url, self.kind, self.identity])

    @property
    def digest(self) -> str:
        """The hash by which the same request is recognized."""
        return digest_of_json(self.json)


@dataclass(frozen=True)
class SavedResult:
    """One result of a run; ``sha256`` names its bytes once they are here.

    ``engine`` painted it, for ``cost`` in ``currency`` where that is known.
    """

    position: int
    id: str = ""
    url: str | None = None
    sha256: str | None = None
    width: int | None = None
    height: int | None = None
    seed: int | None = None
    scores: dict[str, float | None] = field(default_factory=dict)
    report: list[dict[str, Any]] = field(default_factory=list)
    engine: str | None = None
    cost: float | None = None
    currency: str | None = None


@dataclass(frozen=True)
class RunRecord:
    """A run as it is written in the ledger; times are in seconds since 1970.

    ``queued`` are the seconds until it was seen processing, ``lasted`` those from its start
    to its end by the service's own clock, where it says. ``idempotency_key`` is sent with
    the call, so that a service that honours it carries it out once; older runs have none.
    ``engine`` is the one that was asked for, None where it was left to the service.
    """

    id: int
    service: str
    service_url: str
    kind: str
    request: dict[str, Any]
    request_hash: str
    take: int
    state: RunState
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
    idempotency_key: str | None = None
    engine: str | None = None

    @property
    def open(self) -> bool:
        """Whether there is something left to fetch, or to find out."""
        return self.state in OPEN

    @property
    def label(self) -> str | None:
        """The text by which the service lists it: its prompt, or its name."""
        return self.prompt or self.request.get("name")

    @property
    def resend_key(self) -> str | None:
        """The idempotency key for sending it again.

        None where it sends images: they are uploaded again, to other addresses, and the same
        key with another body is refused.
        """
        sent = {name: value for name, value in self.request.items() if name != "draft"}
        return None if digests_in(json.dumps(sent)) else self.idempotency_key

    @classmethod
    def read(cls, row: sqlite3.Row) -> RunRecord:
        """Return the record of a row."""
        values = {name: row[COLUMNS.get(name, name)] for name in _NAMES}
        for name in ("request", "known", "answer"):
            values[name] = None if values[name] is None else json.loads(values[name])
        return cls(**{**values, "state": RunState(values["state"])})


_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")


def digests_in(request: str) -> list[str]:
    """Return the hashes of the images a request names."""
    return _DIGEST.findall(request)


_NAMES = [item.name for item in fields(RunRecord)]
# Fields that have another name in the tables of released ledgers.
COLUMNS = {"service_url": "place"}
