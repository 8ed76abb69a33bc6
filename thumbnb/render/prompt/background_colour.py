"""The colours that a prompt says of the background, and of the whole image."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.words import fold, is_function_word
from thumbnb.render.prompt.images.in_grey import SAID as IN_GREY
from thumbnb.render.prompt.people.clothes import without_colours_of_clothes
from thumbnb.render.prompt.scene_light import GOLDEN, STARS
from thumbnb.render.prompt.words.folded_words import folded_words
from thumbnb.render.prompt.words.lexicon import lexicon, matches

if TYPE_CHECKING:
    from collections.abc import Collection

_LIGHTS = frozenset({"glow", "light", "lights", "lighting", "smoke", "blur"})
"""What has the colour that stands before "background" when it stands behind it."""

_BACKGROUNDS = frozenset(
    ["background", "backdrop", "wall", "hintergrund", "fondo", "fond", "arriere-plan", "fundo"]
)


def background_colour_in(words: list[str]) -> str | None:
    """Return the colour said of the background: before it, or in other languages behind it."""
    table = lexicon()["colours"]
    for i, word in enumerate(words):
        if word in _BACKGROUNDS and not {*words[i + 1 : i + 2]} & _LIGHTS:
            for near in (*words[max(0, i - 2) : i][::-1], *words[i + 1 : i + 2]):
                if near in table:
                    return table[near][0]
    return None


_OWN_COLOURS = re.compile(
    r"\b(?:(?:lush\s+)?green\s+(?=fields?\b|meadows?\b|hills?\b|forest\b|garden\b|grass\b|"
    r"jungle\b|valley\b|pasture\b|park\b)|blue\s+(?=ocean\b|sea\b|lagoon\b|lake\b|water\b|sky\b)|"
    r"white\s+(?=snow\b|sand\b|beach\b)|coral\s+(?=reefs?\b)|red\s+(?=square\b|carpet\b))",
    re.IGNORECASE,
)
"""Colours that a place has by itself: of a green meadow, not all of the image is green."""


def colours_of_image(text: str) -> tuple[str, ...]:
    """Return the names of the colours that a text gives to the whole image."""
    colours = lexicon()["colours"]
    text = _OWN_COLOURS.sub(" ", IN_GREY.sub(" ", STARS.sub(" ", GOLDEN.sub(" ", text))))
    words = without_colours_of_things(text, colours)
    return matches("colours", without_colours_of_clothes(folded_words(words), colours))


_WORD = re.compile(r"[^\W_][\w'-]*")
_OF_ALL = frozenset(
    [
        "accent", "accents", "ambience", "atmosphere", "aura", "beams", "bokeh", "cast", "clouds",
        "color", "colors", "colour", "colours", "dust", "embers", "filter", "flames", "flashing",
        "fog", "glow", "glowing", "glows", "gradient", "grading", "haze", "hue", "hues", "lit",
        "led", "leds", "lightning", "mist", "moonlight", "mood", "neon", "nebula", "palette",
        "particles", "rays", "rim", "scheme", "shade", "shades", "sky", "skies", "smoke", "sparks",
        "sunlight", "sunrise", "sunset", "theme", "tint", "tinted", "tone", "tones", "twilight",
        "vibe", "vibes", "and", "or",
    ]
)  # fmt: skip
"""Words that a colour before them gives to the whole image."""


def without_colours_of_things(text: str, colours: Collection[str]) -> str:
    """Return a text without colours of single things: of red shields, no image is red.

    In place of what is drawn of it the text has spaces.

    >>> without_colours_of_things("men with red shields in blue light", {"red", "blue"})
    'men with     shields in blue light'
    """
    words = [*_WORD.finditer(text)]
    folded = [fold(word[0]) for word in words]
    for i, word in enumerate(words):
        if folded[i] in colours and _is_of_thing(text, words, folded, i, colours):
            text = text[: word.start()] + " " * len(word[0]) + text[word.end() :]
    return text


def _is_of_thing(
    text: str, words: list[re.Match[str]], folded: list[str], i: int, colours: Collection[str]
) -> bool:
    """Whether the colour at a place is that of what is named next."""
    after = next(
        (n for n in range(i + 1, len(words)) if not (folded[n] in colours or folded[n] == "and")),
        len(words),
    )
    start = words[after].start() if after < len(words) else len(text)
    between = text[words[after - 1].end() : start]
    if "," in between or "." in between:
        return False
    if len(between) > _DRAWN:
        return True
    if after == len(words):
        return False
    word = folded[after]
    scene = {*_OF_ALL, *_LIGHTS, *_BACKGROUNDS} | lexicon()["subjects"].keys()
    return not (word in scene or is_function_word(word))


_DRAWN = 2
"""So many spaces and more are in place of something that is drawn."""
