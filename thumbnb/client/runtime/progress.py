"""The progress of a job, and how the work itself reports it.

Work reports to the job that runs it through a context variable, so that a function deep
inside need not be given the job. Where no job runs it, nothing happens.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from thumbnb import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True)
class Progress:
    """How far work is: what it is doing, and the share done (0-1) where that is known.

    Of a generation, ``done`` of its ``total`` variations are finished, where known.
    """

    stage: str = "starting"
    fraction: float | None = None
    done: int | None = None
    total: int | None = None

    @property
    def text(self) -> str:
        """What it is doing, and which variation it is at."""
        counted = self.done is not None and self.total
        return f"{self.stage}, {self.done} of {self.total}" if counted else self.stage

    def __str__(self) -> str:
        return self.text if self.fraction is None else f"{self.text} {self.fraction:.0%}"


class Eta(NamedTuple):
    """Seconds a job has still to go: even odds, and nine in ten."""

    p50: float
    p90: float


class ProgressListener(Protocol):
    """The receiver of progress reports: a job."""

    cost: float | None
    partial: tuple[Any, ...]
    unfinished: tuple[Any, ...]
    resume_code: str | None
    subject: str
    cancel_hint: str
    cancel_asked: bool
    is_stoppable: bool

    def set_progress(self, progress: Progress) -> None:
        """Record the progress."""

    def set_eta(self, eta: Callable[[], Eta | None]) -> None:
        """Record how the seconds left are computed."""


_listener: ContextVar[ProgressListener | None] = ContextVar("thumbnb_progress", default=None)


def report_to(listener: ProgressListener) -> None:
    """Send the reports of the current context to this listener."""
    _listener.set(listener)


def report_progress(
    stage: str,
    fraction: float | None = None,
    *,
    done: int | None = None,
    total: int | None = None,
) -> None:
    """Report how far the current work is."""
    if listener := _listener.get():
        listener.set_progress(Progress(stage, fraction, done, total))


# Seconds from which on it is said what is waited for.
LONG_WAIT = 5.0


def report_refused_key(error: errors.ThumbnbError, wait: float) -> None:
    """Report a wait for a key that was refused, where that is what is waited for."""
    if isinstance(error, errors.AuthenticationFailed) and wait >= LONG_WAIT:
        report_progress(
            f"the key was refused, perhaps for too many requests: again in {wait:.0f} s"
        )


def report_cost(cost: float | None) -> None:
    """Report what the current work costs, in credits."""
    if listener := _listener.get():
        listener.cost = cost


def report_partial(results: Sequence[Any]) -> None:
    """Report which of the current work's results are there already."""
    if listener := _listener.get():
        listener.partial = tuple(results)


def report_unfinished(images: Sequence[Any]) -> None:
    """Report what the images that are being painted look like by now."""
    if listener := _listener.get():
        listener.unfinished = tuple(images)


def report_subject(subject: str) -> None:
    """Report what the current work is about: a file's name, a prompt."""
    if listener := _listener.get():
        listener.subject = subject


def report_resume_code(code: str | None) -> None:
    """Report the Python that waits again for what goes on without us."""
    if listener := _listener.get():
        listener.resume_code = code


def report_stoppable(is_stoppable: bool) -> None:
    """Report whether the current work, when it is cancelled, has the service stop it first."""
    if listener := _listener.get():
        listener.is_stoppable = is_stoppable


def report_cancelled(hint: str) -> None:
    """Report what cancelling came to at the service, and what it costs."""
    if listener := _listener.get():
        listener.cancel_hint = hint


def is_cancel_asked() -> bool:
    """Whether the current work is cancelled by whoever watches its job, for good."""
    listener = _listener.get()
    return listener is not None and listener.cancel_asked


def report_eta(eta: Callable[[], Eta | None]) -> None:
    """Report how the seconds left of the current work are computed."""
    if listener := _listener.get():
        listener.set_eta(eta)
