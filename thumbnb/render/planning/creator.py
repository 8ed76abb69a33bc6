"""The creator: somebody to show where a prompt tells of "I" or "we", or names nothing drawable."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.words import fold
from thumbnb.render.prompt.named_thing import NamedThing
from thumbnb.render.prompt.people.named_people import NamedPeople
from thumbnb.render.prompt.thing_details.prices import find_prices
from thumbnb.render.prompt.title_feelings import feeling_of_title
from thumbnb.text import image_tokens

if TYPE_CHECKING:
    from thumbnb.render.prompt.parser import ParsedPrompt

_ONE = re.compile(
    # English; a small "i" only where it can be no other language's word.
    r"(?<!War )(?<!Part )(?<!Type )(?<!Chapter )\b(?:I(?=['\u2019\s]+[a-z])"
    r"|(?:(?<=\bhow )|(?<=\bwhy )|(?<=\bwhat )|(?<=\bwhen )|(?<=\A))i(?=['\u2019\s]+[a-z]))"
    r"|(?i:\bmy\s+(?:first|last|biggest|worst|entire|whole|life|journey|story|honest|morning|daily|"
    r"day|weight|transformation|experience)\b"
    # Spanish, German, French, Portuguese.
    r"|\b(?:yo|sobreviv\u00ed|sobrevivi|pas\u00e9|gan\u00e9|perd\u00ed|prob\u00e9|compr\u00e9|hice|constru\u00ed|gast\u00e9|viaj\u00e9|intent\u00e9|"
    r"viv\u00ed|aprend\u00ed|encontr\u00e9)\b|\bmi\s+(?:primer\w*|vida|historia|experiencia|viaje)\b"
    r"|\bich\b|\bmein(?:e|en|em|er)?\s+(?:erst\w*|letzt\w*|leben|geschichte|alltag)\b"
    r"|\bje\b|\bj['\u2019]\w+|\bm(?:on|a)\s+(?:premi\w+|derni\w+|vie|histoire|voyage|exp\u00e9rience)\b"
    r"|\b(?:eu|ganhei|comprei|fiz|passei|perdi|gastei|tentei|vivi|aprendi)\b"
    r"|\b(?:meu|minha)\s+(?:primeir\w*|vida|hist\u00f3ria|viagem|experi\u00eancia|rotina)\b)"
)
_SEVERAL = re.compile(
    r"\b(?:we(?=['\u2019\s]+[a-z])|wir|nous|nosotros|n\u00f3s|compramos|hicimos|probamos|fizemos)\b",
    re.IGNORECASE,
)
_WORDS_ONLY = re.compile(
    r"\b(?:text|texto?|texte|typograph\w*|typografie|tipografia|letters|lettering|words|background|"
    r"gradient|pattern|texture|wallpaper|abstract|minimal\w*|blank|plain|solid|logo|frame|border|"
    r"shapes?|nobody|no\s+(?:one|people|person|face)|hintergrund|fondo|fond|fundo)\b"
)
_HARD = re.compile(
    r"\b(?:surviv\w+|trapped|stuck|alone|lost|lose|losing|quit|failed|debt|broke|starv\w+|uberleb\w+|"
    r"sobreviv\w+|survecu|perdu|perdi|verloren|gefangen)\b"
)
_LUCKY = re.compile(
    r"\b(?:made|make|earn\w*|won|win|bought|built|gave|turned|grew|gane|ganhei|compre|comprei|"
    r"compramos|gagne|achete|verdient|gewonnen|gekauft)\b"
)


def with_creator(prompt: ParsedPrompt, text: str, title: str | None) -> ParsedPrompt:
    """Return a prompt with somebody in it who tells it, where it names nobody else.

    "I survived 7 days" shows whoever survived, and the money that a price said of nothing else
    stands for. Where nothing can be drawn at all, a title has somebody beside it, unless words
    alone are wanted.
    """
    if prompt.people.kinds or image_tokens.numbers(text):
        return prompt
    folded = fold(text)
    several = _SEVERAL.search(text)
    told = several or _ONE.search(text)
    nothing = not (prompt.subjects or prompt.things or prompt.named)
    if told is None and not (nothing and title and prompt.unknown):
        return prompt
    if _WORDS_ONLY.search(folded):
        return prompt
    count = 2 if several else 1
    people = NamedPeople(
        (told[0],) if told else (),  # nobody's name is a word of the prompt that is shown
        ("",) * count,
        (told.span(),) if told else (),
        ("creator",) * count,
        (count,),
    )
    money = _money(prompt, text) if told else ()
    mood = prompt.expression
    if told and not mood and not feeling_of_title(title or ""):
        mood = "worried" if _HARD.search(folded) else "excited" if _LUCKY.search(folded) else None
    return replace(
        prompt,
        people=people,
        things=(*prompt.things, *money),
        named=(*prompt.named, *money),
        expression=mood,
    )


def _money(prompt: ParsedPrompt, text: str) -> tuple[NamedThing, ...]:
    """Return money where an amount is said of nothing that is drawn."""
    if any(thing.price for thing in prompt.named) or {t.name for t in prompt.named} & _MONEY:
        return ()
    amounts = [price for price in find_prices(text) if "%" not in price.text]
    return tuple(NamedThing("banknotes", text[slice(*price.span)]) for price in amounts[:1])


_MONEY = frozenset({"banknotes", "coins", "money-bag", "twemoji-1f4b6", "gold-bars", "atm"})
