"""The cast: people and things of the brief's images and words, and their roles."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from thumbnb.render.objects.raster import can_draw
from thumbnb.render.painted_image import NAME as PAINTED
from thumbnb.render.planning.cast.action import Action, action_of
from thumbnb.render.planning.cast.compared_photos import (
    are_rivals,
    are_side_by_side,
    person_before_image,
    placed_images,
    words_name_photos,
)
from thumbnb.render.planning.cast.grounds import ground_of_things, has_table, unnamed_place
from thumbnb.render.planning.cast.invented_people import in_halves, invent_people
from thumbnb.render.planning.cast.moods import animal_mood
from thumbnb.render.planning.cast.photo_strips import is_film, photos_in_strip
from thumbnb.render.planning.cast.portraits import chosen_portrait, has_person
from thumbnb.render.planning.cast.seen_from_behind import seen_from_behind
from thumbnb.render.planning.cast.sides import wanted_sides
from thumbnb.render.planning.cast.worn import is_part_of_people
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.prompt.places import PLACES
from thumbnb.render.prompt.things import is_mark, is_said_outright, is_sign
from thumbnb.render.subjects.named_weather import weather_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from thumbnb.render.brief import Brief
    from thumbnb.render.planning.understand import ParsedBrief
    from thumbnb.render.presets import Preset
    from thumbnb.render.prompt.images.effects import PhotoEffect
    from thumbnb.render.prompt.images.relations import Side
    from thumbnb.render.prompt.images.screens import Device
    from thumbnb.render.prompt.parser import ParsedPrompt
    from thumbnb.render.prompt.things import NamedThing
    from thumbnb.render.scene import Figure
    from thumbnb.render.vision.faces import ImageView

MAX_CARDS = 3

BackgroundKind = Literal["image", "painting", "ground", "other"]
"""What fills the frame: an image, a painting, or one of a preset's two patterns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Images by their names in the scene; each part empty where there is none.

    ``behind`` fills the frame, ``shown`` stand in it on cards, ``after`` is the second half of
    a comparison (``split``), ``logo`` goes into a corner.
    """

    subject: str
    background_kind: BackgroundKind = "painting"
    portrait: str | None = None
    figures: tuple[Figure, ...] = ()
    background_image: str | None = None
    card_images: tuple[str, ...] = ()
    after_image: str | None = None
    logo: str | None = None
    things: tuple[NamedThing, ...] = ()
    rows: tuple[float, float] = (44, 676)
    """Between these heights (units) a preset lays nothing over what is shown."""
    split: bool = False
    versus: bool = False
    table: bool = False
    """Whether a table stands before who is shown: things lie on it."""
    panel: bool = False
    """Words stand on a panel of their own beside the image."""
    words_reach: tuple[float, float] | None = None
    """How far words on a side may go in from it, at the top and at the foot (units).

    None where no line parts their side from the rest.
    """
    held_words: frozenset[str] = frozenset()
    """The words of things that somebody drawn can have in their hands."""
    worn: tuple[NamedThing, ...] = ()
    """Things that somebody drawn wears, or lifts with both hands: parts of their figures."""
    face_width: float = 220.0
    """How wide the preset has a face (units)."""
    mood: str = ""
    """What animals feel: "angry", "sad", "serious", or as they are drawn."""
    photo_side: Side | None = None
    """The side of the frame that the one photo is wanted on."""
    person_side: Side | None = None
    """The side that whoever stands in front is wanted on."""
    pointing: bool = False
    """Whether whoever is drawn points at what is beside them."""
    action: Action = field(default_factory=Action)
    """What people drawn do, and where they look."""
    device: Device | None = None
    """The device that shows the first card on its screen."""
    strip: tuple[str, ...] = ()
    """Images that fill the frame side by side."""
    film: bool = False
    """They are the frames of a strip of film."""
    effects: tuple[PhotoEffect, ...] = ()
    """What is painted over the photos that fill the frame."""
    weather: frozenset[str] = frozenset()
    """What the sky does behind and before what stands under it; none before a pattern."""
    nothing: bool = False
    """Whether nothing the prompt names can be drawn; other things would only mislead."""

    @property
    def paints(self) -> bool:
        """Whether a painting of the subject fills the frame."""
        return self.background_kind == "painting"

    @property
    def card(self) -> bool:
        """Whether that painting is shown on a card."""
        return self.background_kind in {"ground", "other"} and not (
            self.person or self.card_images or self.things or self.nothing
        )

    @property
    def on_photo(self) -> bool:
        """Whether what is drawn comes to lie on a photo, which is left seen."""
        return self.background_image not in {None, PAINTED} and not self.card_images

    @property
    def person(self) -> bool:
        """Whether somebody stands in front."""
        return bool(self.portrait or self.figures)

    @property
    def group(self) -> bool:
        """Whether several people stand there."""
        return len(self.figures) > 1

    @property
    def alone(self) -> bool:
        """Whether the words have the image to themselves."""
        return not (self.person or self.card_images or self.card or self.things)


def casts_for(parsed: ParsedBrief) -> list[Cast]:
    """List who and what a brief can show, once for each background the preset has for it."""
    roles = cast_roles(parsed)
    kinds = background_kinds(roles, parsed.prompt, parsed.preset, parsed.view_of)
    if roles.nothing and not roles.person and not parsed.title:
        kinds = ["painting"]  # without words, a bare pattern would be an empty frame
    casts = [with_background(roles, kind, parsed.brief, parsed.view_of) for kind in kinds]
    return [
        replace(
            cast,
            panel=_takes_panel(cast, parsed),
            words_reach=_words_reach(cast, parsed.preset),
        )
        for cast in casts
    ]


def _words_reach(cast: Cast, preset: Preset) -> tuple[float, float] | None:
    """Return how far a preset's line leaves room for words on a side, if it draws one."""
    if cast.split:
        return None
    if cast.background_image or cast.paints:
        recipe = preset.panel
    else:
        recipe = preset.other_ground if cast.background_kind == "other" else preset.ground
    lines = [step for step in recipe if step["kind"] == "wedge" and step.get("edge")]
    if not lines:
        return None
    top, foot = float(lines[0]["top"]), float(lines[0]["bottom"])
    if lines[0]["side"] != "$words":
        return top, foot
    # Its own edge lies within the field of the words.
    edge = 2 * abs(float(lines[0].get("edge_width", 0)))
    return 1280 - top - edge, 1280 - foot - edge


