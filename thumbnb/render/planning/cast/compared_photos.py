"""Several photos: which are compared, and which has which place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from thumbnb.render.objects.raster import can_draw
from thumbnb.render.planning.cast.sides import OTHER_SIDE
from thumbnb.render.prompt.named_thing import NamedThing
from thumbnb.render.prompt.things import is_mark
from thumbnb.render.vision import faces
from thumbnb.text import image_tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PIL import Image

    from thumbnb.render.planning.understand import ParsedBrief
    from thumbnb.render.prompt.parser import ParsedPrompt
    from thumbnb.render.scene import Figure

_BETWEEN = re.compile(r"\b(?:between|zwischen|entre)\b", re.IGNORECASE)
"""Somebody photographed stands between two photos: each is a half behind them."""


def are_side_by_side(
    parsed: ParsedBrief,
    roles: Mapping[str, str],
    portrait: str | None,
    figures: tuple[Figure, ...],
) -> bool:
    """Whether two photos that are not compared have a half each: alone, or behind somebody."""
    if portrait or figures:
        return bool(portrait and _BETWEEN.search(parsed.brief.prompt))
    compared = parsed.preset.split or parsed.prompt.compared or parsed.prompt.versus
    return not compared and set(roles.values()) == {"main"}


def person_before_image(parsed: ParsedBrief, roles: Mapping[str, str]) -> str | None:
    """Return the image of somebody who is to stand before another image, cut out of their own.

    None where they cannot be cut out for sure: then their image is shown on a card.
    """
    if parsed.preset.split or parsed.prompt.compared or parsed.prompt.versus:
        return None
    prompt = parsed.prompt
    marked = prompt.number or prompt.circle or prompt.steps
    coloured = prompt.background_colour and not marked
    alone = len(roles) == 1 and (prompt.place_behind or coloured)
    if "background" not in roles.values() and not alone:
        return None
    before = sorted(
        (name for name, role in roles.items() if role in {"front", "main"}),
        key=lambda name: roles[name] != "front",
    )
    images = parsed.brief.images()
    return next((name for name in before if _can_be_cut_out(images[name], thing=bool(alone))), None)


def _can_be_cut_out(image: Image.Image, *, thing: bool) -> bool:
    """Whether somebody can be cut out of a photo; or some ``thing``, to be put before a place."""
    if faces.find_face(image) is None and not thing:
        return False
    seen = (faces.find_cutout if thing else faces.find_person)(image)
    return seen.cut is not None and seen.face is not None


def are_rivals(prompt: ParsedPrompt, contents: Sequence[str], *, split: bool) -> bool:
    """Whether two sides are against each other, and are no before and after.

    Two states of one place or of one photo are a before and an after, whatever joins them.
    """
    if contents and split:
        return len(contents) > 1 and not prompt.compared
    return bool(contents or prompt.things or not prompt.compared)


def rival_of_photo(
    prompt: ParsedPrompt, placed: Mapping[str, Any], things: Sequence[NamedThing]
) -> NamedThing | None:
    """Return what is drawn against the one photo of a "versus": a question mark if unknown."""
    shown = [name for name in (placed["background_image"], *placed.get("card_images", ())) if name]
    said = [word for word in prompt.unknown if word not in prompt.image_words]
    if (
        placed["split"]
        or not (prompt.versus or (shown and _on_other_side(prompt, shown, things)))
        or prompt.compared
        or prompt.screens
        or len(shown) != 1
        or not can_draw()
    ):
        return None
    drawn = [t for t in things if not (is_mark(t.name) or t.between)]
    # Of "an espresso @image1 versus a golden espresso" the second one is drawn.
    drawn.sort(key=lambda thing: -sum(map(bool, (thing.colour, thing.price, thing.state))))
    if not prompt.versus:
        drawn = [thing for thing in drawn if thing.word == _on_other_side(prompt, shown, things)]
        return drawn[0] if drawn else None
    return drawn[0] if drawn else (NamedThing("question-mark", "question mark") if said else None)


def _on_other_side(
    prompt: ParsedPrompt, shown: Sequence[str], things: Sequence[NamedThing]
) -> str | None:
    """Return the word for what is on the other side than the photo, with something between."""
    side = prompt.image_sides.get(int(shown[0][5:])) if len(shown) == 1 else None
    if side is None:
        return None
    apart = any(thing.between for thing in things)
    opposite = (
        t
        for t in things
        if prompt.word_sides.get(t.word) == OTHER_SIDE[side] and (apart or t.price)
    )
    return next((thing.word for thing in opposite), None)


def beside_rival(
    rival: NamedThing, things: Sequence[NamedThing], prompt: ParsedPrompt
) -> tuple[NamedThing, ...]:
    """Return a rival, and what there is still room for: marks, what is between or in a corner."""
    others = (t for t in things if is_mark(t.name) or t.between or t.word in prompt.word_corners)
    return rival, *(thing for thing in others if thing is not rival)


def before_rival(placed: Mapping[str, Any]) -> dict[str, Any]:
    """Give the one photo of a "versus" its half."""
    photo = placed["background_image"] or placed["card_images"][0]
    return {"background_image": photo, "card_images": (), "split": True}


def place_behind_image(prompt: ParsedPrompt, portrait: str | None) -> tuple[str, ...]:
    """Return the place that is painted behind somebody cut out of the one content image."""
    own = portrait is not None and portrait.startswith("image")
    return (prompt.place_behind,) if own and prompt.place_behind else ()


def globe_behind(prompt: ParsedPrompt, text: str) -> tuple[NamedThing, ...]:
    """Return the things of a prompt, and Mars where that is a globe behind somebody in space."""
    mars = _MARS.search(text) if prompt.place_behind == "space" else None
    if mars is None or any(each.name == "mars" for each in prompt.named):
        return prompt.named
    return (NamedThing("mars", mars[0]), *prompt.named)


_MARS = re.compile(r"\bmars\b", re.IGNORECASE)


def words_name_photos(prompt: ParsedPrompt, text: str, *, photos: int) -> bool:
    """Whether the things of a prompt are what its photos show, one against the other.

    They are where none is called by its @imageN: "a rocket against a motorcycle".
    """
    compared = photos > 1 and (prompt.versus or prompt.compared)
    return compared and not image_tokens.numbers(text)


def placed_images(roles: Mapping[str, str], *, split: bool) -> dict[str, Any]:
    """Give each content image its place."""
    logo = next((n for n in roles if roles[n] == "logo"), None)
    rest = [n for n in roles if n != logo]
    split = split or {"before", "after"} <= set(roles.values())
    if split and rest:
        last = next((n for n in rest if roles[n] == "after"), None)
        # "A rocket @image1 against my old car @image2": without an after, none comes before.
        first = next((n for n in rest if roles[n] == "before" and (last or n != rest[-1])), None)
        first = first or next((n for n in rest if n != last), rest[0])
        last = last or next((n for n in reversed(rest) if n != first), first)
        after = last if last != first else None
        return {"background_image": first, "after_image": after, "logo": logo, "split": True}
    ground = next((n for n in rest if roles[n] == "background"), None)
    shown = tuple(n for n in rest if n != ground)
    return {"background_image": ground, "logo": logo, "split": split, "card_images": shown}


def on_said_sides(placed: dict[str, Any], prompt: ParsedPrompt) -> dict[str, Any]:
    """Return the places of images, two halves exchanged where each is wanted on the other side."""
    first, last = placed.get("background_image"), placed.get("after_image")
    if prompt.compared or not (first and last):
        return placed
    sides = {name: prompt.image_sides.get(int(name[5:])) for name in (first, last)}
    if sides[first] == "right" or (sides[last] == "left" and sides[first] is None):
        return {**placed, "background_image": last, "after_image": first}
    return placed
