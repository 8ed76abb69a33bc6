"""The colours of drawings that a prompt names: a red car, a glowing blue sword."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.colour.names import named_colour
from thumbnb.render.objects.painting import describe
from thumbnb.render.objects.tint import TINT

if TYPE_CHECKING:
    from thumbnb.render.prompt.named_thing import NamedThing


def thing_colours(thing: NamedThing) -> dict[str, str]:
    """Return the colours of a drawing that a prompt names."""
    if not thing.colour:
        return {}
    illustration = describe(thing.name)
    if illustration.source == "twemoji":
        return {TINT: named_colour(thing.colour)}
    slots = illustration.slots
    coloured = [*slots][: _WITH_SCREEN.get(thing.name, 1)]
    return dict.fromkeys(coloured, named_colour(thing.colour))


_WITH_SCREEN = {"phone": 2, "tablet": 2}
"""What is nearly all screen: its wallpaper takes its colour too, or none would be seen."""
