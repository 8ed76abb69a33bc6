"""The choices database: stars, ratings, rejections, notes, votes and test outcomes.

An image is known by the hash of its bytes, so that what was said of it is found again in
another kernel, another sweep, and beside another copy of it. A method is one transaction;
any thread may call, and it takes milliseconds.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from thumbnb.storage.database import Database

Outcome: TypeAlias = Literal["left", "right", "tie"]

_AT_ONCE = 400  # parameters of one query; SQLite allows 999 of them everywhere


@dataclass(frozen=True)
class Choice:
    """A user's choice on an image: ``rating`` is 1-5, or None where there is none."""

    starred: bool = False
    rating: int | None = None
    rejected: bool = False
    note: str = ""


@dataclass(frozen=True)
class Vote:
    """Which of two images a voter liked better; ``at`` is in seconds since 1970."""

    id: str
    voter: str
    left_image: str
    right_image: str
    outcome: Outcome
    at: float


@dataclass(frozen=True)
class ViewerOutcome:
    """The outcome of an image in a test with viewers: its ``share`` (0-1) of the watch time."""

    pack: str
    sha256: str
    share: float | None
    won: bool
    at: float


class ChoicesDatabase:
    """The tables of choices in the ledger's file."""

    def __init__(self, rows: Database) -> None:
        self._rows = rows

    # -- choices ------------------------------------------------------------------

    def get(self, digests: Iterable[str]) -> dict[str, Choice]:
        """Return the choices on these images; images without one are left out."""
        found = {}
        for some in _chunks(list(digests)):
            rows = self._rows.read(
                f"SELECT * FROM choices WHERE sha256 IN ({_marks(some)})",  # noqa: S608
                some,
            )
            found.update({row["sha256"]: _choice(row) for row in rows})
        return found

    def all(self) -> dict[str, Choice]:
        """Return the choices on all images of this home."""
        return {row["sha256"]: _choice(row) for row in self._rows.read("SELECT * FROM choices")}

    def put(self, digest: str, choice: Choice, now: float) -> None:
        """Write the choice on an image; it is on the disk when this returns."""
        with self._rows.write() as rows:
            rows.execute(
                "INSERT OR REPLACE INTO choices VALUES "
                "(:sha256, :starred, :rating, :rejected, :note, :changed)",
                {**asdict(choice), "sha256": digest, "changed": now},
            )

    # -- votes --------------------------------------------------------------------

    def votes(self, digests: Iterable[str]) -> list[Vote]:
        """Return the votes between these images, oldest first."""
        wanted = set(digests)
        found = []
        for some in _chunks(sorted(wanted)):
            rows = self._rows.read(
                f"SELECT * FROM votes WHERE left_image IN ({_marks(some)})",  # noqa: S608
                some,
            )
            found += [_vote(row) for row in rows if row["right_image"] in wanted]
        return sorted(found, key=lambda vote: (vote.at, vote.id))

    def add_votes(self, votes: Iterable[Vote]) -> int:
        """Write votes, on the disk when this returns; return how many were not here yet."""
        with self._rows.write() as rows:
            return sum(
                rows.execute(
                    "INSERT OR IGNORE INTO votes VALUES "
                    "(:id, :voter, :left_image, :right_image, :outcome, :at)",
                    asdict(vote),
                ).rowcount
                for vote in votes
            )

    def remove_vote(self, vote_id: str) -> None:
        """Take a vote back."""
        with self._rows.write() as rows:
            rows.execute("DELETE FROM votes WHERE id = ?", (vote_id,))

    # -- outcomes -----------------------------------------------------------------

    def put_outcomes(self, outcomes: Iterable[ViewerOutcome]) -> None:
        """Write the outcomes of a test; earlier ones of the same test are replaced."""
        with self._rows.write() as rows:
            for each in outcomes:
                rows.execute(
                    "INSERT OR REPLACE INTO outcomes VALUES (:pack, :sha256, :share, :won, :at)",
                    asdict(each),
                )

    def outcomes(self, digests: Iterable[str]) -> list[ViewerOutcome]:
        """Return the test outcomes of these images, oldest first."""
        wanted = set(digests)
        rows = self._rows.read("SELECT * FROM outcomes ORDER BY at, pack, sha256")
        names = [item.name for item in fields(ViewerOutcome)]
        return [
            ViewerOutcome(**{**{name: row[name] for name in names}, "won": bool(row["won"])})
            for row in rows
            if row["sha256"] in wanted
        ]


def _choice(row: sqlite3.Row) -> Choice:
    return Choice(
        starred=bool(row["starred"]),
        rating=row["rating"],
        rejected=bool(row["rejected"]),
        note=row["note"],
    )


def _vote(row: sqlite3.Row) -> Vote:
    return Vote(**{name: row[name] for name in _VOTE})


def _marks(some: Sequence[str]) -> str:
    return ", ".join("?" * len(some))


def _chunks(items: list[str]) -> Iterable[list[str]]:
    return (items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE))


_VOTE = [item.name for item in fields(Vote)]
