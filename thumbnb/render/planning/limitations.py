"""What a compositor cannot do, said aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thumbnb.render.planning.context import PlanContext

_KEEP = {None, "keep-original"}


def report_limitations(context: PlanContext) -> None:
    """Report the options that were not, or not wholly, followed."""
    options, cast, report = context.brief.options, context.cast, context.report
    photographed = cast.portrait or cast.background_image or cast.card_images
    for option, what in (("face_expression", "expression"), ("clothing_style", "clothes")):
        if getattr(options, option) in _KEEP or cast.figure:
            continue
        if photographed:
            why = f"A compositor cannot change the {what} in a photograph."
        else:
            why = "Nobody is shown: give a person, or name one in the prompt."
        report.ignored(option, why)
    if options.face_enhancement not in _KEEP and not cast.portrait:
        why = "A drawn face needs none." if cast.figure else "No portrait was given."
        report.ignored("face_enhancement", why)
    if context.brief.portraits and not cast.portrait:
        report.ignored("person", "The negative prompt rules people out.")
    _position(context)
    if cast.paints or cast.card:
        if context.parsed.subjects:
            report.applied("prompt", f"Painted by rules, not a photograph: {cast.subject}.")
        else:
            report.approximated(
                "prompt", f"It names nothing that can be painted; shown instead: {cast.subject}."
            )


def _position(context: PlanContext) -> None:
    """Say where the words came to stand."""
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
