"""How far a sweep's run is, in numbers and in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from thumbnb.client.ledger import prices

if TYPE_CHECKING:
    from thumbnb.tuning.sweep_run import SweepRun


def progress_state(run: SweepRun) -> dict[str, Any]:
    """Return the run's state, its counts, and a sentence with its cost."""
    results = [run.result(cell.id) for cell in run.cells]
    counts = Counter(result.state for result in results)
    cached = sum(result.cached for result in results)
    credits_spent = sum(result.credits or 0 for result in results if not result.cached)
    made, total = counts["done"], len(results)
    state = run.state
    parts = [
        f"{made} of {total} made" if made < total else f"All {total} made",
        counts["failed"] and f"{counts['failed']} failed",
        counts["stopped"] and f"{counts['stopped']} not sent",
        cached and f"{cached} from the ledger, free",
        f"{prices.amount(credits_spent)} spent",
        {"paused": "paused", "stopped": "stopped"}.get(state, ""),
    ]
    return {
        "state": state,
        "made": made,
        "failed": counts["failed"],
        "running": counts["running"],
        "total": total,
        "problem": run.problem,
        "words": " \u00b7 ".join(part for part in parts if part),
    }
