"""The HTTP library: httpx, or httpx2 where ``THUMBNB_HTTP_LIBRARY`` says so.

Both have the same names, as far as they are used here. httpx2 has transports of its own for
kernels in a browser, and trusts the certificates of the system.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

from thumbnb import errors

VARIABLE = "THUMBNB_HTTP_LIBRARY"
NAMES = ("httpx", "httpx2")

__all__ = ["NAMES", "VARIABLE", "httpx"]

if TYPE_CHECKING:
    import httpx  # what is checked: httpx2 has the same types
else:
    _name = os.environ.get(VARIABLE) or NAMES[0]
    if _name not in NAMES:
        raise errors.InvalidInput(
            f"{VARIABLE} is {_name!r}.", hint=f"It is {' or '.join(NAMES)}, or not set."
        )
    try:
        httpx = import_module(_name)
    except ModuleNotFoundError:
        raise errors.InvalidInput(
            f"{VARIABLE} is {_name!r}, which is not installed.", hint=f"pip install {_name}"
        ) from None
