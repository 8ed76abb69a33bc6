"""What may fill the frame behind a cast, and the cast before it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from thumbnb.render.planning.cast.grounds import ground_of_things, has_table
from thumbnb.render.planning.cast.portraits import has_person
from thumbnb.render.prompt.places.painted_places import PLACES
from thumbnb.render.prompt.thing_details.feasts import is_feast
from thumbnb.render.subjects.named_weather import weather_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render.brief import Brief
    from thumbnb.render.planning.cast.cast import BackgroundKind, Cast
    from thumbnb.render.presets import Preset
    from thumbnb.render.prompt.parser import ParsedPrompt
    from thumbnb.render.vision.faces import ImageView

MAX_CARDS = 3


def background_kinds(
    cast: Cast, prompt: ParsedPrompt, preset: Preset, view_of: Callable[[str], ImageView]
) -> list[BackgroundKind]:
    """List what may fill the frame behind a cast, the preset's own choice first."""
    patterns: list[BackgroundKind] = ["ground", "other"] if preset.other_ground else ["ground"]
    if cast.background_image:
        whole = cast.split and not (cast.person or cast.rival)
        return ["image", *patterns] if whole else ["image"]
    if cast.in_corners and cast.card_images and not cast.person:
        patterns = ["image"]  # what is in a corner, is in one of a photo that fills the frame
    elif _stays_on_card(cast, prompt):
        place = prompt.places and not prompt.background_colour
        patterns = ["painting"] if place else patterns
    elif (cast.things or cast.vessel) and not (cast.card_images and (cast.person or cast.split)):
        # An image fills the frame, so that there is room for what the prompt names.
        if fills := fills_frame(cast.card_images, view_of):
            # On a face alone words have no room.
            card = not cast.person and _is_all_face(view_of(fills))
            return ["image", *patterns] if card else ["image"]
        return [*_ground_of_things(cast, prompt, preset)] or patterns
    elif not (cast.person or cast.card_images):
        on_card = preset.paints == "card" and not prompt.subjects
        painted: list[BackgroundKind] = [] if cast.nothing else ["painting"]
        if {*prompt.subjects[:1]} & PLACES and not (cast.nothing or cast.split):
            patterns = []  # a place that is named fills the frame
        return [*patterns, *painted] if on_card else [*painted, *patterns]
    elif cast.person:
        # A person does not drive out the place that a prompt names.
        cut = bool(cast.portrait and cast.portrait.startswith("image"))
        coloured = cut and prompt.background_colour and not prompt.place_behind
        patterns = ["painting"] if prompt.subjects and not coloured else patterns
    elif fills_frame(cast.card_images, view_of) is not None:
        # An image fills the frame first; a card before a pattern is another variation.
        return ["image", *patterns]
    return patterns


def _is_all_face(view: ImageView) -> bool:
    """Whether a face takes so much of a photo that words would lie on it."""
    return bool(view.face and view.face[3] > _ALL_FACE * view.size[1])


_ALL_FACE = 0.6


def _stays_on_card(cast: Cast, prompt: ParsedPrompt) -> bool:
    """Whether an image is to leave the ground seen: on a screen, or before a colour."""
    # On a card nothing is painted over an image.
    coloured = bool(prompt.background_colour and cast.card_images and not cast.effects)
    return not cast.person and (cast.device is not None or coloured)


def fills_frame(shown: tuple[str, ...], view_of: Callable[[str], ImageView]) -> str | None:
    """Choose what fills the frame: of several, one whose face the others would not cover."""
    if len(shown) == 1:
        return shown[0]
    return next((name for name in shown if view_of(name).face is None), None)


def with_background(
    cast: Cast, back: BackgroundKind, brief: Brief, view_of: Callable[[str], ImageView]
) -> Cast:
    """Put a cast before what fills the frame."""
    shown, behind, after = cast.card_images, cast.background_image, cast.after_image
    if cast.split and behind and back != "image":
        shown, behind, after = (behind, after or behind), None, None
    if back == "image" and behind is None:
        behind = fills_frame(shown, view_of)
        assert behind is not None  # noqa: S101 - else ``background_kinds`` does not offer it
        blurred = (brief.options.background_blur or 0) >= _BLURRED
        # Blurred as a ground it would be lost, and so under cards: it is shown sharp as well.
        under_cards = len(shown) > _TWO and not cast.person
        shown_twice = under_cards or (blurred and not has_person(brief.images()[behind]))
        shown = shown if shown_twice else tuple(name for name in shown if name != behind)
    return replace(
        cast,
        table=cast.table and _needs_table(cast, back),
        background_kind=back,
        background_image=behind,
        after_image=after,
        card_images=shown[:MAX_CARDS],
        weather=weather_of(brief.prompt, cast.subject) if back == "painting" else frozenset(),
    )


def _needs_table(cast: Cast, back: BackgroundKind) -> bool:
    """Whether a table is to be drawn: not where a place has one, or the frame is cut in two."""
    shown_aside = cast.group and not is_feast(cast.things)
    has_one = back == "painting" and has_table(cast.subject) and not cast.person
    return not (has_one or cast.portrait or cast.split or cast.versus or shown_aside)


def _ground_of_things(
    cast: Cast, prompt: ParsedPrompt, preset: Preset
) -> list[Literal["painting"]]:
    two_sides = cast.versus and not cast.person
    return ground_of_things(cast.subject, prompt, preset.key, two_sides=two_sides)


_TWO = 2

_BLURRED = 15
"""From here on (of 100) a blurred image no longer shows what is in it."""
