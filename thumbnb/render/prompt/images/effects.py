"""Effects that a prompt wants over its photo: steam, flames, lightning, leaves all around."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from thumbnb.render.colour.names import colours_by_word
from thumbnb.render.prompt.images.photo_words import INDEFINITE
from thumbnb.render.prompt.images.place_behind import burns_behind
from thumbnb.text import image_tokens

EffectKind = Literal[
    "steam", "smoke", "flames", "lightning", "rain", "snow", "fog", "sparks", "rays", "glow",
    "splatter", "confetti", "money", "beans", "leaves", "petals", "hearts", "bubbles", "explosion",
    "dark", "outline", "flashlight", "candle", "spotlight", "window", "keyhole", "binoculars",
    "scope", "cage", "camera", "cross",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PhotoEffect:
    """An effect over a photo, the ``word`` that names it, the name of its ``colour`` if said."""

    kind: EffectKind
    word: str
    colour: str | None = None

    def shows(self, word: str) -> bool:
        """Whether a word of the prompt names the effect, too: "flames" beside a fire."""
        said = self.word.casefold()
        of_colour = self.colour is not None and word.casefold() == self.colour
        return of_colour or word.casefold() in said or bool(_PATTERNS[self.kind].fullmatch(word))


_RAINS = (
    r"(?:rain(?:s|ing)?|fall(?:s|ing)?|fly(?:ing)?|flies|everywhere|all\s+around|"
    r"around\s+(?:it|him|her|me|them)|in\s+the\s+air)"
)
_LIT = (
    r"(?:only\s+)?(?:lit|illuminated|lighted)\s+(?:up\s+)?(?:only\s+)?by\s+(?:(?:a|an|the|my|his|her|"
    r"one|single|lone|bright|red|phone)\s+)*|(?:in|under)\s+(?:(?:a|an|the|one|single|lone|bright)\s+)*"
)
_THROUGH = (
    r"(?:seen|viewed|shot|filmed|photographed|spotted|watched|looking|peeking)?\s*(?:through|behind|"
    r"out\s+of)\s+(?:(?:a|an|the|my|his|her|rainy|dirty|broken|old|prison|sniper)\s+)*"
)
_WORDS: dict[EffectKind, str] = {
    "window": rf"{_THROUGH}(?:\w+\s+)?windows?(?:\s+frame)?",
    "keyhole": rf"{_THROUGH}(?:key\s?hole|peep\s?hole)",
    "binoculars": rf"{_THROUGH}(?:binoculars|spyglass)",
    "scope": rf"{_THROUGH}(?:(?:rifle\s+)?scope|cross\s?hairs?)|in\s+the\s+cross\s?hairs?",
    "cage": rf"{_THROUGH}(?:bars|cage|fence)|in\s+(?:a\s+)?(?:cage|jail|prison)|behind\s+bars",
    "camera": (
        r"(?:security|surveillance|cctv|trail|doorbell)\s+(?:cam(?:era)?|footage)(?:\s+footage)?|cctv|"
        r"found\s+footage|camcorder(?:\s+footage)?|vhs(?:\s+tape)?"
    ),
    "flashlight": (
        rf"(?:{_LIT})(?:flash\s?light|torch(?:\s?light)?|head\s?lamp|lantern|head\s?lights?|light)|"
        r"(?:flash\s?light|torch|head\s?light)\s+beam|"
        r"beam\s+of\s+(?:a|my|his|her|the)\s+(?:flash\s?light|torch)"
    ),
    "candle": (
        rf"(?:{_LIT})(?:candles?(?:\s?light)?|camp\s?fire|fire\s?light|match)|"
        r"by\s+candle\s?light"
    ),
    "spotlight": rf"(?:{_LIT})spot\s?lights?|spot\s?light\s+(?:on|over|from\s+above)",
    "cross": (
        r"(?:(?:an?|big|large|huge|giant|red|bold|thick)\s+)+(?:x|cross)(?:\s+mark)?\s+(?:over|across|on|"
        r"through)|crossed\s+out|struck\s+through"
    ),
    "outline": (
        r"(?:outlined?|stroke|contour|sticker\s+(?:border|edge)|glowing\s+(?:border|edges?|ring)|"
        r"rim\s+light|(?:ring|circle)\s+of\s+light|light\s+ring)"
    ),
    "money": (
        rf"(?:money|cash|dollars?|dollar\s+bills|bills|banknotes|euros?)\s+(?:is\s+)?{_RAINS}|"
        rf"(?:raining|falling|flying)\s+(?:money|cash|dollars?|bills|banknotes)|money\s+rain|geldregen|"
        rf"(?:surrounded\s+by|shower\s+of|rain\s+of)\s+(?:flying\s+)?(?:money|cash|banknotes)"
    ),
    "beans": r"(?:coffee\s+)?beans|kaffeebohnen|granos\s+de\s+cafe",
    "leaves": r"(?:autumn\s+|falling\s+|flying\s+)?(?:leaves|foliage)",
    "petals": r"petals|cherry\s+blossoms?|confetti\s+of\s+flowers",
    "hearts": rf"hearts\s+{_RAINS}|(?:flying|floating)\s+hearts",
    "bubbles": r"(?:soap\s+)?bubbles",
    "confetti": r"confetti|konfetti|streamers",
    "steam": r"steam(?:ing)?|vapou?r|dampf\w*",
    "smoke": r"smoke|smoking|fumes|dust\s+clouds?|rauch|humo|fumee",
    "flames": (
        r"flames?|(?:on|in|catching|caught)\s+(?:fire|flames)|fire(?!\s*(?:works?|extinguisher|"
        r"truck|fighter|place|engine|department|alarm|station|wood|fly|men|man))|burning|inferno|"
        r"blaze|wildfire|feuer|flammen|fuego|llamas"
    ),
    "lightning": (
        r"lightning(?:\s+bolts?|\s+strikes?)?|bolts?\s+of\s+lightning|thunder\w*|"
        r"storm(?:y)?|blitz\w*|gewitter|relampagos?|tormenta"
    ),
    "rain": r"rain(?:y|ing)?(?!bow)|downpour|rainstorm|storm(?:y)?|regen|lluvia",
    "snow": r"snow(?:y|ing|fall|flakes|storm)?(?!man|board)|blizzard|schnee|nieve",
    "fog": r"fog(?:gy)?|mist(?:y)?|haze|nebel|niebla",
    "sparks": r"sparks?(?!l)|embers|funken",
    "rays": (
        r"(?:light|sun|god|golden|sun\s*)\s*(?:rays|beams|shafts)|sunbeams|(?:rays|beams|shafts)\s+of\s+"
        r"(?:\w+\s+)?(?:light|sun)|spotlights?"
    ),
    "glow": r"(?:neon\s+|golden\s+|\w+\s+)?(?:glow|aura|halo)|glowing",
    "splatter": r"blood(?:\s+(?:splatters?|stains?|spots?|drops?|spatters?))?|paint\s+splatters?",
    "explosion": r"explo(?:sion|sions|des|ding|ded)|blast|detonation|explosao|explosi[oó]n",
    "dark": r"black\s?outs?|power\s+(?:cuts?|outages?|failure)|lights\s+out|stromausfall|apagon",
}
"""How each is called; longer names first."""

_COFFEE = re.compile(r"coffee|espresso|latte|cappuccino|kaffee|cafe|barista", re.IGNORECASE)
_NOT_ON_PHOTO = re.compile(r"\b(?:no|without|ohne|sin|sans)\s+(?:[\w'-]+\s+)?\Z", re.IGNORECASE)
_PATTERNS = {
    kind: re.compile(rf"\b(?:{_WORDS[kind]})\b", re.IGNORECASE) for kind in get_args(EffectKind)
}

_OVER = re.compile(
    r"\s+(?:[\w'-]+\s+){0,4}?(?:over|above|behind|around|on|onto|from|in\s+front\s+of|between|"
    r"through|beside|out\s+of|across)\s+(?:[\w'-]+\s+){0,4}\(?@image\d",
    re.IGNORECASE,
)
"""What stands behind an effect named before its photo: "snow falling on my car @image1"."""

_SAYS = re.compile(r"\A\)?\s*(?:of|shows|showing|is|called)\s+(?:[\w'-]+\s+){0,3}\Z", re.IGNORECASE)


def photo_effects(prompt: str) -> tuple[PhotoEffect, ...]:
    """Return the effects that a prompt wants over its photo, each once; none without a photo.

    What stands right before an @imageN says what the photo shows: "the burning city @image1".
    A blackout is one wherever it stands.
    """
    if not image_tokens.numbers(prompt):
        return ()
    found: dict[EffectKind, PhotoEffect] = {}
    spans: list[tuple[int, int]] = []
    for kind, pattern in _PATTERNS_IN_ORDER:
        for at in pattern.finditer(prompt):
            if _NOT_ON_PHOTO.search(prompt[: at.start()]):
                continue
            if kind == "beans" and not _COFFEE.search(prompt):
                continue
            both = at[0].casefold().startswith("storm")  # a storm is rain and lightning
            if not both and any(at.start() < last and first < at.end() for first, last in spans):
                continue
            place_burns = kind == "flames" and burns_behind(prompt)
            if kind != "dark" and not (place_burns or _is_over_photo(prompt, *at.span())):
                continue
            if kind == "cross" and crosses_another(prompt, at.start(), at.end()):
                continue
            spans.append(at.span())
            found.setdefault(kind, PhotoEffect(kind, at[0], _colour_of(prompt, at.start(), at[0])))
            break
    return tuple(found.values())


_PATTERNS_IN_ORDER = tuple((kind, _PATTERNS[kind]) for kind in _WORDS)


def _is_over_photo(prompt: str, start: int, end: int) -> bool:
    """Whether what is named in a span is to be over a photo, and not what the photo shows."""
    tokens = list(image_tokens.find(prompt[:start]))
    if not tokens:
        return bool(_OVER.match(prompt, end))
    between = prompt[tokens[-1][2] : start]
    following = next(image_tokens.find(prompt[end:]), None)
    named = following is not None and not prompt[end : end + following[1]].strip(" (")
    # "A computer on fire beside @image1" burns by itself.
    others = _STATE.fullmatch(prompt[start:end]) and _SOMETHING_ELSE.search(between)
    return not (named or others or _SAYS.match(between))


_OVER_ANOTHER = re.compile(
    rf"\s+(?:{INDEFINITE})\s+(?!(?:it|him|her|them)\b)(?:(?!@image)[^,;.!?\n])*", re.IGNORECASE
)
_CROSSED_OUT = re.compile(rf"[,;.]?\s*(?:{INDEFINITE})\s+(?:[\w'-]+\s+){{1,6}}\Z", re.IGNORECASE)


def crosses_another(prompt: str, start: int, end: int) -> bool:
    """Whether a cross named in a span is for something else than a photo: "over a pile of pods"."""
    word = prompt[start:end].casefold()
    if word.endswith(("crossed out", "struck through")):
        return bool(_CROSSED_OUT.search(re.split(r"[,;.!?\n]|@image\d", prompt[:start])[-1]))
    return bool(_OVER_ANOTHER.match(prompt, end)) and not re.match(
        r"[^,;.!?\n]*@image\d", prompt[end:], re.IGNORECASE
    )


_STATE = re.compile(
    r"(?:on|in|catching|caught)\s+(?:fire|flames)|burning|smoking|glowing|steaming", re.IGNORECASE
)
_SOMETHING_ELSE = re.compile(
    r"[,;.]|\b(?:with|and|next\s+to|beside|by|behind|in\s+front\s+of)\b", re.IGNORECASE
)
"""Words for a state of what is named right before, and what begins something else there."""


def _colour_of(prompt: str, start: int, said: str) -> str | None:
    """Return the colour named right before an effect, or as its first word: "red glow"."""
    words = [*re.findall(r"[\w'-]+", prompt[:start])[-1:], said.split(maxsplit=1)[0]]
    names = [name for word in words for name in colours_by_word().get(word.casefold(), ())]
    return names[0] if names else None
