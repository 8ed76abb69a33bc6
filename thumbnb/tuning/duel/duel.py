"""A duel: two images at a time, and the next two are those whose vote tells most."""

from __future__ import annotations

import secrets
import threading
import time
from typing import TYPE_CHECKING, Any

import numpy as np

from thumbnb import errors
from thumbnb.client.inputs import checks
from thumbnb.client.ledger.choices_database import Vote
from thumbnb.text.short_repr import short_repr
from thumbnb.tuning.duel.next_pair import next_pair
from thumbnb.tuning.duel.posterior import StrengthPosterior
from thumbnb.tuning.duel.verdict import Verdict, verdict_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from thumbnb.client.ledger.choices_database import ChoicesDatabase, Outcome
    from thumbnb.tuning.cell_run import CellRun

OUTCOMES = ("left", "right", "tie")
SURE = 0.9
_REMEMBERED = 2  # the last pairs, which are not shown again at once
_90 = 1.6449  # 90 % of a normal distribution lie within so many standard deviations


class Duel:
    """Which image is best, by choosing between two at a time.

    ``pair`` are the cells to show, left and right, or None once the winner is clear;
    ``vote("left")``, ``vote("right")`` or ``vote("tie")`` says which is better, ``undo()``
    takes the last vote back. ``verdict`` says what is clear and how sure, ``standings()`` has
    the strength of each. ``voter`` is whose votes they are; ``blind`` says that views show no
    labels. ``sure`` (0-1) is when it is clear. Each vote is in the ledger before the next is
    asked for, and a duel goes on where it was.

    >>> duel = run.duel(voter="ann")  # doctest: +SKIP
    >>> left, right = duel.pair  # doctest: +SKIP
    >>> duel.vote("left")  # doctest: +SKIP
    """

    def __init__(
        self,
        run: CellRun,
        *,
        voter: str = "",
        blind: bool = True,
        candidates: Sequence[str] | None = None,
        sure: float = SURE,
    ) -> None:
        if not isinstance(voter, str) or len(voter) > 100:  # noqa: PLR2004
            raise errors.InvalidInput("voter is a name of up to 100 characters.")
        sure = checks.certainty("sure", sure)
        self.run = run
        self.voter = voter
        self.blind = blind
        self.sure = sure
        self.candidates = _candidates(run, candidates)
        self._digests = [run.result(cell_id).digest for cell_id in self.candidates]
        self._positions = {digest: number for number, digest in enumerate(self._digests)}
        self._database: ChoicesDatabase = run.client.sessions[1].ledger.choices
        self._lock = threading.RLock()
        mine = [vote for vote in self._database.votes(self._digests) if vote.voter == voter]
        self._votes = mine
        self._posterior = self._fitted(mine)
        self._pair: tuple[str, str] | None = None
        self._p_best: np.ndarray[tuple[int], np.dtype[np.float64]] | None = None

    @property
    def votes(self) -> int:
        """How many votes this voter has given on these candidates."""
        return len(self._votes)

    @property
    def pair(self) -> tuple[str, str] | None:
        """The cells to show, left and right; None once the winner is clear."""
        with self._lock:
            if self._pair is None and not self.verdict.clear:
                seen = [self._indexes(vote) for vote in self._votes[-_REMEMBERED:]]
                few = len(self.candidates) * (len(self.candidates) - 1) // 2 <= _REMEMBERED
                left, right = next_pair(self._posterior, self._rng(0), () if few else seen)
                self._pair = self.candidates[left], self.candidates[right]
            return self._pair

    def vote(self, outcome: Outcome) -> None:
        """Say which of the pair is better: ``left``, ``right``, or ``tie`` for neither."""
        if not isinstance(outcome, str) or outcome not in OUTCOMES:
            raise errors.InvalidInput(
                f'A vote is "left", "right" or "tie", not {short_repr(outcome)}.'
            )
        with self._lock:
            pair = self.pair
            if pair is None:
                raise errors.InvalidInput(
                    self.verdict.sentence, hint="duel.undo() takes the last vote back."
                )
            left, right = (self.run.result(cell_id).digest for cell_id in pair)
            vote = Vote(secrets.token_hex(16), self.voter, left, right, outcome, time.time())
            self._database.add_votes([vote])
            self._votes.append(vote)
            self._posterior.add(*_outcomes([vote], self._positions))
            self._pair = self._p_best = None

    def undo(self) -> tuple[str, str] | None:
        """Take the last vote back and return its pair, to be judged again; None without one."""
        with self._lock:
            if not self._votes:
                return None
            vote = self._votes.pop()
            self._database.remove_vote(vote.id)
            self._posterior, self._p_best = self._fitted(self._votes), None
            left, right = self._indexes(vote)
            self._pair = self.candidates[left], self.candidates[right]
            return self._pair

    @property
    def verdict(self) -> Verdict:
        """What is clear by now, and how sure."""
        name = None if self.blind else (lambda cell_id: self.run.cell(cell_id).title)
        p_best = self._chance_of_best()
        return verdict_of(self.candidates, p_best.tolist(), self.votes, sure=self.sure, name=name)

    def standings(self) -> pd.DataFrame:
        """Return a row a candidate, the best first: cell, strength, low, high, p_best, duels.

        ``strength`` is in logits around the mean of all, ``low`` and ``high`` its 90 %
        interval; ``p_best`` how likely it is the best; ``duels`` how often it was shown.
        """
        import pandas as pd  # noqa: PLC0415  - a quarter of a second, when it is wanted

        with self._lock:
            posterior, p_best = self._posterior, self._chance_of_best()
            shown = [0] * len(self.candidates)
            for vote in self._votes:
                for place in self._indexes(vote):
                    shown[place] += 1
        centre = np.eye(len(p_best)) - 1 / len(p_best)  # strengths are known up to their mean
        mean = centre @ posterior.mean
        spread = _90 * np.sqrt(np.diag(centre @ posterior.covariance @ centre.T))
        table = pd.DataFrame(
            {
                "cell": self.candidates,
                "strength": mean,
                "low": mean - spread,
                "high": mean + spread,
                "p_best": p_best,
                "duels": shown,
            }
        )
        return table.sort_values(["p_best", "strength"], ascending=False, ignore_index=True)

    # -- inside -------------------------------------------------------------------

    def _chance_of_best(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        with self._lock:
            if self._p_best is None:
                self._p_best = self._posterior.p_best(self._rng(1))
            return self._p_best

    def _rng(self, purpose: int) -> np.random.Generator:
        """Return a generator that is the same for the same votes: a duel can be repeated."""
        return np.random.default_rng([len(self._votes), purpose, *self.voter.encode()])

    def _indexes(self, vote: Vote) -> tuple[int, int]:
        return self._positions[vote.left_image], self._positions[vote.right_image]

    def _fitted(self, votes: Sequence[Vote]) -> StrengthPosterior:
        posterior = StrengthPosterior(len(self.candidates))
        if votes:
            posterior.add(*_outcomes(votes, self._positions))
        return posterior

    def __repr__(self) -> str:
        whose = f" of {self.voter}" if self.voter else ""
        return f"<Duel{whose}, {len(self.candidates)} images: {self.verdict.sentence}>"


def _listed(wanted: Any) -> list[Any]:
    try:
        return [wanted] if isinstance(wanted, str) else list(wanted)
    except Exception:  # noqa: BLE001 - whatever it is that is gone through
        return [wanted]


def _candidates(run: CellRun, wanted: Sequence[str] | None) -> tuple[str, ...]:
    """Return the cells that take part: one of each image, those that are not rejected."""
    if wanted is None:
        ids = [cell.id for cell in run.done if not run.choices.get(cell.id).rejected]
    else:
        ids = checks.texts("candidates", [getattr(each, "id", each) for each in _listed(wanted)])
        for cell_id in ids:
            if run.result(cell_id).image is None:
                raise errors.InvalidInput(
                    f"{run.cell(cell_id)!r} has no image.", hint="Give cells of run.done."
                )
    first: dict[str, str] = {}
    for cell_id in ids:
        first.setdefault(run.result(cell_id).digest, cell_id)
    if len(first) < 2:  # noqa: PLR2004
        raise errors.InvalidInput(
            f"A duel is between two images or more; there {'is' if first else 'are'} "
            f"{len(first) or 'none'}.",
            hint="Wait for the run, or take back a rejection.",
        )
    return tuple(first.values())


def _outcomes(
    votes: Sequence[Vote], places: dict[str, int]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the votes as pairs of winner and loser, and the ties."""
    wins, ties = [], []
    for vote in votes:
        left, right = places[vote.left_image], places[vote.right_image]
        if vote.outcome == "tie":
            ties.append((left, right))
        else:
            wins.append((left, right) if vote.outcome == "left" else (right, left))
    return wins, ties
