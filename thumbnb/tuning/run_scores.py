"""The scores of a run's images: measured once an image, and kept while the run is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from thumbnb.client.purchases.assets import image_list
from thumbnb.imaging.input_image import load_input_image
from thumbnb.tuning.image_scores import MEASURED, distances, measure, signature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.tuning.cell_run import CellRun
    from thumbnb.tuning.duel.scale_posterior import Floats


class RunScores:
    """Measures the images of a run, each once, by the hash of its bytes."""

    def __init__(self, run: CellRun) -> None:
        self._run = run
        self._measured: dict[str, dict[str, float]] = {}
        self._signatures: dict[str, Floats] = {}

    def of_cells(self, reference: Sequence[Any] = ()) -> dict[str, dict[str, float]]:
        """Return the scores of every cell that has an image, by its id.

        What the service measured goes before what is measured here. ``reference`` are images
        of any kind we take: ``reference_distance`` is that to the nearest of them.
        """
        cells = self._run.done
        signatures = [self.signature(cell.id) for cell in cells]
        apart = distances(signatures, signatures)
        far = apart.sum(axis=1) / max(1, len(cells) - 1)
        near = np.zeros(0)
        images = image_list(reference)
        if images:
            others = [signature(load_input_image(_pixels(each))) for each in images]
            near = distances(signatures, others).min(axis=1)
        out = {}
        for number, cell in enumerate(cells):
            result = self._run.result(cell.id)
            scores = {**self._measured[result.digest], **result.scores}
            scores["difference"] = float(far[number])
            if images:
                scores["reference_distance"] = float(near[number])
            out[cell.id] = scores
        return out

    def signature(self, cell_id: str) -> Floats:
        """Return what a cell's image looks like from afar."""
        result = self._run.result(cell_id)
        if result.digest not in self._signatures and result.image is not None:
            image = result.image.image
            known = set(result.scores) >= MEASURED  # as by the embedded service
            self._measured[result.digest] = {} if known else measure(image)
            self._signatures[result.digest] = signature(image)
        return self._signatures[result.digest]


def _pixels(image: Any) -> Any:
    """Return what an image of ours shows; any other as it is."""
    return getattr(image, "image", image)
