"""The engine that the environment names."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.api import images as api
from thumbnb.engines.openai_images import OpenAIImages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import SecretStr

    from thumbnb.render.engines.protocol import Engine

URL_VARIABLE = "THUMBNB_ENGINE_URL"
MODEL_VARIABLE = "THUMBNB_ENGINE_MODEL"
KEY_VARIABLE = "THUMBNB_ENGINE_KEY"  # a name, not a key
DIALECT_VARIABLE = "THUMBNB_ENGINE_DIALECT"


def engine_of(
    url: str | None,
    model: str | None,
    *,
    key: str | SecretStr | None = None,
    dialect: str | None = None,
    prices: Mapping[str, Any] | None = None,
    budget: float | None = None,
) -> Engine | None:
    """Return the engine that is named, else the one of the environment; None where neither is.

    A key alone names none: nothing is spent at a service that nobody has chosen.
    """
    url = url or os.environ.get(URL_VARIABLE, "").strip() or None
    model = model or os.environ.get(MODEL_VARIABLE, "").strip() or None
    key = key or os.environ.get(KEY_VARIABLE, "").strip() or None
    dialect = dialect or os.environ.get(DIALECT_VARIABLE, "").strip() or None
    if url is None and model is None:
        return None
    if model is None:
        raise errors.InvalidInput(
            "An engine's address was given without a model.",
            hint=f"Name the model too: --engine-model, or {MODEL_VARIABLE}.",
        )
    return OpenAIImages(
        model,
        base_url=url or api.BASE_URL,
        key=key,
        dialect=dialect,
        prices=prices,
        budget=budget,
    )
