"""The things a prompt names, the places it puts them in, and the words nobody can draw."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from thumbnb.render import objects
from thumbnb.render.objects.vocabulary.phrases import blank_phrases
from thumbnb.render.objects.vocabulary.thing_kinds import SIGNS
from thumbnb.render.prompt.named_thing import NamedThing
from thumbnb.render.prompt.places.place_names import is_in_place_name
from thumbnb.render.prompt.thing_details.amounts import spread_of
from thumbnb.render.prompt.thing_details.behind import is_behind, is_between, is_in_sky
from thumbnb.render.prompt.thing_details.charts import CHARTS, chart_of, graph_of
from thumbnb.render.prompt.thing_details.fillings import with_filling
from thumbnb.render.prompt.thing_details.of_each import said_of_each
from thumbnb.render.prompt.thing_details.parts import without_parts, without_spans
from thumbnb.render.prompt.thing_details.prices import priced_things
from thumbnb.render.prompt.thing_details.qualifiers import unshown_qualifiers
from thumbnb.render.prompt.thing_details.readings import with_readings
from thumbnb.render.prompt.thing_details.relations import (
    HUGE,
    TINY,
    extras_at,
    is_held,
    listed_at,
    with_doubled_as_one,
    without_own_eyes,
    without_owners,
    without_vessels,
)
from thumbnb.render.prompt.thing_details.states import (
    are_compared,
    can_be,
    colour_of_another,
    find_states,
    names_another,
    names_second,
    state_of_one,
)
from thumbnb.render.prompt.thing_details.supports import Support, find_supports
from thumbnb.render.prompt.thing_details.thing_colours import (
    colour_before,
    colour_inside,
    colour_of_cold,
    plain_name,
)
from thumbnb.render.prompt.thing_details.windows import add_windows, without_shown_windows
from thumbnb.render.prompt.words.senses import (
    ChosenSenses,
    choose_senses,
    in_context,
    is_role,
    is_uncounted,
)
from thumbnb.text import image_tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

MAX_COPIES = 5
"""So many of one thing are shown: more could not be told apart in a feed."""

_MANY = 3
"""So many are shown where a plural comes without a number."""

_LIGHT = re.compile(r"\b(golden\s+hour|blue\s+hour|(?<=under\s)the\s+milky\s+way)\b", re.IGNORECASE)
"""Kinds of light whose names have the words of things in them."""

_FAMILY = re.compile(
    r"\s+(family|families|herd|team|army|pack|group|hordes?|swarm)\b", re.IGNORECASE
)
"""What makes many of one: "a penguin family"."""

_QUOTED = re.compile(r"[\"“«][^\"”»]{2,80}[\"”»]")
_WORD = re.compile(r"[^\W\d_][\w'-]*")


@dataclass(frozen=True, slots=True)
class ThingsInPrompt:
    """What a prompt names: ``things`` in its order, ``words`` that belong to none of them."""

    things: tuple[NamedThing, ...]
    other_text: str
    left_out: tuple[str, ...] = ()
    """Words of the text that name only a sense nobody should draw."""
    states: tuple[str, ...] = ()
    """Words that say what things have gone through: "frozen", "on fire"."""


def find_things(
    prompt: str,
    colours: Mapping[str, Sequence[str]],
    scenery: Collection[str] = (),
    *,
    people: Collection[str] = (),
    somebody: bool = False,
) -> ThingsInPrompt:
    """Find the things a prompt names; ``colours`` gives the colours of a word.

    Of words of ``scenery`` alone (places, hours, weather) no thing is made. ``people`` are words
    for people, ``somebody`` whether any is named.

    A colour just before a thing is the thing's ("red sports car") and no longer the image's.
    """
    named = image_tokens.replace(prompt, lambda _: " ")
    text = without_spans(
        named, [each.span() for part in (_QUOTED, _LIGHT) for each in part.finditer(named)]
    )
    matches = [
        match
        for match in objects.find(blank_phrases(text))
        if not _is_scenery(match.word, scenery)
        and not is_in_place_name(text, match.start, match.end)
    ]
    matches, parts = without_parts(
        text, with_doubled_as_one(text, in_context(text, matches)), somebody=somebody
    )
    # A word that several objects share counts only where nothing surer is named, but for
    # charts: they are opposites, and the words about them say which is meant.
    sure = [match for match in matches if match.sure or match.name in CHARTS] or matches
    charts = [match for match in sure if match.name in CHARTS and not match.sure]
    states = find_states(
        without_spans(text, parts), [(match.name, match.start, match.end) for match in sure]
    )
    sure = [match for match in sure if not states.says(match.start, match.end)]
    priced, sure = priced_things(text, sure)
    meant, supports = _meant(text, sure, matches, people, somebody=somebody)
    sure = without_own_eyes(text, without_owners(text, meant.matches), people)
    found: dict[_Which, NamedThing] = {}
    ends: dict[str, int] = {}
    sides = _VERSUS.search(text)
    extras = extras_at(text, sure)
    listed_things = listed_at(text, sure)
    of_each = said_of_each(text, sure, colours)
    said = [price.span for price in priced.values()] + [each.span for each in of_each.values()]
    # The colour of what is left out is not the image's either.
    spans = [
        *((colour_before(text, start, colours)[0], end) for start, end in meant.spans),
        *parts,
        *states.spans,
        *said,
    ]
    unshown: list[str] = []
    # Of "a giant golden 1000 dollar burger" the price stands between.
    described = without_spans(text, [price.span for price in priced.values()])
    for match in sure:
        start, colour = colour_before(described, match.start, colours)
        # The fire of "one of them is on fire" is said of it.
        left_out = match.denied or _is_within(match, spans)
        spans.append((start if colour else match.start, match.end))
        if left_out:
            continue
        colour = colour or colour_inside(match, colours) or colour_of_cold(text, match)
        state = states.by_start.get(match.start, "")
        shown = [*states.spans, (start, start + 1)]
        unshown += unshown_qualifiers(text, match, shown, state=state, worn=state in _LOOK_OLD)
        many = (match.plural and not is_uncounted(match.word)) or _FAMILY.match(text, match.end)
        count = min(match.count or (_MANY if many else 1), MAX_COPIES)
        if somebody and is_role(match.word, people):
            count = 1  # two pilots have one airplane
        name, colour = _same_or((plain_name(match, colours), colour), text, match, found.values())
        name = chart_of(text) if match in charts else graph_of(name, text, match.start)
        support = supports.get(match.start)
        thing = NamedThing(
            name,
            match.word,
            1 if match in charts else count,
            colour,
            extra=match.start in extras,
            listed=match.start in listed_things or bool(match.count),
            state=state,
            price=priced[match.start].text if match.start in priced else "",
            size=_size_said(described[: match.start], match.word),
            spread=""
            if support
            else spread_of(text, match, many=bool(many) or match.name in _HEAPS),
            behind=is_behind(text, match),
            between=is_between(text, match),
            in_sky=is_in_sky(text, match),
            base=support.base if support else "",
            how=support.how if support else "",
        )
        # Two balloons of two colours are two things, and so are those on two sides of a "vs".
        side = _side(text, match.start, sides.start() if sides else None, ends.get(name))
        alike = name in ends and not are_compared(text, ends[name], match.start)
        if alike and not thing.state:  # the phone of a broken phone
            thing = replace(thing, state=next(t.state for t in found.values() if t.name == name))
        ends[name] = match.end
        which = (name, colour, side, thing.state + thing.price + _other_size(found, thing))
        which, thing = _joined(found, which, thing)
        found[which] = thing
        for other in _others(text, match.end, thing, colours):
            found[name, other.colour, side, ""] = other
        spans += _one_in_state(found, which, text, match.end)
    add_windows(text, found, spans, NamedThing, somebody=somebody)
    return ThingsInPrompt(
        with_readings(
            with_filling(
                text,
                _in_order(
                    _distinct(found),
                    {word: said.fields for word, said in of_each.items()},
                    None if sides else {match.word for match in sure[1:] if is_held(text, match)},
                ),
            ),
            text,
        ),
        without_spans(text, spans),
        without_shown_windows((*meant.left_out, *unshown), found.values()),
        tuple(text[start:end] for start, end in states.spans),
    )


def _joined(
    found: Mapping[_Which, NamedThing], which: _Which, thing: NamedThing
) -> tuple[_Which, NamedThing]:
    """Return a thing with what is known of it, and which one it is."""
    name, colour, side, state = which
    first = found.get((name, colour, 0, state))
    word = objects.fold(thing.word)
    if side == _SECOND and first and objects.fold(first.word) == word:
        # A cheap phone and an expensive phone are two.
        return (name, colour, 0, state), replace(first, count=first.count + thing.count)
    if known := found.get(which):
        # A microphone is one by its name more than a podcast is.
        surer = thing if word == name else known
        return which, replace(surer, count=max(known.count, thing.count))
    return which, thing


_SECOND = 2
"""Instead of the side of a "vs": another one of the same drawing."""


def _side(text: str, start: int, versus: int | None, end: int | None) -> int:
    """Return the side of a "vs" that a thing is on, or 2: it is a second one of its kind.

    ``end`` is where another one of the same drawing was named before it.
    """
    if versus is not None:
        return int(start > versus)
    return _SECOND if end is not None and names_second(text, end, start) else 0


def _same_or(
    look: tuple[str, str | None], text: str, match: objects.Match, found: Iterable[NamedThing]
) -> tuple[str, str | None]:
    """Return a drawing and its colour; of "the same truck" those of the truck named before."""
    if not _SAME.search(text, 0, match.start):
        return look
    last = objects.fold(match.word).split()[-1]
    same = next((one for one in found if objects.fold(one.word).split()[-1] == last), None)
    return (same.name, look[1] or same.colour) if same else look


_SAME = re.compile(r"\bsame\s+(?:[^\W\d_]+\s+)?\Z", re.IGNORECASE)


def _other_size(found: Mapping[_Which, NamedThing], thing: NamedThing) -> str:
    """Return the size of a thing that is another one than one found: a tiny and a giant burger."""
    sizes = {one.size for one in found.values() if one.name == thing.name and one.size}
    return thing.size if thing.size and sizes - {thing.size} else ""


def _size_said(before: str, word: str) -> Literal["", "huge", "tiny"]:
    """Return how large a thing is said to be by the text before it, or its own: "giant robot"."""
    if HUGE.match(f"{word} "):
        return "huge"
    return "huge" if HUGE.search(before) else "tiny" if TINY.search(before) else ""


def _is_within(match: objects.Match, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first <= match.start and match.end <= last for first, last in spans)


def _one_in_state(
    found: dict[_Which, NamedThing], which: _Which, text: str, end: int
) -> list[tuple[int, int]]:
    """Put one of several in the state that it alone is said to be in; return where that is said.

    "Two phones, one with a cracked screen".
    """
    thing = found[which]
    one = state_of_one(text, end) if thing.count > 1 and not thing.state else None
    if one is None or not can_be(thing.name, one.name):
        return []
    found[which] = replace(thing, count=thing.count - 1)
    found[(*which[:3], one.name)] = replace(thing, count=1, state=one.name)
    return [one.span]


def _meant(
    text: str,
    sure: list[objects.Match],
    matches: list[objects.Match],
    people: Collection[str],
    *,
    somebody: bool,
) -> tuple[ChosenSenses, dict[int, Support]]:
    """Choose the senses of what a text names, and find what of it is on or in something else."""
    supports = find_supports(text, sure, people)
    bases = {support.base_start for support in supports.values()}
    sure = without_vessels(text, sure, kept=bases)
    meant = choose_senses(text, sure, people, somebody=somebody, kept=bases)
    if not meant.matches:  # the police of a police officer is none: something less sure is
        meant = choose_senses(text, matches, people, somebody=somebody)
    return meant, supports


def _others(
    text: str, end: int, thing: NamedThing, colours: Mapping[str, Sequence[str]]
) -> Iterable[NamedThing]:
    """Yield another of the same that is named after a thing: "and a healthy one", "a gold one"."""
    if thing.state and names_another(text, end):
        yield replace(thing, state="")
    if colour := colour_of_another(text, end, colours):
        yield replace(thing, colour=colour, state="")


def _in_order(
    things: tuple[NamedThing, ...],
    of_each: Mapping[str, Sequence[Mapping[str, Any]]],
    held: Collection[str] | None,
) -> tuple[NamedThing, ...]:
    """Return things, each of two that differ by itself; without sides, the main one first."""
    shown: list[NamedThing] = []
    for thing in things:
        pair = of_each.get(thing.word, ())
        shown += [replace(thing, **each, count=1) for each in pair] or [thing]
    return tuple(shown) if held is None else _main_first(tuple(shown), held)


def _main_first(things: tuple[NamedThing, ...], held: Collection[str]) -> tuple[NamedThing, ...]:
    """Put what is huge first, what is held, signs, and what only goes with another thing last."""
    ordered = sorted(things, key=lambda one: (one.word in held, one.size != "huge"))
    return tuple(sorted(_signs_last(tuple(ordered)), key=lambda thing: thing.extra))


def is_sign(name: str) -> bool:
    """Whether a drawing only says something about the others, such as a question mark."""
    return name in SIGNS or name in {"scales", "megaphone"}


_MARKS = frozenset({"arrow", "fire", "lightning", "price-tag", "sale-tag", "sparkles", "star"})


def is_mark(name: str) -> bool:
    """Whether a drawing may be put on a photo to say something about what it shows."""
    return name in _MARKS or is_sign(name)


def is_said_outright(thing: NamedThing) -> bool:
    """Whether a sign is called by its name: a "question mark", not a "question"."""
    word, name = (each.casefold().replace("-", " ") for each in (thing.word, thing.name))
    return word.endswith(name) or word.removesuffix("s").endswith(name)


def _signs_last(things: tuple[NamedThing, ...]) -> tuple[NamedThing, ...]:
    """Put signs behind things, and leave out those there is no need for."""
    shown = [thing for thing in things if thing.name not in SIGNS]
    signs = [replace(thing, count=1) for thing in things if thing.name in SIGNS]
    room = max(0, 2 - len(shown))
    named = [sign for sign in signs[room:] if is_said_outright(sign)]
    return (*shown, *signs[:room], *named) if shown else things


_LOOK_OLD = frozenset({"abandoned", "cracked", "dirty", "mossy", "rusty", "wilted"})

_HEAPS = frozenset({"banknotes", "books", "cash-stack", "coins", "fries", "gold-bars", "money-bag"})
"""Drawings of several: their words mean many even without a plural."""

_Which = tuple[str, str | None, int, str]
"""What tells things apart: the drawing, the colour, the side of a "vs", the state."""


def _distinct(found: Mapping[_Which, NamedThing]) -> tuple[NamedThing, ...]:
    """Return things once each: without a colour one is the same as one that has it."""
    coloured = {(name, side, state) for name, colour, side, state in found if colour}
    kept = [
        (side, thing)
        for (name, colour, side, state), thing in found.items()
        if colour or (name, side, state) not in coloured
    ]
    sides = [[thing for side, thing in kept if side == which] for which in (0, 1)]
    # The first of each side of a "vs" come first; the likes of "test" stand beside them.
    heads = tuple(_signs_last(tuple(side))[0] for side in sides if side)
    return heads + tuple(thing for _, thing in kept if not any(thing is head for head in heads))


_VERSUS = re.compile(r"\b(vs|versus)\b", re.IGNORECASE)


def _is_scenery(phrase: str, scenery: Collection[str]) -> bool:
    return all(objects.fold(word) in scenery for word in _WORD.findall(phrase))
