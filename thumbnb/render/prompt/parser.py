"""The prompt parser: what a prompt names, as far as the compositor can paint it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.phrases import blank_phrases
from thumbnb.render.objects.vocabulary.thing_kinds import ANIMATE
from thumbnb.render.prompt.background_colour import background_colour_in, colours_of_image
from thumbnb.render.prompt.comparison import is_before_and_after, is_versus
from thumbnb.render.prompt.fights import faced_act, fights_in_game, is_pair, without_game_signs
from thumbnb.render.prompt.images import corners
from thumbnb.render.prompt.images.blanked import blank_extras
from thumbnb.render.prompt.images.effects import PhotoEffect, photo_effects
from thumbnb.render.prompt.images.numbered_steps import numbered_steps
from thumbnb.render.prompt.images.photo_people import (
    names_new_people,
    names_own_people,
    people_beside_photos,
)
from thumbnb.render.prompt.images.photo_words import words_of_photos
from thumbnb.render.prompt.images.place_behind import place_behind
from thumbnb.render.prompt.images.places_beside import places_beside_photos
from thumbnb.render.prompt.images.relations import (
    Side,
    is_seen_from_behind,
    looks_into_image,
    part_pointed_at,
    sides_of_images,
    sides_of_words,
    somebody_points,
)
from thumbnb.render.prompt.images.roles import Role, roles_before_place
from thumbnb.render.prompt.images.screens import Device, devices_showing, large_number
from thumbnb.render.prompt.marks import Circle, find_circle, without_colour_of_circle
from thumbnb.render.prompt.people.actions import (
    Act,
    blank_moves,
    find_act,
    find_animal_act,
    find_move,
    moves_alone,
)
from thumbnb.render.prompt.people.clothes import (
    DRAWN,
    Outfit,
    build_words,
    colour_of_clothes,
    find_outfit,
)
from thumbnb.render.prompt.people.features import Features, find_features
from thumbnb.render.prompt.people.feelings import joy, plight, without_tearing
from thumbnb.render.prompt.people.named_people import (
    NamedPeople,
    are_tiny,
    blank_roles,
    find_people,
    only_people,
    with_grown,
    without_crowd,
    without_owners,
)
from thumbnb.render.prompt.people.poses import blank_poses, find_look, find_pose, is_fleeing
from thumbnb.render.prompt.people.silhouettes import silhouettes, with_silhouettes
from thumbnb.render.prompt.places.choose_places import choose_places
from thumbnb.render.prompt.places.painted_places import PLACES, WITH_SOMEBODY
from thumbnb.render.prompt.places.place_names import join_place_names
from thumbnb.render.prompt.places.place_words import SKY, place_words
from thumbnb.render.prompt.scene_light import (
    DEEP,
    GOLDEN,
    GOLDEN_HOUR,
    HEARTH,
    MOON,
    OUTSIDE,
    STARS,
    STYLING,
    hours_of,
    is_sky_meant,
    with_campfire,
    with_talks,
    without_styles,
)
from thumbnb.render.prompt.text_as_read import (
    as_written,
    blank_j_ai,
    unquoted_text,
    without_denied,
    without_kinds,
)
from thumbnb.render.prompt.thing_details.amounts import ALIKE_WORDS, spread_words
from thumbnb.render.prompt.thing_details.holding import can_be_held, says_holding
from thumbnb.render.prompt.thing_details.prices_on_tags import with_prices
from thumbnb.render.prompt.thing_details.readings import with_showing
from thumbnb.render.prompt.thing_details.states import frozen_words
from thumbnb.render.prompt.thing_details.surfaces import OF_TABLES, find_surface
from thumbnb.render.prompt.thing_details.vessels import find_vessel, in_vessel
from thumbnb.render.prompt.things import find_things, is_mark
from thumbnb.render.prompt.words.compounds import blank_compounds
from thumbnb.render.prompt.words.folded_words import folded_words
from thumbnb.render.prompt.words.lexicon import lexicon, lexicon_words, matches
from thumbnb.render.prompt.words.senses import blank_actions
from thumbnb.render.prompt.words.unknown_words import unknown_words, words_of_parts
from thumbnb.render.prompt.words.verbs import blank_verbs, with_verbs
from thumbnb.text import image_tokens

if TYPE_CHECKING:
    from thumbnb.render.prompt.named_thing import NamedThing


@dataclass(frozen=True, slots=True)
class ParsedPrompt:
    """A prompt, read: each part empty where the prompt says nothing of it.

    Lists are in the order of importance; ``roles`` gives each @imageN its place by its number.
    ``subjects`` are painted scenes, ``places`` those of them that things can stand in,
    ``things`` objects drawn in front, ``unknown`` the words that cannot be drawn.
    ``named``: all things, those too that a painted subject shows by itself.
    ``versus``: two sides against each other; ``compared``: before and after; ``image_words``:
    words that say what an @imageN shows.
    """

    subjects: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    things: tuple[NamedThing, ...] = ()
    named: tuple[NamedThing, ...] = ()
    unknown: tuple[str, ...] = ()
    versus: bool = False
    compared: bool = False
    hours: tuple[str, ...] = ()
    tones: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    background_colour: str | None = None
    people: NamedPeople = field(default_factory=NamedPeople)
    expression: str | None = None
    clothes: str | None = None
    cloth: str | None = None
    """The name of the colour that somebody's clothes are said to have: "a navy suit"."""
    outfit: Outfit = field(default_factory=Outfit)
    features: Features = field(default_factory=Features)
    pose: str = ""
    """What people do with their arms, as ``Figure.gesture`` names it."""
    act: Act | None = None
    """What they do to something, or to somebody."""
    animal_act: Act | None = None
    """What an animal does to something, where nobody is named."""
    mover_alone: bool = False
    """Only the first of the people named moves so; others look on."""
    move: str = ""
    """What they do by themselves, as ``actions.toml`` names it."""
    tiny_people: bool = False
    silhouettes: frozenset[int] = frozenset()
    """The numbers of the people named of whom only a dark shape is seen."""
    fleeing: bool = False
    """They run away from what is named beside them."""
    look: str = ""
    """Where they look: at a "thing", the "viewer", "up" or "down"."""
    quoted: str | None = None
    roles: dict[int, Role] = field(default_factory=dict)
    image_words: frozenset[str] = frozenset()
    circle: Circle | None = None
    """What is to be drawn around the main thing of a photo."""
    own_people: bool = True
    """Somebody is named who is not in the photos of the prompt, if it has any."""
    new_people: bool = False
    """Somebody is put beside a photo outright, whomever it shows."""
    holding: bool = False
    """Somebody has something in their hands, plays it, eats it or shows it."""
    held_words: frozenset[str] = frozenset()
    """The words of what that may be."""
    image_sides: dict[int, Side] = field(default_factory=dict)
    """The side of the frame that each @imageN is wanted on, by its number."""
    word_sides: dict[str, Side] = field(default_factory=dict)
    """The same for the words of things and people."""
    word_corners: dict[str, corners.Corner] = field(default_factory=dict)
    """The corner of the frame that things and people are wanted in, by their words."""
    insets: dict[int, corners.InsetWords] = field(default_factory=dict)
    """What is said of each @imageN that is shown small in a corner, by its number."""
    from_behind: bool = False
    """Somebody is seen from behind, looking into the image."""
    into_image: bool = False
    """They do what people are best seen from behind at."""
    pointing: bool = False
    """Somebody points at something."""
    screens: dict[int, Device] = field(default_factory=dict)
    """The device on whose screen each @imageN is wanted, by its number."""
    vessel: NamedThing | None = None
    """What people are in: a boat, a tub."""
    surface: str = ""
    """The word for the table that something is on."""
    number: str | None = None
    """A number that is wanted large on the image."""
    steps: int = 0
    """How many steps are counted beside a photo: their numbers are shown."""
    arrow_part: str | None = None
    """The part of what a photo shows that an arrow points at."""
    circle_part: str | None = None
    places_beside: tuple[str, ...] = ()
    """Words of places that what is put beside a photo is to be in: "a chest in a cave"."""
    place_behind: str | None = None
    """The place that somebody in the one photo is to be seen before."""
    effects: tuple[PhotoEffect, ...] = ()
    """What is to be seen over its photos: steam, lightning, leaves around."""

    @property
    def person(self) -> bool:
        """Whether the prompt names anybody."""
        return bool(self.people.kinds)


