"""The preview of a prompt: which of its words will be shown."""

from __future__ import annotations

from dataclasses import dataclass

from thumbnb.render.objects.raster import can_draw
from thumbnb.render.planning.things.placement import shown_things
from thumbnb.render.prompt.parser import parse_prompt


@dataclass(frozen=True, slots=True)
class PromptPreview:
    """Words of a prompt: ``shown`` will be seen, ``missing`` cannot be.

    >>> print(preview_prompt("a unicycle in the forest"))
    Will show: forest. Cannot show: unicycle.
    """

    shown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def __str__(self) -> str:
        parts = [f"Will show: {', '.join(self.shown)}."] if self.shown else []
        if self.missing:
            parts.append(f"Cannot show: {', '.join(self.missing[:_MAX_WORDS])}.")
        return " ".join(parts)


_MAX_WORDS = 6
"""So many words that cannot be shown are named."""


def preview_prompt(prompt: str) -> PromptPreview:
    """Say what a prompt's words will show where it is given alone, without images.

    Takes some milliseconds; the first time, longer: the words of all drawings are read.
    """
    parsed = parse_prompt(prompt)
    things = parsed.things if can_draw() else ()
    places = parsed.places if things else parsed.subjects
    shown = (
        *parsed.people.words,
        *(thing.word for thing in shown_things(things)),
        *(place.replace("-", " ") for place in places[:1]),
    )
    left = (thing.word for thing in parsed.things if thing not in shown_things(things))
    unique = tuple(dict.fromkeys(word.lower() for word in shown))
    return PromptPreview(unique, tuple(dict.fromkeys([*left, *parsed.unknown])))
