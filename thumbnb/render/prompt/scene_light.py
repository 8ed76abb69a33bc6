"""Words of light, sky and styling in a prompt: they name neither places nor things."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.thing_kinds import AIRBORNE, HEAVENLY
from thumbnb.render.prompt.words.lexicon import matches

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from thumbnb.render.prompt.named_thing import NamedThing

_SPEAKERS = (
    r"ceo|founder|cofounder|entrepreneur|speaker|coach|expert|author|billionaire|millionaire|guru|"
    r"executive|scientist|professor|businessman|businesswoman|investor"
)
_TALKS = re.compile(
    rf"\b((?:{_SPEAKERS}|present(?:s|ing)|speak(?:s|ing)|pitch(?:es|ing)|talk(?:s|ing))s?\b[^.;]*?\b(?:on|onto)\s+)(?:(?:the|a)\s+)?(?:(?:big|dark|huge|giant)\s+)?stage\b",
    re.IGNORECASE,
)


def with_talks(text: str) -> str:
    """Return a text in which the stage of who gives a talk is that of a conference: no concert's.

    >>> with_talks("a CEO walks on the stage")
    'a CEO walks on keynote-stage'
    """
    return _TALKS.sub(r"\1keynote-stage", text)


MOON = re.compile(
    r"(?<!on the )(?<!to the )(?<!from the )(?<!-)\b(full\s+)?moon\b(?!-)", re.IGNORECASE
)
"""A moon that shines over something is not the place where that stands."""

GOLDEN_HOUR = re.compile(
    r"\bgolden\s+(hour|light|sky|sun(?!rise)\w*|glow|evening)\b|"
    r"\b(?:setting|low)\s+sun\b|\bsun\s+(?:is\s+)?(?:sets|setting|going\s+down)\b",
    re.IGNORECASE,
)
"""A golden retriever stands in any light."""

GOLDEN = re.compile(
    r"\bgolden(?=\s+(hour|light|sky|sun\w*|glow|evening|morning|afternoon)\b)", re.IGNORECASE
)
"""Golden light has its hour: over all of an image the colour would be mud."""

STARS = re.compile(
    r"\b((under|below|beneath|at)\s+(the|a\s+million)\s+stars|sky\s+full\s+of\s+stars|"
    r"stars\s+in\s+the\s+sky|full\s+moon|(under\s+)?the\s+milky\s+way)\b",
    re.IGNORECASE,
)
"""Stars over a place are its night: it is not in space."""

STYLING = re.compile(
    r"\b((?:the\s+)?(?:setting|low)\s+sun|(?:the\s+)?sun\s+(?:is\s+)?(?:sets|setting|going\s+down)|"
    r"(?:sparks?|debris|dust|dirt|bullets?|embers?)\s+(?:are\s+)?flying|flying\s+(?:sparks|debris|dust|dirt)|"
    r"(?:split|full)[\s-]screen:?|(?:(?:thin|thick|bold|big|huge|small|white|gold|golden|yellow|red|elegant|serif|"
    r"silver|neon|glowing|slim|clean|blocky)\s+)+letters|(?:(?:dark|soft|black|blurred|blurry|darkened)\s+)+edges|"
    r"light\s+rim|rim\s+of\s+light|instead\s+of\s+(?:an?\s+|the\s+)?[^\W\d_]+|(empty|blank|free|negative|clear|copy|open)\s+space|(strong|high|low)\s+contrast|"
    r"(space|room)\s+for\s+((the|a|my|your)\s+)?(title|text|words|headline|letters|caption|logo)|"
    r"(drone|aerial|bird'?s[- ]eye|top[- ]down|wide[- ]angle|pov)\s+"
    r"(view|shot|footage|angle|photo|perspective)|"
    r"((bright|clear|clean|warm|dark|dramatic|golden|morning|evening|neon|misty|colou?red|soft|"
    r"epic|vivid|cold|natural|studio|elegant)\s+)+light(s|ing)?)\b",
    re.IGNORECASE,
)
"""Words about light and composition that name neither places nor things."""

_STYLE = re.compile(
    r"\b(?P<word>[\w-]+)(?P<styled>\s+(?:lettering|typography|fonts?|aesthetics?|vibes?|style(?!\s+of)|"
    r"(?:look|feel)(?=\s*(?:[,;.!?\n]|\Z|and\b|with\b))))\b",
    re.IGNORECASE,
)


def without_styles(text: str, places: Collection[str]) -> str:
    """Return a text without what only its style is like: in a "documentary look" is no film.

    Gold lettering is no gold; the words of ``places`` stay: a savanna look has a savanna.

    >>> without_styles("thin gold lettering, documentary look", ()).split()
    ['thin', 'lettering,', 'look']
    """
    return _STYLE.sub(
        lambda at: (
            at[0] if at["word"].casefold() in places else " " * len(at["word"]) + at["styled"]
        ),
        text,
    )


_CAMPFIRE = re.compile(
    r"\b(making|makes|building|builds|starting|starts|lighting|lights|tending|by|around|beside|near|"
    r"next\s+to)(\s+an?|\s+the|\s+his|\s+her|\s+their)?(\s+(?:small|big|tiny|warm))?\s+fire\b"
    r"(?!\s+(?:truck|station|fighter|alarm|place|extinguisher))",
    re.IGNORECASE,
)
"""A fire that somebody makes is one to sit at, and no light that all is seen in."""


def with_campfire(text: str) -> str:
    """Return a text in which a fire that somebody makes is a campfire, a comic a comedian.

    The red light that a scene is in is no traffic light.
    """
    text = _COLOURED_LIGHT.sub(r"\1 lighting", text)
    return _CAMPFIRE.sub(r"\1\2\3 campfire", _COMIC.sub("comedian", text))


_COLOURED_LIGHT = re.compile(
    r"(?:(?<=[,;]\s)|(?<=\bin\s)|(?<=\bunder\s)|(?<=\bwith\s))"
    r"((?:(?:deep|dim|dramatic|eerie|strong)\s+)*(?:red|blue|green|purple|orange|pink))\s+lights?\b"
    r"(?!\s*(?:sabers?|bulbs?|poles?))",
    re.IGNORECASE,
)
"""Light of a colour that a scene is in is no traffic light."""


_COMIC = re.compile(r"\bstand-?\s?up\s+comics?\b", re.IGNORECASE)


HEARTH = re.compile(
    r"\b(?:(?:burning|flaming|blazing|lit)\s+(?=(?:fireplace|candle|torch|campfire|log|stove)s?\b)|"
    r"(?:(?<=fireplace)|(?<=campfire)|(?<=candle)|(?<=candles)|(?<=torches))\s+"
    r"(?:are\s+|is\s+)?(?:burning|blazing))\b",
    re.IGNORECASE,
)
"""A fire that burns where it should sets no place in flames."""

OUTSIDE = re.compile(
    r"\b(?:snow\w*|rain\w*|storm\w*|blizzard|ocean|sea|city|skyline|forest|mountains?)"
    r"(?:\s+(?:is|falling|lights?|view))?\s+"
    r"(?:outside|through|against|beyond|behind|out\s+of|on)\s+"
    r"(?:(?:the|a|an|his|her|my|their|big|large|its)\s+)*windows?\b",
    re.IGNORECASE,
)
"""What is seen through a window is not where one is."""

DEEP = re.compile(
    r"\b((at|on)\s+the\s+bottom\s+of\s+the\s+(sea|ocean|lake)|under\s+the\s+(sea|ocean)|"
    r"(sea|ocean)\s+(floor|depths)|deep\s+(sea|ocean)|(?<=submarine\s)(descending|descends)|"
    r"depths\s+of\s+the\s+(sea|ocean)|(?<!ship\s)(?<!boat\s)(?<!titanic\s)(sinking|sinks|sank|sunk|drowning|drowns)\s+"
    r"(in|into|to\s+the\s+bottom\s+of|under)\s+(the\s+|a\s+)?(dark\s+|deep\s+|cold\s+|black\s+)*(sea|ocean|water))\b",
    re.IGNORECASE,
)
"""What lies at the bottom of the sea is under water, and not on the waves."""


def is_sky_meant(things: Sequence[NamedThing]) -> bool:
    """Whether a sky is where things are: of those that fly, and not of planets in space."""
    names = {thing.name for thing in things}
    return bool(names & AIRBORNE) and not names & HEAVENLY - {"moon", "sun", "meteor", "eclipse"}


_OF_NIGHT = frozenset({"fireworks", "sky-lantern"})
"""What is in the sky at night, though a prompt does not say so."""


def hours_of(words: list[str], things: Sequence[NamedThing]) -> tuple[str, ...]:
    """Return the hours of a prompt: fireworks are seen at night."""
    hours = matches("hours", words)
    dark = {thing.name for thing in things} & _OF_NIGHT
    return ("night", *hours) if dark and not {*hours} & {"night", "dusk", "dawn", "day"} else hours
