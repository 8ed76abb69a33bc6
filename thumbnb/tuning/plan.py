"""The plan of a sweep: what it would make, cost and take, with advice."""

from __future__ import annotations

import html
import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.client.ledger import prices
from thumbnb.tuning.space.confounding import confounded, is_one_at_a_time
from thumbnb.tuning.space.video_frame import VideoFrame

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thumbnb.client.client import Client
    from thumbnb.client.session import Session
    from thumbnb.tuning.space.axis import Axis
    from thumbnb.tuning.space.cell import Cell

# By simulation (tests/benchmarks/tuning.py): comparisons for each image until the best is
# among the first three in nine runs of ten, and until it is the first in eight of ten.
PER_IMAGE_TOP_THREE = 2.5
PER_IMAGE_FIRST = 4.2
TOP = 3
# Below these, differences between the values of an axis are seldom more than noise.
FEW_IMAGES = 3


@dataclass(frozen=True)
class Plan:
    """The plan of a sweep; nothing is generated for it.

    ``cells`` images, ``cached`` of them free from the ledger, ``unfinished`` of them paid and
    under way, ``price`` in credits for the others; ``balance`` is what the account has and
    ``balance_after`` what it would. ``seconds`` are even odds, ``seconds_p90`` nine in ten, by
    the jobs before. ``comparisons`` are the duels until the top three are clear, about;
    ``states`` has how each cell stands in the ledger.
    """

    cells: int
    cached: int
    price: float
    balance: float | None
    seconds: float
    seconds_p90: float
    comparisons: int
    concurrency: int
    unfinished: int = 0
    axes: tuple[tuple[str, int], ...] = ()
    frames: int = 0
    warnings: tuple[str, ...] = ()
    states: dict[str, str | None] = field(default_factory=dict, repr=False)

    @property
    def balance_after(self) -> float | None:
        """The credits the account would have."""
        return None if self.balance is None else self.balance - self.price

    def check(self, budget: float | None) -> None:
        """Raise BudgetExceeded where it costs more than the budget, or than the account has."""
        what = f"This sweep of {self.cells} cells ({self.cached} of them free)"
        if budget is not None and self.price > budget:
            raise errors.BudgetExceeded(
                f"{what} costs {prices.amount(self.price)}; its budget is {budget:g}.",
                hint="Raise the budget, or take fewer cells: sample=..., where=..., "
                "one_at_a_time=True. Nothing was sent.",
                plan=what,
                price=self.price,
                left=budget,
            )
        if self.balance is not None and self.price > self.balance:
            raise errors.BudgetExceeded(
                f"{what} costs {prices.amount(self.price)}; the account has {self.balance:g}.",
                hint="Buy credits, or take fewer cells: sample=..., where=..., "
                "one_at_a_time=True. Nothing was sent.",
                plan=what,
                price=self.price,
                left=self.balance,
            )

    def lines(self) -> list[tuple[str, str]]:
        """Return what it says, a name and a text a line."""
        axes = " x ".join(f"{name} ({count})" for name, count in self.axes)
        free = f", {self.cached} of them free from the ledger" if self.cached else ""
        under_way = f", {self.unfinished} under way and paid" if self.unfinished else ""
        out = [
            ("axes", axes or "none: one brief"),
            ("cells", f"{self.cells}{free}{under_way}"),
            ("price", prices.amount(self.price)),
        ]
        if self.balance is not None:
            out.append(("balance", f"{self.balance:g}, and {self.balance_after:g} after"))
        if self.price:
            even, late = _time(self.seconds), _time(self.seconds_p90)
            out.append(("time", f"about {even}, in nine of ten cases within {late}"))
        if self.cells > 1:
            first = f"{round(self.cells * PER_IMAGE_FIRST)} until the first is clear"
            three = f"{self.comparisons} until the top three are clear, "
            out.append(("duels", f"about {three if self.cells > TOP else ''}{first}"))
        return out

    def __repr__(self) -> str:
        lines = [f"{name:>8}  {text}" for name, text in self.lines()]
        return "\n".join(["Plan of a sweep", *lines, *(f"    note  {w}" for w in self.warnings)])

    def _repr_html_(self) -> str:
        cell = '<td style="text-align:left">'
        rows = [(name, text) for name, text in self.lines()]
        rows += [("note", warning) for warning in self.warnings]
        body = "".join(
            f'<tr><th style="text-align:left">{html.escape(name)}</th>'
            f"{cell}{html.escape(text)}</td></tr>"
            for name, text in rows
        )
        return f"<table>{body}</table>"


