"""The cost listener: what one part of a larger job has cost, as it reports it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb import errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.client.runtime.progress import Eta, Progress


class CostListener:
    """Listens to one cell or row at work: ``cost`` is in credits, None while nothing is known."""

    def __init__(self) -> None:
        self.cost: float | None = None
        self.partial: tuple[Any, ...] = ()
        self.unfinished: tuple[Any, ...] = ()
        self.resume_code: str | None = None
        self.subject = ""
        self.cancel_hint = ""
        self.cancel_asked = False  # who stops the whole takes nothing back that has begun
        self.is_stoppable = False

    def set_progress(self, progress: Progress) -> None:
        """Ignore the progress: a part is shown when it is done."""

    def set_eta(self, eta: Callable[[], Eta | None]) -> None:
        """Ignore the time left: the plan says it of the whole."""

    def spent(self, error: errors.ThumbnbError | None) -> float | None:
        """Return what work that came to ``error`` has cost; None where nobody knows.

        Until the service has taken it, what is reported is its price.
        """
        if isinstance(error, errors.OutcomeUnknown):
            return None
        if isinstance(error, errors.InvalidInput | errors.BudgetExceeded):
            return 0.0
        return self.cost
