"""Whether it is clear which image is best, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True)
class Verdict:
    """What the votes say: ``clear`` when one image is the best, as sure as was asked for.

    ``leader`` is the cell in front and ``sure`` (0-1) how likely it is the best; ``top`` are
    the three in front and ``sure_top`` how likely the best is among them, ``top_clear``
    whether that is sure enough. ``sentence`` says it.
    """

    clear: bool
    top_clear: bool
    sure: float
    sure_top: float
    leader: str
    top: tuple[str, ...]
    votes: int
    sentence: str


def verdict_of(
    cells: Sequence[str],
    p_best: Sequence[float],
    votes: int,
    *,
    sure: float,
    name: Callable[[str], str] | None = None,
) -> Verdict:
    """Return the verdict on cells, by how likely each is the best.

    ``name`` says how a cell is called; without it a sentence names none, as in a blind duel.
    """
    order = sorted(range(len(cells)), key=lambda i: -p_best[i])
    first, three = order[0], order[:3]
    leader, top = cells[first], tuple(cells[i] for i in three)
    at_top, among = float(p_best[first]), float(sum(p_best[i] for i in three))
    clear, top_clear = at_top >= sure, among >= sure and len(cells) > len(top)
    after = f"after {votes} choice{'s' * (votes != 1)}"
    called = name(leader) if name else "The leader"
    if clear:
        sentence = f"Clear {after}: {called} is the best, {_percent(at_top)} sure."
    elif top_clear:
        sentence = (
            f"The top three are clear {after}: the best is among them, {_percent(among)} sure. "
            f"Which of them is not: {called[:1].lower() + called[1:]} leads with "
            f"{_percent(at_top)}."
        )
    else:
        sentence = f"Not clear yet {after}: the one in front is the best with {_percent(at_top)}"
        if len(cells) > len(top):
            sentence += f", the best is among the first three with {_percent(among)}"
        sentence += "."
    return Verdict(clear, top_clear, at_top, among, leader, top, votes, sentence)


def _percent(share: float) -> str:
    return f"{min(99, round(100 * share))} %"
