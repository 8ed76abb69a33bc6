"""What every subject is: a size, a palette, a seed, and a frame for every second."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

import numpy as np

if TYPE_CHECKING:
    from PIL import Image

    from thumbnb.render.colour.mixing import Palette


class Subject(ABC):
    """A painting that moves.

    Made once for a ``size`` in pixels, then asked for any number of frames. The
    same size, palette and seed give the same pixels. ``bare`` leaves out its main thing, where
    it is a place that something else stands in. Lengths are fractions of
    ``h`` (heights) or of ``u``, the shorter side, so that any shape works.
    """

    light: ClassVar[Palette]
    """The palette it is painted in unless told otherwise."""
    hours: ClassVar[frozenset[str]] = frozenset()
    """The times of day and year that palette is right for, as ``words.HOURS`` names them."""
    shows: ClassVar[tuple[float, float]] = (1.0, 5.0)
    """Between these seconds it makes a good image."""

    def __init__(
        self,
        size: tuple[int, int],
        *,
        palette: Palette | None = None,
        seed: int = 0,
        bare: bool = False,
    ) -> None:
        self.bare = bare
        self.size = self.w, self.h = size
        self.u = min(size)
        self.palette = palette or self.light
        self.rng = np.random.default_rng(seed)
        self.prepare()

    @abstractmethod
    def prepare(self) -> None:
        """Paint what does not change."""

    @abstractmethod
    def frame(self, t: float) -> Image.Image:
        """Paint it as it is ``t`` seconds after it began: an RGB image."""
