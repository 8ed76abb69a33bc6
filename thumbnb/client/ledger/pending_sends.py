"""Paid calls that are on their way, by project: a lost one is looked for when none is."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thumbnb.client.ledger.run_record import RunRecord


class PendingSends:
    """Counts the paid calls of this client that are on their way to each project."""

    def __init__(self) -> None:
        self._count: Counter[tuple[str, str]] = Counter()
        self._none_left: defaultdict[tuple[str, str], asyncio.Event] = defaultdict(asyncio.Event)

    @contextmanager
    def sending(self, run: RunRecord) -> Iterator[None]:
        """Count a call while the block runs."""
        self._begin(run)
        try:
            yield
        finally:
            self._end(run)

    @contextmanager
    def paused(self, run: RunRecord) -> Iterator[None]:
        """Inside ``sending``: do not count the call while the block waits to send it again."""
        self._end(run)
        try:
            yield
        finally:
            self._begin(run)

    async def wait_for_none(self, run: RunRecord) -> None:
        """Wait until nothing is on its way to a run's project."""
        project = _project(run)
        while self._count[project]:
            await self._none_left[project].wait()

    def _begin(self, run: RunRecord) -> None:
        project = _project(run)
        self._count[project] += 1
        self._none_left[project].clear()

    def _end(self, run: RunRecord) -> None:
        project = _project(run)
        self._count[project] -= 1
        if not self._count[project]:
            self._none_left.pop(project).set()
            del self._count[project]


def _project(run: RunRecord) -> tuple[str, str]:
    return run.service_url, run.project_id or ""
