"""What a compositor cannot do, said aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thumbnb.render.planning.context import Setup

_KEEP = {None, "keep-original"}


def confess(setup: Setup) -> None:
    """Report the options that were not, or not wholly, followed."""
    options, who, report = setup.brief.options, setup.who, setup.report
    photographed = who.portrait or who.behind or who.shown
    for option, what in (("face_expression", "expression"), ("clothing_style", "clothes")):
        if getattr(options, option) in _KEEP or who.figure:
            continue
        if photographed:
            why = f"A compositor cannot change the {what} in a photograph."
        else:
            why = "Nobody is shown: give a person, or name one in the prompt."
        report.ignored(option, why)
    if options.face_enhancement not in _KEEP and not who.portrait:
        why = "A drawn face needs none." if who.figure else "No portrait was given."
        report.ignored("face_enhancement", why)
    if setup.brief.portraits and not who.portrait:
        report.ignored("person", "The negative prompt rules people out.")
    _position(setup)
    if who.paints or who.card:
        if setup.said.subjects:
            report.applied("prompt", f"Painted by rules, not a photograph: {who.subject}.")
        else:
            report.approximated(
                "prompt", f"It names nothing that can be painted; shown instead: {who.subject}."
            )


def _position(setup: Setup) -> None:
    """Say where the words came to stand."""
    wish, report = setup.brief.options.text_position, setup.report
    if wish == "keep-original":
        report.applied("text_position", "The words stand where the preset has them.")
    elif wish in {None, "none"}:
        return
    elif setup.words is None:
        report.ignored("text_position", "There are no words to place.")
    elif setup.layout.position == wish:
        report.applied("text_position", f"The words stand at the {wish}.")
    else:
        report.approximated("text_position", f"There was only room at the {setup.layout.position}.")
