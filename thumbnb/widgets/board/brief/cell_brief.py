"""What a cell was asked for and what became of it, for the browser to show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb.client.ledger import prices
from thumbnb.tuning.differences import prompt_difference
from thumbnb.widgets.core.text import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thumbnb.tuning.cell_result import CellResult
    from thumbnb.tuning.space.cell import Cell

MAX_TEXT = 2000
MAX_FIELDS = 60
# Compared word by word; other fields are compared whole.
TEXTS = ("prompt", "title")


def brief_state(cell: Cell, result: CellResult) -> dict[str, Any]:
    """Return a cell's whole brief, its state, its cost, and its scores."""
    fields = brief_fields(cell.fields)
    labels = cell.labels
    return {
        "labels": [[name, shortened(label, MAX_TEXT)] for name, label in labels.items()],
        "prompt": fields.pop("prompt", ""),
        "fields": [[name, text] for name, text in fields.items() if labels.get(name) != text],
        "state": result.state,
        "error": shortened(result.error, MAX_TEXT),
        "cost": cost_words(result),
        "scores": sorted(result.scores.items(), key=lambda score: score[0] != "total"),
    }


def cost_words(result: CellResult) -> str:
    """Return what a cell cost, and how long it took."""
    if result.cached:
        return "From the ledger, free"
    if result.state in ("waiting", "stopped"):
        return ""
    spent = prices.amount(result.credits) if result.credits else ""
    cost = spent or ("Nothing was charged" if result.state == "failed" else "")
    took = f"{result.seconds:.1f} s" if result.seconds else ""
    return " \u00b7 ".join(filter(None, [cost, took]))


def brief_fields(fields: Mapping[str, Any]) -> dict[str, str]:
    """Return a brief's fields as text by name; the options each by its own name."""
    found: dict[str, str] = {}
    for name, value in fields.items():
        if name == "options" and value is not None:
            given = value if isinstance(value, dict) else value.model_dump(exclude_none=True)
            found |= {option: _text(each) for option, each in given.items() if each is not None}
        elif text := _text(value):
            found[name] = text
    return dict(list(found.items())[:MAX_FIELDS])


def difference(first: Cell, second: Cell) -> dict[str, Any]:
    """Return how two briefs differ: for each field its parts, and the names of those alike.

    A part is a kind (``same``, ``removed`` or ``added``) and its text.
    """
    one, other = brief_fields(first.fields), brief_fields(second.fields)
    names = list(dict.fromkeys([*one, *other]))
    changed = [name for name in names if one.get(name, "") != other.get(name, "")]
    return {
        "fields": [
            {"name": name, "parts": _parts(name, one.get(name, ""), other.get(name, ""))}
            for name in changed
        ],
        "same": [name for name in names if name not in changed],
    }


def _parts(name: str, before: str, after: str) -> list[list[str]]:
    if name in TEXTS:
        return [[kind, text] for kind, text in prompt_difference(before, after)]
    return [["removed", before], ["added", after]]


def _text(value: Any) -> str:
    if value is None or value == []:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    named = getattr(value, "name", None) or getattr(value, "id", None) or value
    if isinstance(named, bytes):
        return f"an image of {len(named) / 1000:.0f} kB"
    return shortened(str(named), MAX_TEXT)
