"""Maintenance: what has to be done now and then for as long as the service runs."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)

HOURLY = 3600.0


class Maintenance:
    """A thread that does a task every ``interval`` seconds until it is closed.

    A task that fails, as on a full disk, is logged in a line and tried again at its time.
    """

    def __init__(self, task: Callable[[], None], interval: float = HOURLY) -> None:
        self._task = task
        self._interval = interval
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="thumbnb-maintenance", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._closing.wait(self._interval):
            try:
                self._task()
            except Exception as error:  # noqa: BLE001 - no caller waits for it
                logger.warning("Maintenance failed (%s); it is tried again later", error)

    def close(self) -> None:
        """End the thread, when the task at hand is done."""
        self._closing.set()
        self._thread.join()
