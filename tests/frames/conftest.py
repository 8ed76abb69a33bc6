"""The numbered videos, each encoded once a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.frames.numbered import Numbered, encode
from tests.frames.recipes import RECIPES

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Numbered]:
    """Return the numbered video of a recipe; skip where its encoder is missing."""
    folder = tmp_path_factory.mktemp("numbered")
    made: dict[str, Numbered] = {}

    def get(name: str) -> Numbered:
        if name not in made:
            suffix, times, options = RECIPES[name]
            made[name] = encode(folder / f"{name}.{suffix}", times, **options)
        return made[name]

    return get
