"""The preview of a prompt: which of its words will be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thumbnb.render.objects.raster import can_draw
from thumbnb.render.planning.things.placement import shown_things
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.text import image_tokens

if TYPE_CHECKING:
    from thumbnb.render.prompt.parser import ParsedPrompt


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
    """Say what a prompt's words will show where it is given alone, or beside the @imageN it names.

    Of what is named with an @imageN that is what is added to it: the photo shows the rest.

    Takes some milliseconds; the first time, longer: the words of all drawings are read.
    """
    parsed = parse_prompt(prompt)
    if image_tokens.numbers(prompt):
        return _preview_beside_images(prompt, parsed)
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


def _preview_beside_images(prompt: str, parsed: ParsedPrompt) -> PromptPreview:
    """Say what is drawn beside images; where there is room for it is known only with them."""
    added = [
        thing
        for thing in parsed.named
        if thing.word not in parsed.image_words
        and not any(effect.shows(thing.word) for effect in parsed.effects)
    ]
    drawn = shown_things(added) if can_draw() else ()
    circle = (parsed.circle.word,) if parsed.circle else ()
    shown = (
        *(f"@image{number}" for number in sorted(image_tokens.numbers(prompt))),
        *(parsed.people.words if parsed.own_people else ()),
        *(thing.word for thing in drawn),
        *(effect.word for effect in parsed.effects),
        *circle,
    )
    known = {*parsed.image_words, *circle}
    missing = [
        *(thing.word for thing in added if thing not in drawn),
        *(
            word
            for word in parsed.unknown
            if word not in known and not any(effect.shows(word) for effect in parsed.effects)
        ),
        *parsed.places_beside,
    ]
    unique = tuple(dict.fromkeys(word.lower() for word in shown))
    return PromptPreview(unique, tuple(dict.fromkeys(missing)))
