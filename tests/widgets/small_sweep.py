"""A sweep's run whose cells stand as a test says: painted images, no service."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from PIL import Image, ImageDraw

from thumbnb.client.ledger.choices_database import Choice
from thumbnb.tuning.cell_result import CellResult
from thumbnb.tuning.space.cell import Cell

MOODS = ("Calm", "Excited", "Shocked")
COLOURS = ("yellow", "blue", "red and white stripes with a very long description of them", "grey")
PRESETS = ("mrbeast-viral", "tech-review")


@dataclass
class Axis:
    name: str
    labels: tuple[str, ...]


def picture(number: int, words: str = "") -> Image.Image:
    image = Image.new("RGB", (640, 360), f"hsl({number * 47 % 360}, 55%, 42%)")
    ImageDraw.Draw(image).multiline_text((24, 20), f"{number}\n{words}", fill="white", font_size=52)
    return image


def jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=70)
    return buffer.getvalue()


@dataclass
class SmallChoices:
    run: SmallRun
    made: dict[str, Choice] = field(default_factory=dict)
    fails: Exception | None = None

    def get(self, cell_id):
        return self.made.get(cell_id, Choice())

    def many(self, cell_ids):
        return {cell_id: self.get(cell_id) for cell_id in cell_ids}

    def set(self, cell_id, **changes):
        if self.fails:
            raise self.fails
        self.made[cell_id] = replace(self.get(cell_id), **changes)
        self.run.tell(cell_id)


class Retry:
    """As a method that is called three ways."""

    def __init__(self, run: SmallRun) -> None:
        self._run = run

    def submit(self, cell_id):
        self._run.called.append(f"retry {cell_id}")


class SmallRun:
    """What a board needs of a ``SweepRun``."""

    def __init__(self, axes: dict[str, Any] | None = None, takes: int = 1) -> None:
        given = {"mood": MOODS, "colour": COLOURS, "preset": PRESETS} if axes is None else axes
        self.axes = tuple(Axis(name, tuple(labels)) for name, labels in given.items())
        self.state, self.problem = "running", ""
        self.called: list[str] = []
        self.choices = SmallChoices(self)
        self.retry = Retry(self)
        self._subscribers: list[Any] = []
        self.cells = self.cells_of(takes)
        self.results = {cell.id: CellResult() for cell in self.cells}

    def cells_of(self, takes: int) -> tuple[Cell, ...]:
        places = product(*(range(len(axis.labels)) for axis in self.axes))
        return tuple(
            self.new_cell(place, take) for place in reversed(list(places)) for take in range(takes)
        )

    def new_cell(self, place, take=0) -> Cell:
        labels = {axis.name: axis.labels[at] for axis, at in zip(self.axes, place, strict=True)}
        mood, colour = labels.get("mood", "Happy"), labels.get("colour", "plain")
        prompt = f"{mood} creator with a <b>{colour}</b> background, holding a rocket"
        fields = {"prompt": prompt, "title": "MY FIRST $1000", "options": {"background_blur": 50}}
        fields |= {"preset": labels["preset"]} if "preset" in labels else {}
        name = "/".join(map(str, (*place, take)))
        return Cell(name, labels, fields, take, tuple(place))

    def result(self, cell_id) -> CellResult:
        return self.results[cell_id]

    def cell(self, cell_id) -> Cell:
        return next(cell for cell in self.cells if cell.id == cell_id)

    def subscribe(self, callback):
        self._subscribers.append(callback)
        return lambda: callback in self._subscribers and self._subscribers.remove(callback)

    def tell(self, *ids):
        for each in self._subscribers:
            each(frozenset(ids))

    def pause(self):
        self.called.append("pause")

    def resume(self):
        self.called.append("resume")

    def stop(self):
        self.called.append("stop")

    def set(self, cell_id, state="done", **known):
        """Have a cell stand so."""
        if state == "done":
            number = sorted(self.results).index(cell_id)
            known = {"image": jpeg(picture(number)), "credits": 1.0, "seconds": 2.5, **known}
        self.results[cell_id] = CellResult(state, **known)
        self.tell(cell_id)

    def finish(self):
        """Make all cells that wait."""
        for number, cell in enumerate(sorted(self.cells, key=lambda cell: cell.id)):
            if self.results[cell.id].state == "waiting":
                self.set(cell.id, scores={"total": number % 7 / 10, "contrast": 0.5})
        self.state = "finished"
        self.tell()

    def snapshot(self):
        return picture(0)

    def duel(self):
        return self

    def standings(self):
        import pandas as pd

        ids = sorted(self.results)
        return pd.DataFrame({"cell": ids, "strength": range(len(ids))})
