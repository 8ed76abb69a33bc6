"""The roles of a brief: who and what of its images and words is shown, and as what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from thumbnb.render.objects.raster import can_draw
from thumbnb.render.objects.vocabulary.thing_kinds import HEAVENLY
from thumbnb.render.painted_image import NAME as PAINTED
from thumbnb.render.planning.cast.backgrounds import background_kinds, fills_frame, with_background
from thumbnb.render.planning.cast.cast import Cast
from thumbnb.render.planning.cast.compared_photos import (
    are_rivals,
    are_side_by_side,
    before_rival,
    beside_rival,
    globe_behind,
    on_said_sides,
    person_before_image,
    place_behind_image,
    placed_images,
    rival_of_photo,
    words_name_photos,
)
from thumbnb.render.planning.cast.compared_things import (
    are_compared_rooms,
    are_compared_things,
    pair_first,
)
from thumbnb.render.planning.cast.cut_pair import before_one_place, cut_pair
from thumbnb.render.planning.cast.face_cam import face_cam
from thumbnb.render.planning.cast.grounds import (
    drawn_half,
    photo_ground,
    places_of,
    places_of_halves,
)
from thumbnb.render.planning.cast.insets import corner_figure, insets
from thumbnb.render.planning.cast.invented_people import invent_people
from thumbnb.render.planning.cast.moods import animal_mood, in_grim_forms
from thumbnb.render.planning.cast.people_in_halves import feels_in_both, in_halves
from thumbnb.render.planning.cast.photo_strips import is_film, photos_in_strip
from thumbnb.render.planning.cast.portraits import chosen_portrait
from thumbnb.render.planning.cast.said_of_each import holder_of
from thumbnb.render.planning.cast.seen_from_behind import (
    action_of_people,
    from_behind,
)
from thumbnb.render.planning.cast.sides import wanted_sides
from thumbnb.render.planning.cast.vessel import aboard
from thumbnb.render.planning.cast.worn import is_part_of_people, is_tool
from thumbnb.render.prompt.images.roles import fills_all
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.render.prompt.people.poses import mood_of_pose
from thumbnb.render.prompt.places.painted_places import SHOWN_BY
from thumbnb.render.prompt.thing_details.each_hand import find_in_each_hand
from thumbnb.render.prompt.thing_details.feasts import is_feast
from thumbnb.render.prompt.things import is_mark, is_said_outright, is_sign

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from thumbnb.render.planning.understand import ParsedBrief
    from thumbnb.render.presets import Preset
    from thumbnb.render.prompt.images.screens import Device
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.prompt.parser import ParsedPrompt
    from thumbnb.render.scene import Figure
    from thumbnb.render.vision.faces import ImageView


def casts_for(parsed: ParsedBrief) -> list[Cast]:
    """List who and what a brief can show, once for each background the preset has for it."""
    roles = cast_roles(parsed)
    kinds = background_kinds(roles, parsed.prompt, parsed.preset, parsed.view_of)
    if roles.half_subjects:
        kinds = ["painting"]
    if roles.cut_pair:
        kinds = ["painting"] if parsed.prompt.subjects else ["ground"]
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
        and not (cast.split or cast.person or cast.strip or cast.fills)
    )


def cast_roles(parsed: ParsedBrief) -> Cast:
    """Decide who and what is shown; ``with_background`` decides in front of what."""
    brief, prompt, preset = parsed.brief, parsed.prompt, parsed.preset
    if brief.painted is not None:
        return _painted_roles(parsed)
    given = [name for name in brief.images() if name.startswith("image")]
    framed = insets(prompt.insets, given, parsed.view_of, preset.rows)
    contents = [name for name in given if name not in {inset.image for inset in framed}]
    roles = {name: prompt.roles.get(int(name[5:]), "main") for name in contents}
    with_person = "person" not in parsed.excluded
    portrait = chosen_portrait(brief, parsed.turn) if with_person else None
    if with_person and not portrait and (front := person_before_image(parsed, roles)):
        portrait = front
        roles = {name: role for name, role in roles.items() if name != front}
    camera = face_cam(brief.prompt, portrait, photos=len(contents))
    portrait = None if camera else portrait
    figures: tuple[Figure, ...] = ()
    named = prompt.person and (prompt.own_people or not contents)
    if not (portrait or camera) and named and with_person and not _shows_people(given, parsed):
        figures = invent_people(parsed)
    things = in_grim_forms(
        parsed, _things_to_draw(parsed, photos=len(contents), with_portrait=bool(portrait))
    )
    small = corner_figure(figures, prompt) if contents else None
    figures = () if small else from_behind(figures, prompt, photos=len(contents))
    places = places_of(prompt)
    nothing = not (places or prompt.things or figures or contents) and bool(prompt.unknown)
    places = place_behind_image(prompt, portrait) or places
    subjects = places or (("abstract",) if nothing else parse_prompt(preset.place).subjects)
    pair = len(contents) == _SIDES and are_side_by_side(parsed, roles, portrait, figures)
    sides = (prompt.versus or pair) and len(contents) > 1
    placed = on_said_sides(
        placed_images(roles, split=preset.split or prompt.compared or sides), prompt
    )
    against_thing = prompt.versus and len(figures) == 1 and bool(prompt.things)
    halves = (placed["split"] or prompt.versus) and not against_thing
    rooms, between, in_each_hand = _stands_between(
        parsed, alone=len(figures) == 1 and not contents, split=placed["split"]
    )
    if halves and not contents and len(figures) <= _SIDES and not between:
        figures = in_halves(figures, brief.prompt, versus=prompt.versus)
    if portrait or figures:
        placed |= _behind_person(placed, roles, parsed.view_of)
    elif strip := photos_in_strip(brief.prompt, placed.get("card_images", ()), roles):
        placed |= {"background_image": strip[0], "card_images": (), "strip": strip}
        placed["film"] = is_film(brief.prompt)
    cuts = () if portrait or figures else cut_pair(parsed, contents)
    placed = before_one_place() if cuts else placed
    if rival := None if portrait or figures else rival_of_photo(prompt, placed, things):
        things = beside_rival(rival, things, prompt)
        placed |= before_rival(placed)
    drawn = None if portrait or figures or things else drawn_half(brief.prompt, contents)
    placed |= before_rival(placed) if drawn else {}
    photo_side, person_side = wanted_sides(prompt, contents, portrait, framed)
    things = _shown_first(things, prompt, between=between) if figures else things
    worn = [t for t in things if (figures or small) and is_part_of_people(t, prompt)]
    vessel = prompt.vessel if figures and not (halves or contents or prompt.versus) else None
    figures, onlookers = (figures, ()) if vessel or halves else _with_onlookers(figures, prompt)
    return Cast(
        subject=subjects[0],
        portrait=portrait,
        figures=figures,
        things=tuple(
            thing
            for thing in things
            if not (thing in worn or (vessel and vessel.word == thing.word))
        ),
        vessel=vessel,
        aboard=aboard(vessel, prompt.people, brief.prompt, len(figures)) if vessel else 0,
        worn=tuple(worn),
        versus=pair
        or bool(rival)
        or (prompt.versus and are_rivals(prompt, contents, split=bool(placed["split"]))),
        between=between,
        in_each_hand=in_each_hand,
        holder=holder_of(prompt.people.parts, prompt.held_words),
        rooms=rooms,
        half_subjects=places_of_halves(brief.prompt, versus=prompt.versus)
        if (figures or placed["split"]) and halves and not (contents or portrait or between)
        else None,
        drawn_half=drawn,
        photo_ground=""
        if portrait or figures or placed["split"]
        else photo_ground(prompt, [parsed.view_of(name) for name in contents]),
        nothing=nothing,
        table=bool((prompt.surface or is_feast(things)) and can_draw() and not contents),
        rows=preset.rows,
        bars=next((step["height"] for step in preset.last if step["kind"] == "bars"), 0.0),
        held_words=prompt.held_words | {t.word for t in things if is_tool(t, prompt)},
        face_width=preset.face_width * (_TINY if figures and prompt.tiny_people else 1.0),
        mood=animal_mood(parsed),
        pointing=prompt.pointing,
        roles=prompt.people.roles,
        animal_act=prompt.animal_act,
        tiny=prompt.tiny_people,
        onlookers=onlookers,
        action=action_of_people(figures, prompt),
        device=_device(prompt, placed.get("card_images", ())),
        photo_side=photo_side,
        fills=fills_all(brief.prompt),
        person_side=person_side,
        effects=prompt.effects if contents else (),
        rival=rival,
        face_cam=camera,
        insets=framed,
        cut_pair=cuts,
        corner_figure=small,
        **placed,
    )


def _stands_between(
    parsed: ParsedBrief, *, alone: bool, split: bool
) -> tuple[bool, bool, tuple[NamedThing, NamedThing] | None]:
    """Return whether whoever is ``alone`` stands between two rooms; and between two things at all.

    Two states of one room are two things, too, and so is what is in each hand, returned last.
    """
    prompt, preset, text = parsed.prompt, parsed.preset, parsed.brief.prompt
    rooms = alone and are_compared_rooms(prompt, preset, text)
    things = alone and are_compared_things(prompt, preset) and not feels_in_both(text)
    in_each_hand = _in_each_hand(parsed) if alone and not split else None
    return rooms, rooms or things or in_each_hand is not None, in_each_hand


def _in_each_hand(parsed: ParsedBrief) -> tuple[NamedThing, NamedThing] | None:
    """Return what the one person drawn has in each hand, if their arms do nothing else."""
    prompt = parsed.prompt
    busy = prompt.move or prompt.vessel or prompt.from_behind or prompt.act
    posed = bool(prompt.pose) and prompt.pose not in _FREE_ARMS
    if busy or posed or not can_draw():
        return None
    return find_in_each_hand(parsed.brief.prompt, prompt.things)


_FREE_ARMS = frozenset({"shrug", "think", "head", "cheeks", "hips"})
"""Poses that words for a feeling bring: the hands can hold something all the same."""


def _with_onlookers(
    figures: tuple[Figure, ...], prompt: ParsedPrompt
) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """Part who does something to a thing from those who look on."""
    act, counts = prompt.act, [count for count in prompt.people.counts if count]
    if len(figures) <= 1 or len(counts) <= 1:
        return figures, ()
    alone = prompt.mover_alone or prompt.pose in _OF_ONE
    if act is None and alone and counts[0] == 1:
        feels = mood_of_pose(prompt.move or prompt.pose) or figures[0].expression
        return (figures[0].model_copy(update={"expression": feels}),), figures[1:4]
    if act is None or act.to_people:
        return figures, ()
    # "A man and a woman pushing a car" do it both; what is thrown is thrown at somebody.
    together = act.by > 0 or (act.name == "throw" and len(counts) == _SIDES)
    if counts[0] != 1 or together:
        return figures, ()
    return figures[:1], figures[1:4]


_OF_ONE = frozenset({"deadlift", "plank", "pullup", "squat"})
"""Poses that one person takes whom others look at."""


def _shown_first(
    things: Sequence[NamedThing], prompt: ParsedPrompt, *, between: bool
) -> tuple[NamedThing, ...]:
    """Return things with those first that are shown whatever else is named.

    They are two with somebody ``between`` them, or what something is done to.
    """
    if between:
        return pair_first(tuple(things))
    acted = prompt.act.word if prompt.act else ""
    return tuple(sorted(things, key=lambda thing: bool(acted) and thing.word != acted))


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
    named = globe_behind(prompt, parsed.brief.prompt) if with_portrait else prompt.named
    if not with_images and (prompt.things or not with_portrait):
        return _on_table_top(prompt)
    shown = words_name_photos(prompt, parsed.brief.prompt, photos=photos)
    return tuple(
        thing
        for thing in named
        if not shown or is_mark(thing.name)
        if (with_images and is_said_outright(thing)) or not is_sign(thing.name)
        if not (with_images and thing.word in prompt.image_words and not _is_behind(thing, prompt))
        if not (with_portrait and thing.name in SHOWN_BY.get(prompt.place_behind or "", ()))
        if thing.name not in prompt.screens.values()
        if not (with_images and any(effect.shows(thing.word) for effect in prompt.effects))
    )


def _is_behind(thing: NamedThing, prompt: ParsedPrompt) -> bool:
    """Whether a body of the sky is what somebody photographed is put before."""
    return prompt.place_behind == "space" and thing.name in HEAVENLY


def _on_table_top(prompt: ParsedPrompt) -> tuple[NamedThing, ...]:
    """Return things as they are on the table before somebody, where a prompt names one."""
    if not (prompt.surface and prompt.people.kinds):
        return prompt.things
    return tuple(
        replace(thing, how="", base="") if thing.how == "on" and thing.base == "table" else thing
        for thing in prompt.things
        if thing.name != "table"
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
    behind = (fills_frame(free, view_of) or free[0]) if free else None
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


def _device(prompt: ParsedPrompt, shown: Sequence[str]) -> Device | None:
    """Return the device on whose screen the first image on a card is wanted."""
    return prompt.screens.get(int(shown[0][5:])) if shown else None
