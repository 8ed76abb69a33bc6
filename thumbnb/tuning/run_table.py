"""A run as a tidy table: a row an image, a column an axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from thumbnb.tuning.cell_run import CellRun


def run_table(run: CellRun, scores: Mapping[str, Mapping[str, float]]) -> pd.DataFrame:
    """Return a row a cell.

    Columns: the axes by their names, then ``cell``, ``take``, ``state``, ``cached``,
    ``credits``, ``seconds``, ``starred``, ``rating``, ``rejected``, ``note``, ``score_...``,
    the brief as it was sent (``brief_prompt``, ``brief_preset``, ...), ``run``, ``sha256``,
    ``path`` and ``error``.
    """
    import pandas as pd  # noqa: PLC0415  - a quarter of a second, when it is wanted

    choices = run.choices.many([cell.id for cell in run.cells])
    store = run.client.result_store
    rows = []
    for cell in run.cells:
        result, choice = run.result(cell.id), choices[cell.id]
        path = store.path(result.digest) if result.digest else None
        rows.append(
            {
                **{_column(name): label for name, label in cell.labels.items()},
                "cell": cell.id,
                "take": cell.take,
                "state": result.state,
                "cached": result.cached,
                "credits": result.credits,
                "seconds": result.seconds,
                "starred": choice.starred,
                "rating": choice.rating,
                "rejected": choice.rejected,
                "note": choice.note,
                **{f"score_{name}": v for name, v in scores.get(cell.id, {}).items()},
                **{f"brief_{name}": text for name, text in brief_texts(cell.fields).items()},
                "run": result.image.run_id if result.image else None,
                "sha256": result.digest or None,
                "path": str(path) if path is not None and path.is_file() else None,
                "error": result.error,
            }
        )
    table = pd.DataFrame(rows)
    table["rating"] = table["rating"].astype("Int64")
    table["run"] = table["run"].astype("Int64")
    return table.astype({"credits": "float64", "seconds": "float64"})


_OURS = frozenset(
    {"cell", "take", "state", "cached", "credits", "seconds", "starred", "rating", "rejected",
     "note", "run", "sha256", "path", "error"}
)  # fmt: skip


def _column(axis: str) -> str:
    """Return the column of an axis; one that is called like a column of ours is told apart."""
    return f"axis_{axis}" if axis in _OURS else axis


def brief_texts(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return a brief as texts and numbers: options one by one, images by how many they are."""
    out: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "options":
            out.update(value)
        elif name == "content_images":
            out[name] = len(value)
        elif isinstance(value, str | int | float | bool):
            out[name] = value
        else:
            named = getattr(value, "key", None) or getattr(value, "name", None)
            out[name] = named or getattr(value, "id", None) or "image"
    return out