def _takes_panel(cast: Cast, parsed: ParsedBrief) -> bool:
    """Whether an image leaves a side of the sheet to a preset's panel of words."""
    image = cast.background_image not in {None, PAINTED}
    return bool(
        image
        and parsed.preset.panel
        and parsed.title
        and not (cast.split or cast.person or cast.strip)
    )


def cast_roles(parsed: ParsedBrief) -> Cast:
    """Decide who and what is shown; ``with_background`` decides in front of what."""
    brief, prompt, preset = parsed.brief, parsed.prompt, parsed.preset
    if brief.painted is not None:
        return _painted_roles(parsed)
    contents = [name for name in brief.images() if name.startswith("image")]
    roles = {name: prompt.roles.get(int(name[5:]), "main") for name in contents}
    with_person = "person" not in parsed.excluded
    portrait = chosen_portrait(brief, parsed.turn) if with_person else None
    if with_person and not portrait and (front := person_before_image(parsed, roles)):
        portrait = front
        roles = {name: role for name, role in roles.items() if name != front}
    figures: tuple[Figure, ...] = ()
    named = prompt.person and (prompt.own_people or not contents)
    if not portrait and named and with_person and not _shows_people(contents, parsed):
        figures = invent_people(parsed)
    things = _things_to_draw(parsed, photos=len(contents), with_portrait=bool(portrait))
    if prompt.from_behind and len(figures) == len(contents) == 1 and can_draw():
        figures, things = (), seen_from_behind(prompt.people.words[0], things)
    places = prompt.places if prompt.things else prompt.subjects
    if not places and (place := unnamed_place(prompt)):
        places = (place,)
    nothing = not (places or prompt.things or figures or contents) and bool(prompt.unknown)
    subjects = places or (("abstract",) if nothing else parse_prompt(preset.place).subjects)
    pair = len(contents) == _SIDES and are_side_by_side(parsed, roles, portrait, figures)
    sides = (prompt.versus or pair) and len(contents) > 1
    placed = placed_images(roles, split=preset.split or prompt.compared or sides)
    against_thing = prompt.versus and len(figures) == 1 and bool(prompt.things)
    halves = (placed["split"] or prompt.versus) and not against_thing
    if halves and not contents and len(figures) <= _SIDES:
        figures = in_halves(figures, brief.prompt, versus=prompt.versus)
    if portrait or figures:
        placed |= _behind_person(placed, roles, parsed.view_of)
    elif strip := photos_in_strip(brief.prompt, placed.get("card_images", ()), roles):
        placed |= {"background_image": strip[0], "card_images": (), "strip": strip}
        placed["film"] = is_film(brief.prompt)
    photo_side, person_side = wanted_sides(prompt, contents, portrait)
    worn = [thing for thing in things if figures and is_part_of_people(thing, prompt)]
    return Cast(
        subject=subjects[0],
        portrait=portrait,
        figures=figures,
        things=tuple(thing for thing in things if thing not in worn),
        worn=tuple(worn),
        versus=pair
        or (prompt.versus and are_rivals(prompt, contents, split=bool(placed["split"]))),
        nothing=nothing,
        table=bool(prompt.surface and can_draw() and not contents),
        rows=preset.rows,
        held_words=prompt.held_words,
        face_width=preset.face_width * (_TINY if figures and prompt.tiny_people else 1.0),
        mood=animal_mood(parsed),
        pointing=prompt.pointing,
        action=action_of(prompt),
        device=_device(prompt, placed.get("card_images", ())),
        photo_side=photo_side,
        person_side=person_side,
        effects=prompt.effects if contents else (),
        **placed,
    )


