"""The compositor's limitations, reported for each option."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import numpy as np

from thumbnb.render.objects.painting import credit
from thumbnb.render.objects.raster import can_draw
from thumbnb.render.painted_image import NAME as PAINTED
from thumbnb.render.planning.cast.compared_photos import words_name_photos
from thumbnb.render.planning.cast.moods import GRIM_FORMS
from thumbnb.render.planning.marked_part import looked_for
from thumbnb.render.planning.marks.lost_part import lost_part
from thumbnb.render.planning.people.acting import acting
from thumbnb.render.planning.people.carried import in_both_hands
from thumbnb.render.planning.photos.effect_layers import is_cut_from_photo
from thumbnb.render.planning.shown.drawn_things import DrawnThings, drawn_things
from thumbnb.render.planning.shown.parts import words_of_parts
from thumbnb.render.prompt.images.mark_places import mark_place
from thumbnb.render.prompt.images.photo_words import CLAUSES, names_photo
from thumbnb.render.prompt.things import is_mark
from thumbnb.render.subjects import SUBJECTS, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    from thumbnb.render.brief import Brief
    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.planning.context import PlanContext
    from thumbnb.render.planning.marks.mark_layers import PhotoMarks
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.prompt.parser import ParsedPrompt
    from thumbnb.render.report import Report
    from thumbnb.render.scene import Layer

_MAX_UNKNOWN = 8
"""So many words that cannot be drawn are named in a report."""

_KEEP = {None, "keep-original"}


def report_content_images(cast: Cast, brief: Brief, report: Report) -> None:
    """Say which content images are in the image."""
    contents = [name for name in brief.images() if name.startswith("image")]
    used = {
        cast.background_image,
        cast.after_image,
        cast.logo,
        cast.portrait,
        *cast.card_images,
        *cast.strip,
        *(inset.image for inset in cast.insets),
        *(one.image for one in cast.cut_pair),
    }
    if shown := [f"@{name}" for name in contents if name in used]:
        report.applied("content_images", f"In the image: {', '.join(shown)}.")
    if given := [f"@{name}" for name in contents if brief.is_in_painting(name)]:
        report.approximated("content_images", f"The engine worked from {', '.join(given)}.")
    contents = [name for name in contents if not brief.is_in_painting(name)]
    if left := [f"@{name}" for name in contents if name not in used]:
        report.ignored("content_images", f"No room for {', '.join(left)}.")


def report_limitations(context: PlanContext, marks: PhotoMarks, layers: Sequence[Layer]) -> None:
    """Report the options that were not, or not wholly, followed in the ``layers`` of a scene."""
    options, cast, report = context.brief.options, context.cast, context.report
    photographed = cast.portrait or cast.background_image or cast.card_images
    for option, what in (("face_expression", "expression"), ("clothing_style", "clothes")):
        if getattr(options, option) in _KEEP or cast.figures:
            continue
        if context.brief.painted and not cast.portrait:
            report.approximated(option, f"The engine was asked for {what} like that.")
            continue
        if photographed:
            why = f"A compositor cannot change the {what} in a photograph."
        else:
            why = "Nobody is shown: give a person, or name one in the prompt."
        report.ignored(option, why)
    if options.face_enhancement not in _KEEP and not cast.portrait:
        why = "A drawn face needs none." if cast.figures else "No portrait was given."
        report.ignored("face_enhancement", why)
    if context.brief.is_in_painting("portrait1"):
        report.approximated("person", "The engine worked from the portraits.")
    elif context.brief.portraits and not (cast.portrait or cast.face_cam):
        report.ignored("person", "The negative prompt rules people out.")
    _position(context)
    _report_prompt(context, marks, layers)


def _report_prompt(context: PlanContext, marks: PhotoMarks, layers: Sequence[Layer]) -> None:
    """Report, noun by noun, what of the prompt is shown and what is not."""
    cast, report, prompt = context.cast, context.report, context.parsed
    if context.brief.painted is not None:
        price = context.brief.painted.price
        report.applied(
            "prompt", f"Painted by {context.brief.painted.engine}{price and ', '}{price}."
        )
        if letters := context.brief.painted.letters:
            report.approximated("engine", f"It painted letters unasked: {', '.join(letters)}.")
        return
    laid_out = _laid_out(cast, marks, layers)
    _report_drawn(context, marks, laid_out.seen)
    drawn = (*laid_out.seen, *_report_worn(cast, report))
    _report_effects(cast, report)
    if painted := cast.paints or cast.card:
        _report_painting(context)
    in_images = _shown_by_images(context)
    things = prompt.named if context.brief.content_images else prompt.things
    named = [thing for thing in things if thing.word not in in_images]
    if words_name_photos(prompt, context.brief.prompt, photos=len(context.brief.content_images)):
        named = [thing for thing in named if thing in drawn or is_mark(thing.name)]
    if any(thing.name == "arrow" and thing not in drawn for thing in named) and (
        lost := lost_part(context, "arrow")
    ):
        report.ignored("prompt", f"No arrow: where the {lost} is in the photo is not known.")
        named = [thing for thing in named if thing.name != "arrow"]
    frightening = {thing.word for thing in drawn if thing.name in GRIM_FORMS}
    on_table = (*drawn, *(thing for thing in named if thing.name == "table"))
    tables = {thing.word for thing in on_table if cast.table}
    does = acting(cast, context.layout)
    tools = {thing.word for thing in named if does and does.is_tool(thing)}
    shown_else = frightening | in_both_hands(cast) | tables | tools
    left = [each for each in named if each not in drawn and each.word not in shown_else]
    left = [each for each in left if not _is_of_photo(each, drawn, context)]
    left += [each for each in laid_out.hidden if each in things and each not in left]
    _report_left_out(report, left, laid_out.hidden)
    marked = {prompt.circle_part, prompt.arrow_part}
    in_photo = bool(context.brief.content_images) and (
        not prompt.own_people or marked.issuperset(prompt.people.words)
    )
    absent = prompt.person and not (
        cast.person or cast.corner_figure or in_photo or _shows_face(context)
    )
    if prompt.from_behind and any(not each.from_behind for each in context.cast.figures):
        report.approximated("prompt", "People are drawn from the front only, not from behind.")
    if absent:
        names = ", ".join(dict.fromkeys(prompt.people.words))
        report.ignored("prompt", f"Nobody is shown for {names}: give a portrait.")
    elsewhere = _report_places_left_out(context, painted=bool(painted))
    _report_grey(context)
    _report_taken_as_seen(context)
    in_images |= words_of_parts(cast, drawn, prompt.unknown)
    if unknown := [word for word in prompt.unknown if word not in in_images]:
        names = ", ".join(unknown[:_MAX_UNKNOWN])
        report.ignored("prompt", f"Nothing can be drawn for: {names}.")
    shown = (
        len(drawn)
        + len({cast.subject} & set(prompt.subjects) if painted else ())
        + bool(cast.person and prompt.people.words)
    )
    report.count_nouns(shown=shown, missing=len(left) + len(unknown) + len(elsewhere) + absent)


def _report_left_out(
    report: Report, left: Sequence[NamedThing], hidden: Sequence[NamedThing]
) -> None:
    """Report things that are not seen: those there is no room for, and those others hide."""
    why = "There is no room for" if can_draw() else "Without resvg-py nothing can be drawn of"
    if without := [each.word for each in left if each not in hidden]:
        report.ignored("prompt", f"{why} {', '.join(without)}.")
    if behind := [each.word for each in left if each in hidden]:
        report.ignored("prompt", f"Hidden by what stands before it: {', '.join(behind)}.")


def _is_of_photo(thing: NamedThing, drawn: Sequence[NamedThing], context: PlanContext) -> bool:
    """Whether a photo shows a thing of the same name as one that is drawn against it."""
    alike = any(thing.name == each.name for each in drawn)
    return alike and _is_name_of_photo(context.brief.prompt, thing.word)


def _report_places_left_out(context: PlanContext, *, painted: bool) -> tuple[str, ...]:
    """Report the places that two sides or a photo leave no room for; return those of a photo."""
    cast, report, prompt = context.cast, context.report, context.parsed
    if prompt.places and cast.versus and cast.things and not (cast.person or painted):
        names = ", ".join(prompt.places)
        report.ignored("prompt", f"Two sides have grounds of their own: no {names}.")
    elsewhere = prompt.places_beside if _shows_effects(cast) else ()
    if cast.portrait and cast.paints and prompt.place_behind:
        return ()
    if cast.photo_ground == prompt.place_behind and cast.photo_ground:
        report.approximated("prompt", "The photo could not be cut out: it fades into its place.")
    elif prompt.place_behind and not cast.paints:
        elsewhere = tuple(dict.fromkeys((*elsewhere, prompt.place_behind)))
    if elsewhere:
        report.ignored("prompt", f"The photo keeps its own place: no {', '.join(elsewhere)}.")
    return elsewhere


def _report_taken_as_seen(context: PlanContext) -> None:
    """Report what of the prompt is not drawn because a photo is taken to show it."""
    text, prompt = context.brief.prompt, context.parsed
    taken = [
        thing.word
        for thing in (prompt.named if context.brief.content_images else ())
        if thing.word in prompt.image_words and not _is_name_of_photo(text, thing.word)
        if not any(effect.shows(thing.word) for effect in prompt.effects)
    ]
    if taken:
        words = ", ".join(dict.fromkeys(taken))
        context.report.approximated("prompt", f"Not drawn, as the photo is taken to show: {words}.")


def _is_name_of_photo(text: str, word: str) -> bool:
    """Whether a word names an @imageN: before it in its clause, or as in "@image1 is the cat"."""
    for at in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text):
        if names_photo(text[: at.start()], text[at.end() :]):
            return True
    clauses = (clause.partition("@image") for clause in CLAUSES.split(text))
    return any(token and word in before for before, token, _ in clauses)


_GREY = 6.0
"""Where red, green and blue differ by less than that (of 255) on average, a photo is grey."""


def _is_grey(image: Image.Image) -> bool:
    return (
        float(np.ptp(np.asarray(image.convert("RGB").resize((48, 27)), float), axis=2).mean())
        < _GREY
    )


def _report_grey(context: PlanContext) -> None:
    """Report the colours that a prompt says of photos without any."""
    cast, colours = context.cast, context.parsed.colours
    shown = [name for name in (cast.background_image, cast.after_image) if name]
    if not colours or PAINTED in shown or not shown or context.parsed.background_colour:
        return
    if all(_is_grey(context.image(name)) for name in shown):
        report = context.report
        report.ignored("prompt", f"A photo in grey is not coloured: no {', '.join(colours)}.")


def _shown_by_images(context: PlanContext) -> frozenset[str]:
    """Return the words for what images and figures show, or is around them: a circle, a device."""
    prompt, device = context.parsed, context.cast.device
    words = prompt.image_words if context.brief.content_images else frozenset()
    if context.cast.figures or context.cast.corner_figure:
        words |= frozenset(prompt.people.words)
    if _shows_effects(context.cast):
        said = [*(thing.word for thing in prompt.named), *prompt.unknown]
        words |= {word for word in said if any(one.shows(word) for one in context.cast.effects)}
    if prompt.circle:
        words |= {prompt.circle.word}
    if device:
        words |= {thing.word for thing in prompt.named if thing.name == device} | {"screen"}
    return words


def _laid_out(cast: Cast, marks: PhotoMarks, layers: Sequence[Layer]) -> DrawnThings:
    """Return what of the things of a cast is to be seen: on photos, what is put on them."""
    if cast.on_photo or cast.card_images:
        return DrawnThings(marks.things, ())
    return drawn_things(cast, layers)


def _report_drawn(context: PlanContext, marks: PhotoMarks, drawn: Sequence[NamedThing]) -> None:
    """Report what is drawn."""
    cast, report, prompt = context.cast, context.report, context.parsed
    circle = prompt.circle
    known = _place_is_known(context, "arrow")
    parts = {"arrow": prompt.arrow_part} if cast.on_photo and not known else {}
    guessed = [thing for thing in drawn if parts.get(thing.name)]
    for thing in guessed:
        _report_guess(report, thing.word, str(parts[thing.name]))
    if sure := [thing for thing in drawn if thing not in guessed]:
        words = ", ".join(thing.described for thing in sure)
        report.applied("prompt", f"Drawn, not photographed: {words}.")
    for thanks in {credit(thing.name) for thing in drawn} - {None}:
        report.applied("credits", str(thanks))
    if cast.device:
        report.applied("prompt", f"Drawn, with an image on its screen: {cast.device}.")
    _report_number(prompt, report, shown=marks.number)
    if circle:
        _report_circle(context, circle.word, drawn=marks.circle)


def _report_number(prompt: ParsedPrompt, report: Report, *, shown: bool) -> None:
    """Report the large number, or the numbers of steps, that a prompt wants."""
    for number, name in ((prompt.number, "a large number"), (prompt.steps, "the numbers 1 to")):
        if number and shown:
            report.applied("prompt", f"Set large: {name} {number}.")
        elif number:
            report.ignored("prompt", f"There is no room for {name} {number}.")


def _place_is_known(context: PlanContext, mark: Literal["arrow", "circle"]) -> bool:
    """Whether a place is said of a mark that is known: a corner, a side, a face that is found."""
    place = mark_place(context.brief.prompt, mark)
    if place is None or (place.what == "face" and not _shows_face(context)):
        return False
    name = context.cast.background_image
    return place.what != "look" or bool(name and looked_for(context.image(name), place))


def _report_circle(context: PlanContext, word: str, *, drawn: bool) -> None:
    report, part = context.report, context.parsed.circle_part
    lost = None if drawn else lost_part(context, "circle")
    if lost:
        report.ignored("prompt", f"No circle: where the {lost} is in the photo is not known.")
    elif not drawn:
        report.ignored("prompt", f"There is no room for a {word}.")
    elif part and not _place_is_known(context, "circle"):
        _report_guess(report, word, part)
    else:
        report.applied("prompt", f"Drawn around what the photo shows: {word}.")


def _shows_effects(cast: Cast) -> bool:
    """Whether effects are painted: over a photo that fills the frame, on no card."""
    return cast.background_image not in {None, PAINTED} or is_cut_from_photo(cast)


def _report_effects(cast: Cast, report: Report) -> None:
    """Report what is painted over the photos, or that it cannot be."""
    if not cast.effects:
        return
    words = ", ".join(dict.fromkeys(effect.word for effect in cast.effects))
    if _shows_effects(cast):
        report.applied("prompt", f"Painted over the photo: {words}.")
    else:
        report.ignored("prompt", f"Over a photo on a card nothing is painted: {words}.")


def _report_worn(cast: Cast, report: Report) -> tuple[NamedThing, ...]:
    """Report what is a part of somebody drawn, and return it."""
    if cast.worn:
        words = ", ".join(thing.described for thing in cast.worn)
        report.applied("prompt", f"Drawn on who wears or lifts it: {words}.")
    if cast.vessel:
        report.applied("prompt", f"Drawn with people in it: {cast.vessel.described}.")
        return (*cast.worn, cast.vessel)
    return cast.worn


def _report_guess(report: Report, mark: str, part: str) -> None:
    report.approximated(
        "prompt",
        f"The {mark} is at the middle of what the photo shows: where its {part} is is not known.",
    )


def _shows_face(context: PlanContext) -> bool:
    """Whether one of the images shown has a face in it."""
    names = (context.cast.background_image, context.cast.after_image, *context.cast.card_images)
    return any(name and context.view_of(name).face for name in names)


def _report_painting(context: PlanContext) -> None:
    """Report what is painted: what the prompt names, what stands in for it, or the usual place."""
    cast, report, prompt = context.cast, context.report, context.parsed
    if prompt.subjects or prompt.places:
        _report_place(cast.subject, report)
    elif cast.things:
        light = f", {', '.join(prompt.hours)}" if prompt.hours else ""
        report.applied("prompt", f"Set where it is found: {cast.subject}{light}.")
    elif not cast.nothing:
        report.approximated(
            "prompt", f"It names nothing that can be painted; shown instead: {cast.subject}."
        )


def _report_place(subject: str, report: Report) -> None:
    """Report a painted subject; without resvg another one stands in for a drawn place."""
    kind = SUBJECTS[subject]
    if not issubclass(kind, Place):
        report.applied("prompt", f"Painted by rules, not a photograph: {subject}.")
    elif can_draw():
        report.applied("prompt", f"Drawn as a place, not a photograph: {subject}.")
    else:
        report.approximated(
            "prompt", f"Without resvg-py no {subject} can be drawn; painted instead: {kind.near}."
        )


def _position(context: PlanContext) -> None:
    """Return where the words came to stand."""
    wanted, report = context.brief.options.text_position, context.report
    if wanted == "keep-original":
        report.applied("text_position", "The words stand where the preset has them.")
    elif wanted in {None, "none"}:
        return
    elif context.words is None:
        report.ignored("text_position", "There are no words to place.")
    elif context.layout.position == wanted:
        report.applied("text_position", f"The words stand at the {wanted}.")
    else:
        report.approximated(
            "text_position", f"There was room only at the {context.layout.position}."
        )
