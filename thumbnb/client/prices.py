"""What paid calls cost, in credits, by the services' price lists. Decisions only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb.client.briefing import options_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thumbnb.briefs import AdvancedOptions

PICTURE = 1.0  # one variation
WORDS = 0.5  # a prompt


def variations_of(options: AdvancedOptions | Mapping[str, Any] | None) -> int:
    """Return how many pictures a generation with these options makes."""
    return getattr(options_of(options), "variations", None) or 1


def generation(options: AdvancedOptions | Mapping[str, Any] | None) -> float:
    """Return what a generation with these options costs."""
    return PICTURE * variations_of(options)
