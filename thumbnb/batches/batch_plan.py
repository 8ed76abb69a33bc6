"""The plan of a batch: what it would make, cost and leave out, with all rows checked."""

from __future__ import annotations

import asyncio
import hashlib
import html
import os
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.batches.rows.output_paths import check_folders, check_unique
from thumbnb.batches.rows.row_template import RowFault
from thumbnb.batches.workers.address import file_path
from thumbnb.batches.workers.frame_task import file_provenance, find_frames
from thumbnb.briefs import AdvancedOptions
from thumbnb.client.ledger import prices
from thumbnb.client.purchases.account_names import AccountNames

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from thumbnb.batches.rows.row_request import RowRequest
    from thumbnb.batches.rows.row_requests import RowRequests
    from thumbnb.client.client import Client

# Rows that are read between two looks at what else the loop has to do.
_CHUNK = 500
_SHOWN_FAULTS = 5
# Fields whose names the account lists.
_LISTED = ("preset", "person")
# To know what was made of images, each has to be read: of so many rows at most.
_MAX_READ = 500


@dataclass(frozen=True)
class BatchPlan:
    """The plan of a batch; nothing was made for it.

    ``rows`` of the table; ``done`` of them are made already and ``faults`` cannot be made, by
    their number from 0, and why. ``price`` is in credits for the others, at most: of ``paid``,
    by number; ``balance`` is what the account has.
    """

    rows: int
    done: int
    price: float
    images: int
    balance: float | None = None
    faults: dict[int, str] = field(default_factory=dict, repr=False)
    labels: tuple[str, ...] = field(default=(), repr=False)
    paid: frozenset[int] = field(default=frozenset(), repr=False)
    notes: tuple[str, ...] = ()

    @property
    def to_make(self) -> int:
        """How many rows are to be made."""
        return self.rows - self.done - len(self.faults)

    def check(self, budget: float | None) -> None:
        """Raise BudgetExceeded where it costs more than the budget, or than the account has."""
        what = f"This batch of {self.rows} rows ({self.done} of them made before)"
        for limit, whose in ((budget, "its budget is"), (self.balance, "the account has")):
            if limit is not None and self.price > limit:
                raise errors.BudgetExceeded(
                    f"{what} costs {prices.amount(self.price)}; {whose} {limit:g}.",
                    hint="Raise the budget, or take fewer rows. Nothing was sent.",
                    plan=what,
                    price=self.price,
                    left=limit,
                )

    def lines(self) -> list[tuple[str, str]]:
        """Return what it says, a name and a text a line."""
        before = f", {self.done} of them made before" if self.done else ""
        out = [
            ("rows", f"{self.rows:,}{before}"),
            ("to make", f"{self.to_make:,} rows, {self.images:,} images"),
            ("price", prices.amount(self.price) if self.price else "nothing"),
        ]
        if self.balance is not None:
            out.append(("balance", f"{self.balance:g}, and {self.balance - self.price:g} after"))
        if self.faults:
            out.append(("not made", f"{len(self.faults):,} rows, which are wrong as they stand:"))
            shown = list(self.faults.values())[:_SHOWN_FAULTS]
            out += [("", f"{label}: {why}") for label, why in zip(self.labels, shown, strict=False)]
        return out

    @property
    def sentence(self) -> str:
        """The plan in one line."""
        return "; ".join(
            f"{name}: {text}" for name, text in self.lines() if name not in {"", "balance"}
        ).removesuffix(", which are wrong as they stand:")

    def __repr__(self) -> str:
        lines = [f"{name:>8}  {text}" for name, text in self.lines()]
        return "\n".join(["Plan of a batch", *lines, *(f"    note  {n}" for n in self.notes)])

    def _repr_html_(self) -> str:
        rows = [*self.lines(), *(("note", note) for note in self.notes)]
        body = "".join(
            f'<tr><th style="text-align:left">{html.escape(name)}</th>'
            f'<td style="text-align:left">{html.escape(text)}</td></tr>'
            for name, text in rows
        )
        return f"<table>{body}</table>"


async def make_plan(
    requests: RowRequests, client: Client | None, *, take: int, overwrite: bool
) -> BatchPlan:
    """Read all rows and return the plan. Raises InvalidInput for what is wrong with the whole."""
    count = len(requests)
    survey = _Survey(requests, client, overwrite=overwrite)
    names = None
    if client is not None:
        names = AccountNames(client.sessions[1])
        for field_name in _LISTED:
            await names.read(field_name, [requests.brief.given(field_name)])
    for start in range(0, count, _CHUNK):
        numbers = range(start, min(start + _CHUNK, count))
        briefs = await asyncio.to_thread(survey.read, numbers, names)
        if client is not None:
            await survey.look_up(briefs, client, take)
    await asyncio.to_thread(survey.check)
    balance = None
    if client is not None and survey.price:
        balance = (await client.usage.aio()).credits
    some = list(survey.faults)[:_SHOWN_FAULTS]
    return BatchPlan(
        rows=count,
        done=survey.done,
        price=survey.price,
        images=survey.images,
        balance=balance,
        faults=survey.faults,
        labels=tuple(requests.label(number) for number in some),
        paid=frozenset(survey.paid),
        notes=tuple(survey.notes),
    )


