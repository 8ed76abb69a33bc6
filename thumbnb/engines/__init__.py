"""Engines to connect with: image servers by their address, models by their name.

>>> import thumbnb as tb
>>> engine = tb.engines.OpenAIImages("flux2-klein", base_url="http://127.0.0.1:8000/v1")
>>> client = tb.connect(engine=engine)  # doctest: +SKIP
>>> tb.engines.available(engine)  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.lazy import attach

if TYPE_CHECKING:
    from thumbnb.engines.available import available as available
    from thumbnb.engines.local_model import Diffusers as Diffusers
    from thumbnb.engines.openai_images import OpenAIImages as OpenAIImages
    from thumbnb.render.engines.prices import Prices as Prices

_NAMES = {
    "Diffusers": "local_model",
    "OpenAIImages": "openai_images",
    "available": "available",
}

__getattr__, __dir__, __all__ = attach(__name__, _NAMES)
