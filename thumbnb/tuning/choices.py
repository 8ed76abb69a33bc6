"""Stars, ratings, rejections and notes for the images of a run; kept in the ledger."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.client.inputs import checks
from thumbnb.client.ledger.choices_database import Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from thumbnb.client.ledger.choices_database import ChoicesDatabase

MAX_RATING = 5
MAX_NOTE = 2000
_UNCHANGED: Any = object()


class Choices:
    """The choices on the images of a run: none of them is lost with the kernel.

    A choice belongs to the image, by the hash of its bytes: another sweep that has the same
    image has the same choice.

    >>> run.choices.set(cell.id, starred=True, rating=4, note="her look")  # doctest: +SKIP
    >>> run.choices.get(cell.id).rating  # doctest: +SKIP
    4
    """

    def __init__(
        self,
        database: ChoicesDatabase,
        digest_of: Callable[[str], str],
        changed: Callable[[frozenset[str]], None],
    ) -> None:
        self._database = database
        self._digest_of = digest_of
        self._changed = changed
        self._known: dict[str, Choice] = {}

    def get(self, cell_id: str) -> Choice:
        """Return the choice on a cell's image; an empty one where it is not there yet."""
        digest = self._digest_of(cell_id)
        if not digest:
            return Choice()
        if digest not in self._known:
            self._known[digest] = self._database.get([digest]).get(digest, Choice())
        return self._known[digest]

    def many(self, cell_ids: list[str]) -> Mapping[str, Choice]:
        """Return the choices on the images of several cells, read at once."""
        wanted = checks.texts("cell_ids", cell_ids)
        digests = {cell_id: self._digest_of(cell_id) for cell_id in wanted}
        missing = [each for each in digests.values() if each and each not in self._known]
        if missing:
            found = self._database.get(missing)
            self._known.update({each: found.get(each, Choice()) for each in missing})
        return {cell_id: self._known.get(each, Choice()) for cell_id, each in digests.items()}

    def set(
        self,
        cell_id: str,
        *,
        starred: bool = _UNCHANGED,
        rating: int | None = _UNCHANGED,
        rejected: bool = _UNCHANGED,
        note: str = _UNCHANGED,
    ) -> Choice:
        """Change what is given, write it into the ledger, and return the choice as it is now.

        ``rating`` is 1 to 5, or None for none. Raises InvalidInput, also for a cell that has
        no image yet.
        """
        digest = self._digest_of(cell_id)
        if not digest:
            raise errors.InvalidInput(
                "This cell has no image yet.", hint="It can be judged once its image is there."
            )
        if rating is not _UNCHANGED and rating is not None:
            rating = checks.whole("rating", rating, 1, MAX_RATING)
        if note is not _UNCHANGED and (not isinstance(note, str) or len(note) > MAX_NOTE):
            raise errors.InvalidInput(f"note is a text of up to {MAX_NOTE} characters.")
        changes: dict[str, Any] = {
            "starred": starred if starred is _UNCHANGED else checks.flag("starred", starred),
            "rating": rating,
            "rejected": rejected if rejected is _UNCHANGED else checks.flag("rejected", rejected),
            "note": note,
        }
        # What another kernel said of it meanwhile stays.
        before = self._database.get([digest]).get(digest, Choice())
        after = replace(before, **{k: v for k, v in changes.items() if v is not _UNCHANGED})
        self._database.put(digest, after, time.time())
        self._known[digest] = after
        self._changed(frozenset({cell_id}))
        return after

    def refresh(self) -> None:
        """Read again what other kernels may have written."""
        self._known.clear()