@lru_cache(maxsize=64)
def parse_prompt(prompt: str) -> ParsedPrompt:
    """Parse a prompt; the last few are remembered, as each variation and preview parses again."""
    prompt, table = with_showing(with_silhouettes(prompt)), lexicon()
    # A teacher is a person, drawn as one, and no blackboard.
    scenery = {*table["scenery"], *table["hours"], *table["people"]}
    whole = join_place_names(
        with_talks(
            with_campfire(DEEP.sub("underwater", blank_j_ai(blank_verbs(blank_extras(prompt)))))
        )
    )
    meant = STYLING.sub(" ", whole)
    text = without_denied(image_tokens.replace(meant, lambda _: " "))
    unquoted = blank_phrases(blank_compounds(unquoted_text(text)))
    everybody = find_people(unquoted, table["people"])
    named = partial(
        find_things,
        blank_roles(blank_moves(blank_poses(without_styles(meant, scenery))), table["people"])
        if everybody.kinds
        else without_styles(meant, scenery),
        table["colours"],
        people=table["people"],
        somebody=bool(everybody.kinds),
    )
    found = named(scenery)
    if not found.things:
        # Where nothing else is named, the weather is the thing: "explosion".
        weather = named(scenery - {*table["hours"]})
        places = matches("subjects", folded_words(meant))
        found = found if {*places} & PLACES else weather
    things_meant = without_game_signs(
        with_prices(found.things, whole), somebody=bool(everybody.kinds), pair=is_pair(whole)
    )
    found = replace(found, things=things_meant)
    # Words about light are no things, but say the hour: "in golden light".
    indoors = OUTSIDE.sub(" ", HEARTH.sub(" ", whole))
    hour = STARS.sub("night", GOLDEN_HOUR.sub("dusk", without_tearing(indoors)))
    words = folded_words(without_denied(image_tokens.replace(hour, lambda _: " ")))
    other_words = folded_words(STARS.sub(" ", GOLDEN.sub(" ", found.other_text)))
    quoted = re.search(r"[\"“«]([^\"”»]{2,80})[\"”»]", prompt)
    versus = is_versus(prompt, words)
    animals = [thing.word for thing in found.things if thing.name in ANIMATE]
    people = without_owners(
        everybody,
        unquoted,
        [
            *((thing.word, thing.name in ANIMATE | {"staff"}) for thing in found.things),
            # A cowboy hat is no cowboy.
            *((phrase, False) for phrase in find_outfit(prompt, everybody, animals).words),
        ],
    )
    people = with_grown(only_people(people, people_beside_photos(prompt, people.words)), unquoted)
    outfit, doing = (
        find_outfit(prompt, people, animals),
        without_crowd(as_written(prompt, unquoted), people),
    )
    surface = find_surface(unquoted)
    where = place_words(
        STARS.sub(
            " ",
            MOON.sub(
                " ",
                blank_actions(blank_compounds(OUTSIDE.sub(" ", without_kinds(text, found.things)))),
            ),
        )
    )
    unknown = tuple(
        dict.fromkeys([*unknown_words(found.other_text, lexicon_words()), *found.left_out])
    )
    features = find_features(unquoted) if people.kinds else Features()
    if people.kinds:
        drawn = DRAWN | features.words | build_words()
        unknown = tuple(word for word in unknown if not {*folded_words(word)} & drawn)
    behind = place_behind(prompt)
    coloured = bool(background_colour_in(other_words))
    roles = roles_before_place(prompt, behind=bool(behind), coloured=coloured)
    photos = [number for number in image_tokens.numbers(prompt) if roles.get(number) != "logo"]
    if not is_sky_meant(found.things):
        where = [word for word in where if word not in SKY] or where
        other_words = [word for word in other_words if word not in SKY]
    subjects, places, things = choose_places(
        where, other_words, found.things, pair=versus, somebody=bool(people.kinds)
    )
    if "gaming-room" in places and fights_in_game(meant, things, people.roles):
        subjects, places = ("gaming", *subjects), ()  # in the game, not where it is played
    vessel, subjects, places = in_vessel(
        find_vessel(prompt, things, people.words), subjects, places
    )
    # A plague doctor is drawn as one, an old town is medieval.
    shown = {word for role in people.roles for word in role.split()}
    shown |= {
        part
        for word in words
        if {*table["subjects"].get(word, ())} & {*subjects[:1]}
        for part in word.split("-")
    }
    shown |= {word for word in words if WITH_SOMEBODY.get(word) in subjects[:1]}
    shown |= words_of_parts(things) | (OF_TABLES if surface else set())
    shown |= ALIKE_WORDS if len({t.name for t in things}) < sum(t.count for t in things) else set()
    shown |= spread_words(things)
    return ParsedPrompt(
        subjects=subjects,
        places=places,
        things=things,
        named=found.things,
        unknown=tuple(
            word
            for word in unknown
            if not (outfit.names(word) or word.lower() in (*surface.split(), *shown))
            and not ({*folded_words(word)} & {*WITH_SOMEBODY} & shown)
        ),
        versus=versus,
        compared=is_before_and_after(text, prompt),
        hours=hours_of(
            [word for word in words if word not in frozen_words(found.states)], found.things
        ),
        tones=matches("tones", words),
        colours=without_colour_of_circle(
            colours_of_image(found.other_text), find_circle(prompt, table["colours"]), prompt
        ),
        background_colour=background_colour_in(other_words),
        people=people,
        expression=joy(text) or next(iter(matches("expressions", words)), plight(text)),
        clothes=next(iter(matches("clothes", words)), None),
        cloth=colour_of_clothes(words, table["colours"]),
        outfit=outfit,
        features=features,
        pose=find_pose(doing) if people.kinds else "",
        act=faced_act(unquoted, people, found.things)
        or find_act(
            with_verbs(doing, prompt),
            people.spans,
            found.things,
            several=len(people.kinds) > len(people.spans),
            counts=people.counts,
        ),
        animal_act=None if people.kinds else find_animal_act(doing, found.things),
        move=find_move(with_verbs(doing, prompt), people.spans, found.things)[0],
        mover_alone=moves_alone(with_verbs(doing, prompt), people.spans, found.things),
        silhouettes=silhouettes(unquoted, people),
        tiny_people=are_tiny(unquoted, people),
        fleeing=is_fleeing(unquoted),
        look=find_look(unquoted) if people.kinds else "",
        quoted=quoted.group(1).strip() if quoted else None,
        roles=roles,
        image_words=words_of_photos(
            prompt,
            [*((t.name, t.word) for t in found.things), *(("", word) for word in unknown)],
            photos=photos,
            on_screen=bool(devices_showing(prompt)),
            marks=[thing.name for thing in found.things if is_mark(thing.name)],
        ),
        circle=find_circle(prompt, table["colours"]),
        own_people=names_own_people(
            prompt, people.words, photos=photos, ground="background" in roles.values()
        ),
        new_people=names_new_people(prompt, people.words),
        holding=says_holding(prompt, people.words),
        image_sides=sides_of_images(prompt),
        word_sides=sides_of_words(prompt, [thing.word for thing in found.things])
        | sides_of_words(prompt, people.words, worn=True),
        word_corners=corners.corners_of_words(prompt, [thing.word for thing in found.things])
        | corners.corners_of_words(prompt, people.words, somebody=True),
        insets=corners.insets_of_images(prompt),
        from_behind=is_seen_from_behind(prompt),
        into_image=looks_into_image(prompt),
        pointing=bool(people.kinds) and somebody_points(prompt),
        screens=devices_showing(prompt),
        vessel=vessel,
        surface=surface,
        number=large_number(prompt),
        steps=numbered_steps(prompt),
        arrow_part=part_pointed_at(prompt, "arrow"),
        circle_part=part_pointed_at(prompt, "circle"),
        effects=photo_effects(prompt),
        place_behind=behind[1] if behind else None,
        places_beside=places_beside_photos(
            prompt,
            [*(thing.word for thing in found.things), *people.words],
            lambda word: bool({*matches("subjects", folded_words(word))} & PLACES),
        ),
        held_words=frozenset(
            thing.word
            for thing in found.things
            if can_be_held(prompt, people.words, thing, found.things)
        ),
    )
