"""Drawing ahead: while nothing else is to be done, common objects are drawn into the cache."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from typing import TYPE_CHECKING

from thumbnb.service.jobs.task_control import Limits, TaskCancelled
from thumbnb.service.jobs.worker_pool import WorkerPool

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.service.jobs.task_control import TaskControl

logger = logging.getLogger(__name__)

# How long nothing is done before it begins, and how often that is looked at (seconds).
REST_SECONDS = 4.0
_LOOK_SECONDS = 0.5
_LIMITS = Limits(seconds=600.0, memory=300 * 1024 * 1024)
# Below every other process of this user.
_NICENESS = 19

PRELOADED = ("thumbnb.render.objects.common_objects",)


def draw_common_objects(control: TaskControl) -> bool:
    """Draw the common objects that are missing; return whether all are there. Runs in a worker."""
    from thumbnb.render.objects.common_objects import draw_common  # noqa: PLC0415 - where it is drawn

    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(_NICENESS)
    return draw_common(stopped=control.stopped)


def draw_in_worker(cancelled: Callable[[], bool]) -> bool:
    """Do it in a worker process of its own; raises ``TaskCancelled`` where that was ended."""
    # Not one of those that wait for the next job: that is to find them warm.
    pool = WorkerPool(1, _LIMITS.memory, idle_seconds=0.0)
    name = f"{draw_common_objects.__module__}:{draw_common_objects.__qualname__}"
    try:
        return bool(pool.run(name, {}, _LIMITS, cancelled=cancelled))
    finally:
        pool.close()


class DrawAhead:
    """A thread that has common objects drawn once nothing was done for ``rest`` seconds.

    ``busy`` says whether there is work: as soon as it does, the drawing is ended, and begun
    again after another rest. It ends for good when all are drawn, and when drawing fails.
    """

    def __init__(
        self,
        busy: Callable[[], bool],
        *,
        draw: Callable[[Callable[[], bool]], bool] = draw_in_worker,
        rest: float = REST_SECONDS,
        look: float = _LOOK_SECONDS,
    ) -> None:
        self._busy, self._draw = busy, draw
        self._rest, self._look = rest, look
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="thumbnb-draw-ahead", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        idle_since = time.monotonic()
        while not self._closing.wait(self._look):
            if self._busy():
                idle_since = time.monotonic()
            elif time.monotonic() - idle_since >= self._rest:
                if self._finished():
                    return
                idle_since = time.monotonic()

    def _finished(self) -> bool:
        from thumbnb.render.objects.common_objects import all_drawn  # noqa: PLC0415 - after the start

        try:
            return all_drawn() or self._draw(lambda: self._closing.is_set() or self._busy())
        except TaskCancelled:
            return False
        except Exception as error:  # noqa: BLE001 - nobody waits for it: it is drawn when needed
            logger.info("Common objects cannot be drawn ahead (%s)", error)
            return True

    @property
    def done(self) -> bool:
        """Whether there is no more to do."""
        return not self._thread.is_alive()

    def close(self) -> None:
        """End it, and the drawing at hand; nothing waits for that."""
        self._closing.set()
