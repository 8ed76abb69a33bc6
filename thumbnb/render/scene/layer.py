"""What every layer is."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""x, y, width, height."""


class Layer(BaseModel):
    """One thing that is painted over what is already there."""

    model_config = ConfigDict(frozen=True, extra="forbid")
