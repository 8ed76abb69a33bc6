"""Announcements of a plan: in the cell, in the terminal, or in the log."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from thumbnb.client.runtime.progress_bar import in_notebook

if TYPE_CHECKING:
    from thumbnb.batches.batch_plan import BatchPlan

logger = logging.getLogger(__name__)


def announce(plan: BatchPlan) -> None:
    """Show a plan in a notebook or terminal; log it elsewhere."""
    logger.info("%s", plan.sentence)
    if in_notebook():
        from IPython.display import display  # noqa: PLC0415 - loaded already

        display(plan)  # type: ignore[no-untyped-call]
    elif hasattr(sys, "ps1") or sys.stderr.isatty():
        sys.stderr.write(f"{plan.sentence}\n")
