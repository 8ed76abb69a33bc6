"""All votes on the images of a run: of several people, from files, and what they come to."""

from __future__ import annotations

import json
import math
import re
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.arguments.checks import checked_arguments
from thumbnb.arguments.local_path import input_path, writing
from thumbnb.client.inputs import checks
from thumbnb.client.ledger.choices_database import Vote
from thumbnb.storage import files
from thumbnb.tuning.extra import library

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from thumbnb.tuning.cell_run import CellRun

FORMAT = "thumbnb votes 1"
MAX_BYTES = 5_000_000
_DIGEST = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[0-9a-f]{1,64}")
RESAMPLES = 200


@dataclass(frozen=True)
class Agreement:
    """How far voters agree: ``alpha`` is Krippendorff's, 1 where they always do, 0 by chance.

    None where no pair was judged by two of them. ``pairs`` were judged by two or more;
    ``voters`` has how many votes each gave.
    """

    voters: dict[str, int]
    pairs: int
    alpha: float | None

    @property
    def sentence(self) -> str:
        """The agreement in one sentence."""
        if self.alpha is None:
            return f"{len(self.voters)} voters have judged no pair in common."
        words = "agree well" if self.alpha >= 0.67 else (  # noqa: PLR2004 - Krippendorff's limit
            "agree somewhat" if self.alpha >= 0.3 else "hardly agree"  # noqa: PLR2004
        )  # fmt: skip
        return (
            f"{len(self.voters)} voters {words} (alpha {self.alpha:.2f}, over {self.pairs} "
            f"pair{'s' * (self.pairs != 1)} that two or more have judged)."
        )

    def __repr__(self) -> str:
        return f"<Agreement: {self.sentence}>"


