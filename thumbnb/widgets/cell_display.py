"""Objects that are shown in a notebook's cell as widgets.

Neither the client nor the tuning imports widgets; so the display is registered by the
name of the class.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from thumbnb.client.runtime.progress_bar import in_notebook

# The boards of runs that were shown: shown again, one is as it was left.
_boards: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()


def join() -> None:
    """Have objects alone in a cell show themselves live, where there are cells."""
    if not in_notebook():
        return
    from IPython.core.getipython import get_ipython  # noqa: PLC0415  - loaded already

    shell: Any = get_ipython()
    formatter = shell.display_formatter.mimebundle_formatter
    for module, name, show in (
        ("thumbnb.client.runtime.job", "Job", _show_job),
        ("thumbnb.tuning.sweep_run", "SweepRun", _show_run),
        ("thumbnb.tuning.duel.duel", "Duel", _show_duel),
    ):
        formatter.for_type_by_name(module, name, show)


def _show_job(job: Any) -> Any:
    from thumbnb.widgets.job.job_progress import JobProgress  # noqa: PLC0415  - when first shown

    return JobProgress(job)._repr_mimebundle_()


def _show_run(run: Any) -> Any:
    from thumbnb.widgets.board.sweep_board import SweepBoard  # noqa: PLC0415  - when first shown

    if run not in _boards or _boards[run].comm is None:  # closed meanwhile
        _boards[run] = SweepBoard(run)
    return _boards[run]._repr_mimebundle_()


def _show_duel(duel: Any) -> Any:
    from thumbnb.widgets.duel.duel_view import DuelView  # noqa: PLC0415  - when first shown

    return DuelView(duel)._repr_mimebundle_()