_SIDES = 2

_TINY = 0.55
"""How large somebody is who is said to be tiny, of what others are."""


def _things_to_draw(
    parsed: ParsedBrief, *, photos: int, with_portrait: bool
) -> tuple[NamedThing, ...]:
    """Return what is drawn: beside images, neither what they show nor mere signs.

    Beside somebody photographed that is also what would else be painted as the whole ground.
    """
    if not can_draw():
        return ()
    prompt, with_images = parsed.prompt, photos > 0
    if not with_images and (prompt.things or not with_portrait):
        return prompt.things
    shown = words_name_photos(prompt, parsed.brief.prompt, photos=photos)
    return tuple(
        thing
        for thing in prompt.named
        if not shown or is_mark(thing.name)
        if (with_images and is_said_outright(thing)) or not is_sign(thing.name)
        if not (with_images and thing.word in prompt.image_words)
        if thing.name not in prompt.screens.values()
        if not (with_images and any(effect.shows(thing.word) for effect in prompt.effects))
    )


def _painted_roles(parsed: ParsedBrief) -> Cast:
    """Cast an image that an engine painted, and what it was not given to paint."""
    brief, prompt = parsed.brief, parsed.prompt
    left = [
        name
        for name in brief.images()
        if name.startswith("image") and not brief.is_in_painting(name)
    ]
    logo = next((name for name in left if prompt.roles.get(int(name[5:])) == "logo"), None)
    portrait = None
    if "person" not in parsed.excluded and not brief.is_in_painting("portrait1"):
        portrait = chosen_portrait(brief, parsed.turn)
    return Cast(
        subject=(prompt.subjects or parse_prompt(parsed.preset.place).subjects)[0],
        background_image=PAINTED,
        portrait=portrait,
        card_images=tuple(name for name in left if name != logo),
        logo=logo,
    )