class Votes:
    """The votes on a run's images, of all voters; they are in the ledger.

    ``save`` writes them to a file for somebody else, ``merge`` takes in such files,
    ``agreement`` says how far the voters agree, ``standings`` ranks the images by all votes.
    """

    def __init__(self, run: CellRun) -> None:
        self._run = run
        self._database = run.client.sessions[1].ledger.choices

    def all(self) -> list[Vote]:
        """Return all votes between images of the run, oldest first."""
        return self._database.votes(self._cells())

    def _cells(self) -> dict[str, str]:
        """Return the first cell of each image, by the image's hash."""
        first: dict[str, str] = {}
        for cell in self._run.done:
            first.setdefault(self._run.result(cell.id).digest, cell.id)
        return first

    def to_frame(self) -> pd.DataFrame:
        """Return a row a vote: voter, left, right (cells), outcome, at."""
        import pandas as pd  # noqa: PLC0415  - a quarter of a second, when it is wanted

        cells = self._cells()
        rows = [
            {
                "voter": vote.voter,
                "left": cells[vote.left_image],
                "right": cells[vote.right_image],
                "outcome": vote.outcome,
                "at": vote.at,
            }
            for vote in self.all()
        ]
        table = pd.DataFrame(rows, columns=["voter", "left", "right", "outcome", "at"])
        table["at"] = pd.to_datetime(table["at"], unit="s", utc=True)
        return table

    # -- files --------------------------------------------------------------------

    @checked_arguments
    def save(self, path: str | Path, *, voter: str | None = None) -> Path:
        """Write the votes (of one voter, or of all) to a .json file, and return its path."""
        path = input_path("path", path)
        votes = [vote for vote in self.all() if voter in {None, vote.voter}]
        if not votes:
            whose = f" of {voter!r}" if voter is not None else ""
            raise errors.InvalidInput(
                f"There are no votes{whose} to write.", hint="run.duel() asks for some."
            )
        data = {"format": FORMAT, "votes": [asdict(vote) for vote in votes]}
        with writing(path):
            files.write_file(path, json.dumps(data, indent=1).encode(), mode=files.SHARED)
        return path

    def merge(self, *paths: str | Path) -> Agreement:
        """Take in the votes of files that ``save`` wrote, and return how far all agree.

        A vote that is here already is not counted twice. Votes without a voter's name get
        that of their file.
        """
        votes = [vote for path in paths for vote in _read(input_path("paths", path))]
        self._database.add_votes(votes)
        return self.agreement()

    # -- together -----------------------------------------------------------------

    def agreement(self) -> Agreement:
        """Return how far the voters agree on the pairs that two or more have judged."""
        import pandas as pd  # noqa: PLC0415

        votes = self.all()
        judged: dict[tuple[str, str], dict[str, int]] = {}
        counts: dict[str, int] = {}
        for vote in votes:  # of one voter's votes on a pair, the last counts
            counts[vote.voter] = counts.get(vote.voter, 0) + 1
            one, other = sorted((vote.left_image, vote.right_image))
            winner = {"left": vote.left_image, "right": vote.right_image}.get(vote.outcome)
            judged.setdefault((one, other), {})[vote.voter] = (winner == other) - (winner == one)
        shared = {pair: by_voter for pair, by_voter in judged.items() if len(by_voter) > 1}
        if not shared:
            return Agreement(counts, 0, None)
        evalica = library("evalica", "Agreement between voters")
        table = pd.DataFrame(
            [[by_voter.get(voter) for by_voter in shared.values()] for voter in counts],
            dtype="float64",
        )
        alpha = float(evalica.alpha(table, distance="ordinal").alpha)
        return Agreement(counts, len(shared), alpha if math.isfinite(alpha) else 1.0)

    @checked_arguments
    def standings(
        self, *, voters: Sequence[str] | None = None, confidence: float = 0.9
    ) -> pd.DataFrame:
        """Return a row an image by all votes, the best first: cell, score, low, high, votes.

        ``score`` is how likely it wins against an image of average strength, by a
        Bradley-Terry fit with ties as half a win each way; ``low`` and ``high`` are its
        bootstrap interval of that ``confidence``.
        """
        import numpy as np  # noqa: PLC0415
        import pandas as pd  # noqa: PLC0415

        whose = None if voters is None else checks.texts("voters", voters)
        confidence = checks.certainty("confidence", confidence)
        votes = [vote for vote in self.all() if whose is None or vote.voter in whose]
        if not votes:
            raise errors.InvalidInput(
                "There are no votes to rank by.", hint="run.duel() asks for some."
            )
        evalica = library("evalica", "A final table")
        winner = {"left": evalica.Winner.X, "right": evalica.Winner.Y, "tie": evalica.Winner.Draw}
        cells = self._cells()
        seen = sorted({image for vote in votes for image in (vote.left_image, vote.right_image)})
        # Half a win each way against an image of average strength, for each: without it
        # one that has only won would be infinitely strong.
        xs = [vote.left_image for vote in votes] + seen
        ys = [vote.right_image for vote in votes] + [_AVERAGE] * len(seen)
        won = [winner[vote.outcome] for vote in votes] + [evalica.Winner.Draw] * len(seen)

        def strengths(times: Any) -> Any:
            """Return the logits of all images, each vote counted so many times."""
            weights = [*times, *[1.0] * len(seen)]
            index = pd.Index([*seen, _AVERAGE])
            scores = evalica.bradley_terry(xs, ys, won, index=index, weights=weights).scores
            logits = np.log(scores[seen].to_numpy())
            return logits - logits.mean()

        count, rng = len(votes), np.random.default_rng(0)
        middle = strengths(np.ones(count))
        drawn = rng.multinomial(count, np.full(count, 1 / count), size=RESAMPLES)
        spread = np.array([strengths(times.astype(float)) for times in drawn])
        low, high = np.quantile(spread, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
        shown = [sum(image in (v.left_image, v.right_image) for v in votes) for image in seen]
        table = pd.DataFrame(
            {
                "cell": [cells[image] for image in seen],
                "score": _logistic(middle),
                "low": _logistic(np.minimum(low, middle)),
                "high": _logistic(np.maximum(high, middle)),
                "votes": shown,
            }
        )
        return table.sort_values("score", ascending=False, ignore_index=True)


_AVERAGE = "average"


def _logistic(x: Any) -> Any:
    import numpy as np  # noqa: PLC0415

    return 1 / (1 + np.exp(-x))


def _read(path: Path) -> list[Vote]:
    """Read a file of votes. Raises InvalidInput for anything else."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise errors.InvalidInput(f"{path.name} is too large for a file of votes.")
        data = json.loads(path.read_bytes())
    except OSError as error:
        raise errors.InvalidInput(f"{path.name} cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise errors.InvalidInput(
            f"{path.name} is not a file of votes.", hint="run.votes.save() writes such a file."
        ) from error
    listed = data.get("votes") if isinstance(data, dict) else None
    if not isinstance(listed, list) or data.get("format") != FORMAT:
        raise errors.InvalidInput(
            f"{path.name} is not a file of votes.", hint="run.votes.save() writes such a file."
        )
    votes = [_vote(item, path, number) for number, item in enumerate(listed)]
    return [vote if vote.voter else replace(vote, voter=path.stem[:100]) for vote in votes]


def _vote(item: Any, path: Path, number: int) -> Vote:
    try:
        vote = Vote(
            id=item["id"],
            voter=item["voter"],
            left_image=item["left_image"],
            right_image=item["right_image"],
            outcome=item["outcome"],
            at=float(item["at"]),
        )
        sound = (
            _ID.fullmatch(vote.id)
            and isinstance(vote.voter, str)
            and len(vote.voter) <= 100  # noqa: PLR2004
            and _DIGEST.fullmatch(vote.left_image)
            and _DIGEST.fullmatch(vote.right_image)
            and vote.left_image != vote.right_image
            and vote.outcome in {"left", "right", "tie"}
            and math.isfinite(vote.at)
        )
    except (TypeError, KeyError, ValueError):
        sound = None
    if not sound:
        raise errors.InvalidInput(
            f"{path.name}: vote {number + 1} is damaged.", hint="Nothing of the file was taken."
        )
    return vote
