"""A bar under the cell, or in the terminal, while a call blocks for a while."""

from __future__ import annotations

import html
import sys
from typing import TYPE_CHECKING, Any, Protocol, Self

from thumbnb.client.runtime.progress import Progress

if TYPE_CHECKING:
    from thumbnb.client.runtime.progress import Eta

# Seconds: shorter work ends before a bar could be read.
DELAY = 0.6


class InProgress(Protocol):
    """What a bar can show: a job."""

    @property
    def name(self) -> str:
        """What is done, by the name of the method."""

    @property
    def progress(self) -> Progress:
        """How far it is."""

    @property
    def elapsed(self) -> float:
        """Seconds since its start."""

    @property
    def eta(self) -> Eta | None:
        """Seconds left."""

    @property
    def watched(self) -> bool:
        """Whether something else shows it."""


class ProgressBar:
    """Shows a job's progress from the thread that waits for it, and leaves nothing behind.

    Where nobody knows how far it is, the bar runs to and fro and the seconds count.

    Drawn by the waiting thread and not where the work runs: a notebook shows
    what another thread prints in whichever cell started that thread. A job that
    something else watches (a widget, say) is not shown twice.
    """

    def __init__(self, job: InProgress) -> None:
        self._job = job
        self._bar: _Cell | _Line | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def tick(self) -> None:
        """Draw, if there is something to see."""
        if self._job.elapsed < DELAY or self._job.watched:
            return
        progress, eta = self._job.progress, self._job.eta
        if self._bar is None:
            self._bar = _Cell() if in_notebook() else _Line()
        text = progress.text if progress != Progress() else self._job.name.replace("_", " ")
        if eta:
            text += f", about {eta.p50:.0f} s left, at most {eta.p90:.0f} s"
        elif progress.fraction is None and self._bar.counts_seconds:
            text += f", {self._job.elapsed:.0f} s"
        self._bar.draw(text, progress.fraction)


def in_notebook() -> bool:
    """Whether what is displayed goes to a notebook's cell."""
    if "IPython" not in sys.modules:
        return False
    from IPython.core.getipython import get_ipython  # noqa: PLC0415  - loaded already

    return getattr(get_ipython(), "kernel", None) is not None


class _Cell:
    """A bar in the output of a notebook's cell: printed, it would be an error's colour."""

    counts_seconds = True

    def __init__(self) -> None:
        from IPython import display  # noqa: PLC0415

        untyped: Any = display
        self._handle = untyped.DisplayHandle()
        self._handle.display({"text/plain": ""}, raw=True)
        self._last = ""

    def draw(self, text: str, fraction: float | None) -> None:
        share = "" if fraction is None else f" {fraction:.0%}"
        if self._last == text + share:  # ten times a second would be many messages
            return
        self._last = text + share
        label = html.escape(self._last)
        value = "" if fraction is None else f' value="{fraction:.3f}"'
        bar = f'<progress max="1"{value} aria-label="{label}"></progress> {label}'
        self._handle.update({"text/plain": self._last, "text/html": bar}, raw=True)

    def close(self) -> None:
        self._handle.update({"text/plain": ""}, raw=True)


class _Line:
    """A bar in a terminal's line, by tqdm."""

    counts_seconds = False  # tqdm does

    def __init__(self) -> None:
        from tqdm import tqdm  # noqa: PLC0415  - only when a bar is drawn

        # Where there is no terminal a bar would be lines and lines in a log.
        self._bar: Any = tqdm(total=1.0, leave=False, disable=None)

    def draw(self, text: str, fraction: float | None) -> None:
        share = "" if fraction is None else " {percentage:3.0f}% |{bar}|"
        self._bar.bar_format = f"{{desc}}:{share} {{elapsed}}"
        self._bar.set_description_str(text, refresh=False)
        self._bar.n = fraction or 0.0
        self._bar.refresh()

    def close(self) -> None:
        self._bar.close()