async def make_plan(
    client: Client, axes: Sequence[Axis], cells: Sequence[Cell], warnings: Sequence[str]
) -> Plan:
    """Return the plan of these cells, by what the ledger and the service say."""
    session = client.sessions[1]
    states = await _states(client, cells)
    cached = sum(state in {"done", "made"} for state in states.values())
    unfinished = sum(state in {"running", "unknown", "intent"} for state in states.values())
    to_pay = len(cells) - cached - unfinished
    balance = (await client.usage.aio()).credits if to_pay else None
    concurrency = session.concurrency
    seconds, seconds_p90 = await _time_needed(session, cells, states, concurrency)
    frames = len({frame for cell in cells for frame in _frames(cell)})
    return Plan(
        cells=len(cells),
        cached=cached,
        unfinished=unfinished,
        price=prices.PER_IMAGE * to_pay,
        balance=balance,
        seconds=seconds,
        seconds_p90=seconds_p90,
        comparisons=math.ceil(len(cells) * PER_IMAGE_TOP_THREE),
        concurrency=concurrency,
        axes=tuple((axis.name, len(axis)) for axis in axes),
        frames=frames,
        warnings=(*warnings, *_advice(axes, cells, client, frames)),
        states=states,
    )


async def _states(client: Client, cells: Sequence[Cell]) -> dict[str, str | None]:
    """Return how each cell stands in the ledger; None for what was never asked for.

    A cell whose frame is not here yet cannot have been made.
    """
    known: Sequence[Cell] = [cell for cell in cells if not _frames(cell)]
    briefs: list[Mapping[str, Any]] = [cell.fields for cell in known]
    if len(known) < len(cells) and not client.sessions[0].metered:  # frames are free there
        from thumbnb.tuning.space.video_frame import with_frames  # noqa: PLC0415

        known, briefs = cells, [await with_frames(cell.brief) for cell in cells]
    found = await client.find_generations.aio(briefs, [cell.take for cell in known])
    states: dict[str, str | None] = dict.fromkeys(cell.id for cell in cells)
    return {**states, **{cell.id: each.state for cell, each in zip(known, found, strict=True)}}


def _frames(cell: Cell) -> list[VideoFrame]:
    images = cell.fields.get("content_images") or ()
    return [each for each in images if isinstance(each, VideoFrame)]


async def _time_needed(
    session: Session, cells: Sequence[Cell], states: dict[str, Any], concurrency: int
) -> tuple[float, float]:
    """Return the seconds it takes, even odds and nine in ten, by what was learned of durations."""
    schedule = await session.ledger.schedule()
    waiting = [cell for cell in cells if states[cell.id] not in {"done", "made"}]
    if not waiting:
        return 0.0, 0.0
    presets = (cell.fields.get("preset") for cell in waiting)
    counts = Counter(getattr(each, "key", each) for each in presets)
    lanes = min(concurrency, len(waiting))
    even = late = 0.0
    for preset, count in counts.items():
        model = schedule.model(session.key("generate", preset))
        even += count * model.remaining(0.0, 0.5) / lanes
        late += count * model.remaining(0.0, 0.9) / lanes
    # Over many cells the luck of one evens out; the last one does not.
    spread = (late - even) / math.sqrt(max(1.0, len(waiting) / lanes))
    return even, even + spread


def _advice(axes: Sequence[Axis], cells: Sequence[Cell], client: Client, frames: int) -> list[str]:
    warnings = []
    for one, other in confounded(axes, cells):
        warnings.append(
            f"{one} and {other} vary together here: whose effect it was cannot be told apart."
        )
    if is_one_at_a_time(cells):
        pass  # as it would be advised
    elif len(axes) > 1 and len(cells) / max(len(axis) for axis in axes) < FEW_IMAGES * 2:
        warnings.append(
            f"{len(axes)} axes at once and few cells: one axis a round "
            "(one_at_a_time=True) is easier to learn from."
        )
    elif len(axes) > 2:  # noqa: PLR2004
        warnings.append(
            f"{len(axes)} axes at once: one axis a round (one_at_a_time=True) costs less and "
            "is easier to learn from; all combinations show what goes together."
        )
    for at, axis in enumerate(axes):
        tally = Counter(cell.indexes[at] for cell in cells)
        counts = [tally[index] for index in range(len(axis))]
        if min(counts) < FEW_IMAGES:
            label = axis.labels[counts.index(min(counts))]
            warnings.append(
                f"{axis.name}: {label!r} is in {min(counts)} cell{'s' * (min(counts) != 1)}; "
                f"under {FEW_IMAGES} a difference is hardly more than noise (takes=... helps)."
            )
            break
    if frames and client.sessions[0].metered:
        warnings.append(
            f"{frames} frames are bought at VideoDB, which does not say what they cost."
        )
    return warnings


def _time(seconds: float) -> str:
    if seconds < 90:  # noqa: PLR2004 - reads better than "1.3 minutes"
        return f"{max(1, round(seconds))} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"  # noqa: PLR2004