class _Survey:
    """All rows as they are read: what is wrong, what is there, and where they would write."""

    def __init__(self, requests: RowRequests, client: Client | None, *, overwrite: bool) -> None:
        self._requests = requests
        self._client = client
        self._overwrite = overwrite
        self.faults: dict[int, str] = {}
        self.notes: dict[str, None] = {}
        self.done = self.images = 0
        self.price = 0.0
        self.paid: set[int] = set()
        self._to_pay: set[Hashable] = set()  # what paid rows ask for: rows that are equal pay once
        self._targets: list[tuple[int, str]] = []
        self._foreign: list[str] = []
        self._looked_up = 0

    def read(self, numbers: Iterable[int], names: AccountNames | None) -> list[RowRequest]:
        """Read rows; return those whose state the ledger knows."""
        briefs = []
        for number in numbers:
            try:
                request = self._requests.request(number)
                if names is not None:
                    _check_names(request, names)
            except RowFault as fault:
                self.faults[number] = str(fault)
                continue
            self._targets += [(number, target) for target in request.all_targets]
            if request.brief is not None:
                briefs.append(request)
                self._find_foreign(request)
            elif self._are_there(request):
                self.done += 1
            else:
                self.images += request.frames.count if request.frames else 0
                self._find_foreign(request)
        return briefs

    def _are_there(self, request: RowRequest) -> bool:
        frames = request.frames
        if frames is None or self._requests.at_worker:
            return False
        return os.path.exists(frames.targets[0]) and bool(  # noqa: PTH110 - many a second
            find_frames(frames.targets, frames.digest)
        )

    def _find_foreign(self, request: RowRequest) -> None:
        """Note files where this row would write that no batch of ours has written."""
        if self._overwrite or len(self._foreign) > _SHOWN_FAULTS:
            return
        for target in request.all_targets:
            path = file_path(target) if ":" in target else target
            if path is None or not os.path.lexists(path):
                continue
            if not file_provenance(path) and not self._is_stored(path):
                self._foreign.append(target)

    def _is_stored(self, path: str) -> bool:
        """Whether a file is a result that the ledger's store has, too."""
        if self._client is None or not os.path.isfile(path):  # noqa: PTH113
            return False
        with open(path, "rb") as file:  # noqa: PTH123
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return self._client.result_store.path(digest).is_file()

    async def look_up(self, requests: list[RowRequest], client: Client, take: int) -> None:
        """Count what rows cost, by how they stand in the ledger."""
        known = [r for r in requests if r.frames is None and self._may_read(r)]
        briefs = [request.brief for request in known if request.brief is not None]
        generations = await client.find_generations.aio(briefs, [take] * len(briefs))
        found = {r.number: each for r, each in zip(known, generations, strict=True)}
        for request in requests:
            generation = found.get(request.number)
            state = generation.state if generation else None
            if state in {"done", "made"}:
                self.done += 1
                continue
            self.images += request.variations * (1 + len(request.titles))
            same = generation.digest if generation else _key(request)
            if state not in {"running", "unknown", "intent"} and same not in self._to_pay:
                self._to_pay.add(same)
                self.price += prices.PER_IMAGE * request.variations
                self.paid.add(request.number)

    def _may_read(self, request: RowRequest) -> bool:
        assert request.brief is not None  # noqa: S101
        if not request.brief.get("content_images") and "style_reference" not in request.brief:
            return True
        self._looked_up += 1
        if self._looked_up > _MAX_READ:
            self.notes["Rows that were made before cost nothing; that is not counted here."] = None
            return False
        return True

    def check(self) -> None:
        """Raise InvalidInput for what is wrong with the whole."""
        count = len(self._requests)
        reasons = Counter(self.faults.values())
        if len(reasons) == 1 and len(self.faults) == count:
            raise errors.InvalidInput(
                f"No row can be made: {next(iter(reasons))}", hint="Nothing was sent."
            )
        check_unique(self._targets)
        check_folders(target for _, target in self._targets)
        if self._foreign:
            names = ", ".join(repr(each) for each in self._foreign[:3])
            more = " and others" if len(self._foreign) > 3 else ""  # noqa: PLR2004
            raise errors.InvalidInput(
                f"There are files already that no batch has written: {names}{more}.",
                hint="Give another out=..., or overwrite=True. Nothing was made.",
            )


def _key(request: RowRequest) -> Hashable:
    """Return what rows of images that were not read yet are the same by."""
    brief = request.brief or {}
    images = tuple(map(_name, brief.get("content_images") or ()))
    fields = {name: _name(value) for name, value in brief.items() if name != "content_images"}
    return request.frames and request.frames.digest, images, frozenset(fields.items())


def _name(value: Any) -> Hashable:
    """Return what a value is known by: itself, or the object that it is."""
    named = isinstance(value, str | os.PathLike | AdvancedOptions)
    return (type(value), value) if named else id(value)


def _check_names(request: RowRequest, names: AccountNames) -> None:
    brief = request.brief or {}
    for field_name in _LISTED:
        if fault := names.fault(field_name, brief.get(field_name)):
            raise RowFault(f"{fault.message} {fault.hint}".removesuffix(" Nothing was sent."))