def _behind_person(
    placed: Mapping[str, Any], roles: Mapping[str, str], view_of: Callable[[str], ImageView]
) -> dict[str, Any]:
    """Have an image fill the frame behind a person, unless the prompt puts it beside them."""
    if placed["background_image"] or placed["split"]:
        return {}
    shown = placed["card_images"]
    free = tuple(name for name in shown if roles[name] not in {"beside", "screen"})
    behind = (_background_image(free, view_of) or free[0]) if free else None
    if behind is None:
        return {}
    return {
        "background_image": behind,
        "card_images": tuple(name for name in shown if name != behind),
    }


def _shows_people(contents: Sequence[str], parsed: ParsedBrief) -> bool:
    """Whether an image may be of the person that the prompt names, or two are compared."""
    if len(contents) > 1 and (parsed.prompt.versus or parsed.prompt.compared):
        return True
    if parsed.prompt.new_people:
        return False
    return any(parsed.view_of(name).face is not None for name in contents)


def background_kinds(
    cast: Cast, prompt: ParsedPrompt, preset: Preset, view_of: Callable[[str], ImageView]
) -> list[BackgroundKind]:
    """List what may fill the frame behind a cast, the preset's own choice first."""
    patterns: list[BackgroundKind] = ["ground", "other"] if preset.other_ground else ["ground"]
    if cast.background_image:
        return ["image", *patterns] if cast.split and not cast.person else ["image"]
    if _stays_on_card(cast, prompt):
        place = prompt.places and not prompt.background_colour
        patterns = ["painting"] if place else patterns
    elif cast.things and not (cast.card_images and (cast.person or cast.split)):
        # An image fills the frame, so that there is room for what the prompt names.
        fills = _background_image(cast.card_images, view_of) is not None
        return ["image"] if fills else [*_ground_of_things(cast, prompt, preset)] or patterns
    elif not (cast.person or cast.card_images):
        if {*prompt.subjects[:1]} & PLACES and not (cast.nothing or cast.split):
            return ["painting"]  # a place that is named fills the frame
        on_card = preset.paints == "card" and not prompt.subjects
        painted: list[BackgroundKind] = [] if cast.nothing else ["painting"]
        return [*patterns, *painted] if on_card else [*painted, *patterns]
    elif cast.person:
        # A person does not drive out the place that a prompt names.
        patterns = ["painting"] if prompt.subjects else patterns
    elif _background_image(cast.card_images, view_of) is not None:
        # An image fills the frame first; a card before a pattern is another variation.
        return ["image", *patterns]
    return patterns


def _device(prompt: ParsedPrompt, shown: Sequence[str]) -> Device | None:
    """Return the device on whose screen the first image on a card is wanted."""
    return prompt.screens.get(int(shown[0][5:])) if shown else None


def _stays_on_card(cast: Cast, prompt: ParsedPrompt) -> bool:
    """Whether an image is to leave the ground seen: on a screen, or before a colour."""
    coloured = bool(prompt.background_colour and cast.card_images)
    return not cast.person and (cast.device is not None or coloured)


def _background_image(shown: tuple[str, ...], view_of: Callable[[str], ImageView]) -> str | None:
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
        behind = _background_image(shown, view_of)
        assert behind is not None  # noqa: S101 - else ``background_kinds`` does not offer it
        blurred = (brief.options.background_blur or 0) >= _BLURRED
        # Blurred as a ground it would be lost, and so under cards: it is shown sharp as well.
        under_cards = len(shown) > _SIDES and not cast.person
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
    has_one = back == "painting" and has_table(cast.subject) and not cast.person
    return not (has_one or cast.portrait or cast.split or cast.versus or cast.group)


def _ground_of_things(
    cast: Cast, prompt: ParsedPrompt, preset: Preset
) -> list[Literal["painting"]]:
    two_sides = cast.versus and not cast.person
    return ground_of_things(cast.subject, prompt, preset.key, two_sides=two_sides)


_BLURRED = 15
"""From here on (of 100) a blurred image no longer shows what is in it."""
