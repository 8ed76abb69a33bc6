"""Objects of the client that are shown in a notebook's cell as widgets.

The client does not import widgets; so the display is registered by the class's name.
"""

from __future__ import annotations

from typing import Any

from thumbnb.client.runtime.progress_bar import in_notebook


def join() -> None:
    """Have a Job alone in a cell show itself live, where there are cells; costs nothing else."""
    if not in_notebook():
        return
    from IPython.core.getipython import get_ipython  # noqa: PLC0415  - loaded already

    shell: Any = get_ipython()
    shell.display_formatter.ipython_display_formatter.for_type_by_name(
        "thumbnb.client.runtime.job", "Job", _show_job
    )


def _show_job(job: Any) -> None:
    from thumbnb.widgets.job.job_progress import JobProgress  # noqa: PLC0415  - when first shown

    JobProgress(job)._ipython_display_()
