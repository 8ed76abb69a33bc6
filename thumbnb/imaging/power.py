"""Powers of many numbers, as curves of light need them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

_LEAST = np.float32(1e-20)


def raise_power(
    values: npt.NDArray[np.floating[Any]], exponent: float
) -> npt.NDArray[np.floating[Any]]:
    """Raise values of 0 and more to a positive power.

    Of float32 by logarithms, to a millionth: numpy's own way takes three times as long there.
    """
    if values.dtype != np.float32 or not values.ndim:
        return np.asarray(values**exponent)
    raised = np.maximum(values, _LEAST)
    np.log(raised, out=raised)
    raised *= np.float32(exponent)
    return np.asarray(np.exp(raised, out=raised))
