"""Which drawn things are as large as a house."""

from __future__ import annotations

LANDMARKS = frozenset(
    {
        "big-ben", "castle", "church", "colosseum", "eiffel-tower", "golden-gate-bridge",
        "greek-temple", "house", "igloo", "lighthouse", "mount-fuji", "nuclear-plant",
        "pisa-tower", "pyramids", "skyscraper", "statue-of-liberty", "sydney-opera", "taj-mahal",
        "torii-gate", "volcano", "wind-turbine", "windmill",
    }
)  # fmt: skip
"""Things as large as a house: others stand before them."""
