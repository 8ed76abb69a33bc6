"""All runs of a home as a table, and those that are not ended, brought back."""

from __future__ import annotations

import gc
import json
import os
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any

from thumbnb.client.inputs import checks
from thumbnb.client.maker import Maker
from thumbnb.client.run import Run
from thumbnb.client.runtime.three_way import remote

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from thumbnb.client.ledger.budget import Budget
    from thumbnb.client.ledger.ledger import Ledger
    from thumbnb.client.ledger.result_store import ResultStore
    from thumbnb.client.ledger.run_record import RunRecord
    from thumbnb.client.runtime.job import Job
    from thumbnb.client.session import Session


class Accountable(Maker):
    """What the client has paid for; ``Client`` is one."""

    def __init__(self, session: Session, maker: Session) -> None:
        super().__init__(session, maker)
        session.books.handle = self._run

    @property
    def budget(self) -> Budget:
        """What this client may spend: ``limit``, ``spent``, ``reserved``, ``left``."""
        return self._session.books.budget

    @property
    def cache(self) -> ResultStore:
        """The pictures on disk: ``count``, ``size``, ``prune()``."""
        return self._session.books.cache

    @remote
    async def runs(self) -> pd.DataFrame:
        """Return a DataFrame of all that was paid for from this home, a row a result.

        A run without results has one row. ``credits`` is the row's share; ``seconds``
        the service took until it was noticed, ``start_seconds`` its start did; of them
        ``queue_seconds`` passed before it was seen at work, and ``detect_seconds`` after
        its end, where the service tells. ``request`` is all it was asked for with, as
        JSON; ``path`` the picture on disk; ``score_...`` what was measured.
        ``client.run(number)`` gives the run of a row, and its ``result()`` the reports.
        """
        books = self._session.books
        return await books.write(frame, books.ledger, books.cache)

    @remote
    async def run(self, run_id: int) -> Run:
        """Return a run by its number."""
        run_id = checks.whole("run_id", run_id, 1, 2**63 - 1)
        return self._run(await self._session.books.entry(run_id))

    @remote
    async def open_jobs(self) -> list[Run]:
        """Return the runs of this home, at this client's services, that are not ended."""
        books = self._session.books
        places = [self._session.place, self._maker.place]
        return [self._run(item) for item in await books.write(books.ledger.open_runs, places)]

    def resume(self) -> list[Job[Any]]:
        """Take up every run that is not ended, here or in a kernel that is gone; free.

        Returns their jobs at once. One that is running is waited for, one that was
        made is fetched; of one whose start may not have been sent the service is
        asked, and where it shows nothing the job ends in OutcomeUnknown. What this
        client is waiting for already is left alone.

        >>> [job.result() for job in client.resume()]  # doctest: +SKIP
        """
        books = self._session.books
        return [run.result.submit() for run in self.open_jobs() if not books.is_followed(run.id)]

    def _run(self, entry: RunRecord) -> Run:
        places = {each.place: each for each in (self._session, self._maker)}
        # A run at another place can be looked at; what it asks goes to the same service here.
        session = places.get(entry.place) or self._maker
        return Run(session, entry, self._assets)


@contextmanager
def _unswept() -> Iterator[None]:
    """Keep the garbage collector away: of the many objects read here none is garbage."""
    at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if at_work:
            gc.enable()


def frame(ledger: Ledger, cache: ResultStore) -> pd.DataFrame:
    """Return all the ledger holds as ``client.runs()`` shows it."""
    import pandas as pd  # noqa: PLC0415  - a quarter of a second, when it is wanted

    with _unswept():
        runs, results = ledger.tables()
        # One call reads them all: a parser begun ten thousand times would be most of the cost.
        scores = json.loads(f"[{','.join(results.pop('scores'))}]")
        for name in dict.fromkeys(chain.from_iterable(scores)):
            results[f"score_{name}"] = [item.get(name) for item in scores]
        folder = f"{cache.folder}{os.sep}"
        results["path"] = [
            name and f"{folder}{name[:2]}{os.sep}{name}" for name in results["sha256"]
        ]
        made = pd.DataFrame(results)
        table = pd.DataFrame(runs).merge(made, on="run", how="left")
    table["created"] = pd.to_datetime(table["created"], unit="s", utc=True)
    seconds = [name for name in table.columns if name.endswith("seconds")]
    table = table.astype(dict.fromkeys(["credits", *seconds], "float64"))  # though none be known
    table["credits"] /= table.groupby("run")["run"].transform("size")
    for name in ("position", "width", "height", "seed"):
        table[name] = table[name].astype("Int64")  # whole numbers, and none where there is none
    return table
