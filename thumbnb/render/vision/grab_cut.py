"""GrabCut: who or what a guess means, told from its ground by the colours of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thumbnb.render.raster.opencv import load_opencv

if TYPE_CHECKING:
    import numpy.typing as npt

    from thumbnb.render.vision.morphology import Mask


def grab_cut(image: npt.NDArray[np.uint8], guess: npt.NDArray[np.uint8], steps: int) -> Mask | None:
    """Return the pixels of the foreground; None if ``guess`` leaves nothing to learn from.

    ``image`` is RGB; ``guess`` has OpenCV's GC_ numbers, and is changed. The same every time.
    """
    cv2 = load_opencv()
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.setRNGSeed(1)
    try:
        cv2.grabCut(
            np.ascontiguousarray(image[..., ::-1]), guess, None, *models, steps,
            cv2.GC_INIT_WITH_MASK,
        )  # fmt: skip
    except cv2.error:
        return None
    solid: Mask = (guess == cv2.GC_FGD) | (guess == cv2.GC_PR_FGD)
    return solid
