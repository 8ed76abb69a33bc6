"""Places of prompts: which painted subjects are some, and what stands in for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PLACES = frozenset(
    {
        "airport", "aurora", "beach", "bedroom", "cave", "city", "classroom", "corridor",
        "courtroom", "desert", "farm", "fjord", "forest", "garage", "garden", "graveyard", "gym",
        "hospital",
        "kitchen", "laboratory", "library", "living-room", "london", "meadow", "mountains",
        "music", "newsroom", "ocean", "office", "old-town", "prison", "racetrack", "restaurant",
        "road", "savanna", "skatepark", "sky", "snow", "space", "sports", "street", "studio",
        "supermarket", "theatre", "tokyo", "underwater",
    }
)  # fmt: skip
"""The subjects that are places: things can stand in them."""

HABITATS = frozenset(
    {
        "airport", "beach", "courtroom", "desert", "farm", "forest", "garage", "graveyard",
        "gym", "hospital", "kitchen", "london", "prison", "savanna", "skatepark",
        "supermarket", "tokyo", "laboratory", "library", "mountains", "music", "newsroom",
        "ocean", "old-town", "racetrack", "snow", "space", "sports", "theatre", "underwater",
    }
)  # fmt: skip
"""The places that things are found in even where a prompt does not say so."""

VAGUE = frozenset({"living-room", "sky", "snow"})
"""The places that only say how another one looks: snow in the city, an office at home."""

_SURER = {
    "corridor": frozenset({"bedroom", "classroom", "hospital", "living-room", "office", "prison"}),
    "fjord": frozenset({"mountains", "ocean"}),
    "old-town": frozenset({"city", "street"}),
}
"""Places that say of others what part of them is seen: the corridor of a hospital."""


def surest_first(subjects: Sequence[str]) -> tuple[str, ...]:
    """Return painted subjects without those of which another one says more."""
    left_out = {name for surer in subjects for name in _SURER.get(surer, ())}
    return tuple(name for name in subjects if name not in left_out)


CITIES = frozenset({"london", "old-town", "tokyo"})
"""Places known by their names: a street in London is London."""

SHOWN_BY = {
    "aurora": {"tent"},
    "burger": {"burger"},
    "chart": {"chart-rising"},
    "code": {"laptop"},
    "city": {"skyscraper"},
    "coffee": {"coffee"},
    "forest": {"tree", "fir-tree"},
    "gaming": {"game-controller"},
    "laptop": {"laptop"},
    "music": {"microphone"},
    "ocean": {"sailboat"},
    "office": {"laptop"},
    "phone": {"phone"},
    "pizza": {"pizza"},
    "robot": {"robot"},
    "rocket": {"rocket"},
    "space": {"planet"},
    "sports": {"soccer-ball"},
    "studio": {"microphone"},
}
"""The objects that a painted subject shows by itself, large and well."""
