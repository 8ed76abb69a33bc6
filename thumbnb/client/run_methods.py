"""The client's methods for what was paid: budget, runs, stored results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb.client.client_base import ClientBase
from thumbnb.client.inputs import checks
from thumbnb.client.run import Run
from thumbnb.client.runtime.three_way import remote

if TYPE_CHECKING:
    import pandas as pd

    from thumbnb.client.ledger.budget import Budget
    from thumbnb.client.ledger.result_store import ResultStore
    from thumbnb.client.ledger.run_record import RunRecord
    from thumbnb.client.runtime.job import Job


class RunMethods(ClientBase):
    """The budget, the runs of the ledger and the results on disk."""

    @property
    def budget(self) -> Budget:
        """What this client may spend: ``limit``, ``spent``, ``reserved``, ``left``."""
        return self._ledger.budget

    @property
    def result_store(self) -> ResultStore:
        """The images on disk: ``count``, ``size``, ``prune()``."""
        return self._ledger.store

    @remote
    async def runs(self) -> pd.DataFrame:
        """Return a DataFrame of all that was paid for from this home, a row a result.

        A run without results has one row. ``credits`` is the row's share; ``seconds``
        the service took until it was noticed, ``start_seconds`` its start did; of them
        ``queue_seconds`` passed before it was seen processing, and ``detect_seconds`` after
        its end, where the service tells. ``request`` is all it was asked for with, as
        JSON; ``path`` the image on disk; ``score_...`` what was measured.
        ``client.run(number)`` gives the run of a row, and its ``result()`` the reports.
        """
        return await self._ledger.table()

    @remote
    async def run(self, run_id: int) -> Run:
        """Return a run by its number."""
        run_id = checks.whole("run_id", run_id, 1, 2**63 - 1)
        return self.open_run(await self._ledger.run(run_id))

    @remote
    async def open_jobs(self) -> list[Run]:
        """Return the runs of this home, at this client's services, that are not ended."""
        urls = [session.service_url for session in self.sessions]
        return [self.open_run(record) for record in await self._ledger.open_runs(urls)]

    def resume(self) -> list[Job[Any]]:
        """Take up every run that is not ended, here or in a kernel that is gone; free.

        Returns their jobs at once. One that is running is waited for, one that was
        made is fetched; of one whose start may not have been sent the service is
        asked, and where it shows nothing the job ends in OutcomeUnknown. What this
        client is waiting for already is left alone.

        >>> [job.result() for job in client.resume()]  # doctest: +SKIP
        """
        return [run.result.submit() for run in self.open_jobs() if not run.followed]

    def open_run(self, record: RunRecord) -> Run:
        """Return the run of a record of the ledger."""
        sessions = {session.service_url: session for session in self.sessions}
        # A run at another service can be looked at; what it asks goes to the same one here.
        session = sessions.get(record.service_url) or self._youthumb
        return Run(session, record, self._assets)
