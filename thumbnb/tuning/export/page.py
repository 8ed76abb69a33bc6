"""A run as one HTML page: its board, filters and full briefs; it opens without a network."""

from __future__ import annotations

import base64
import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from thumbnb.imaging.small_copy import small_jpeg
from thumbnb.tuning.image_scores import EXPLAINED
from thumbnb.tuning.run_table import brief_texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thumbnb.tuning.cell_run import CellRun

# In the page an image is this wide at most: all that a screen shows of it beside others.
IMAGE_SIZE = (960, 540)
_MARK = "/*DATA*/"


def page(run: CellRun, scores: Mapping[str, Mapping[str, float]], title: str) -> str:
    """Return the page; without its images it has less than 100 kB for a hundred cells."""
    shown = sorted({name for each in scores.values() for name in each})
    counts = run.counts()
    data = {
        "title": title,
        "summary": f"{counts['done']} of {len(run.cells)} images. Scores say what is measured; "
        "none of them promises clicks.",
        "axes": [{"name": axis.name, "labels": list(axis.labels)} for axis in run.axes],
        "scores": shown,
        "explained": {name: EXPLAINED[name] for name in shown if name in EXPLAINED},
        "cells": [_cell(run, cell, scores.get(cell.id, {})) for cell in run.cells],
    }
    # "<" is written so that no text of a brief can end the script.
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    template = files(__package__).joinpath("page.html").read_text(encoding="utf-8")
    return template.replace(_MARK, text)


def _cell(run: CellRun, cell: Any, scores: Mapping[str, float]) -> dict[str, Any]:
    result, choice = run.result(cell.id), run.choices.get(cell.id)
    image = None
    if result.image is not None:
        small = small_jpeg(result.image.bytes, IMAGE_SIZE)
        image = f"data:image/jpeg;base64,{base64.b64encode(small).decode()}"
    return {
        "title": cell.title,
        "labels": dict(cell.labels),
        "take": cell.take,
        "state": result.state,
        "error": result.error,
        "credits": result.credits,
        "starred": choice.starred,
        "rating": choice.rating,
        "rejected": choice.rejected,
        "note": choice.note,
        "brief": brief_texts(cell.fields),
        "scores": {name: round(value, 3) for name, value in scores.items()},
        "image": image,
    }
