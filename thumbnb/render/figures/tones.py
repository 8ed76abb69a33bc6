"""The tones of skin and hair that figures come in."""

SKINS = ("#f6c9a4", "#e3a77c", "#c98756", "#9c623c", "#6f4227")
HAIRS = ("#3a2418", "#141216", "#7a4a22", "#c98f3e", "#a23b1e", "#55402f")
GREY = len(HAIRS)
"""The number of the hair of the old, beside those of ``HAIRS``."""

_GREY_HAIR = "#c9c5c0"

DARK_SHAPE = "#080a10"
"""The colour of a silhouette."""


def hair_tone(number: int) -> str:
    """Return the colour of hair by its number."""
    return (*HAIRS, _GREY_HAIR)[number]
