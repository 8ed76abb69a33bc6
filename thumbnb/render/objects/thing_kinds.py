"""Where drawn things belong: those as large as a house, and those in the sky."""

from __future__ import annotations

LANDMARKS = frozenset(
    {
        "big-ben", "castle", "church", "colosseum", "eiffel-tower", "golden-gate-bridge",
        "greek-temple", "house", "igloo", "lighthouse", "mount-fuji", "nuclear-plant",
        "pisa-tower", "pyramids", "skyscraper", "statue-of-liberty", "sydney-opera", "taj-mahal",
        "torii-gate", "volcano", "wind-turbine", "windmill",
    }
)  # fmt: skip
"""As large as a house: others stand before them."""

AIRBORNE = frozenset(
    {
        "airplane", "balloon", "bat", "cloud", "drone", "eagle", "fighter-jet", "fireworks",
        "helicopter", "hot-air-balloon", "lightning", "meteor", "moon", "parrot", "planet",
        "rain-cloud", "rainbow", "satellite", "star", "storm-cloud", "sun", "ufo",
    }
)  # fmt: skip
"""In the sky: above what they are named with."""
