"""The third step of planning: of all designs a preset has for a brief, the one to lay out."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from thumbnb.render.figures.whole_poses import WHOLE
from thumbnb.render.layout import LAYOUTS, Layout, fitting_layouts, leaves_clear, special_layouts
from thumbnb.render.painted_image import NAME as PAINTED
from thumbnb.render.planning.cast.large_thing import beside_large, large_thing
from thumbnb.render.planning.cast.sides import OTHER_SIDE
from thumbnb.render.planning.layers import foreground
from thumbnb.render.planning.people.aboard import heads_aboard
from thumbnb.render.planning.people.acting import acting
from thumbnb.render.planning.people.encounters import encounter
from thumbnb.render.planning.people.gestures import held_thing
from thumbnb.render.planning.people.halves import has_halves_of_people
from thumbnb.render.planning.people.placement import group_bodies, group_heads
from thumbnb.render.planning.photos.placement import filling_images, fit_in_layout
from thumbnb.render.planning.things.placement import (
    has_landmark,
    shown_things,
    stands_beside,
    thing_boxes,
)
from thumbnb.render.planning.variations import Design, choose_design, preferred_designs
from thumbnb.render.prompt.things import is_mark
from thumbnb.render.scene import Card
from thumbnb.render.subjects.placement import stands_right
from thumbnb.render.vision.framing import box_on_sheet, face_in_layer, salient_share

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from thumbnb.render.planning.cast.cast import Cast
    from thumbnb.render.planning.understand import ParsedBrief
    from thumbnb.render.scene import Box, ImageLayer
    from thumbnb.render.vision.faces import ImageView

    ViewOf = Callable[[str], ImageView]
    KeptBoxes = Callable[[Cast, Layout], list[Box]]


def choose(parsed: ParsedBrief, casts: Sequence[Cast]) -> Design:
    """Choose a cast, a layout, a palette and a voice for the brief's seed and variation."""
    preset = parsed.preset
    kept = cache(partial(kept_boxes, parsed.view_of))
    pairs = [(cast, layout) for cast in casts for layout in _layouts(parsed, cast, kept)]
    # Where a face leaves no room for words, the image is shown in another way, if there is one.
    free = [pair for pair in pairs if not parsed.title or _has_room(*pair, kept, parsed.view_of)]
    designs = [
        Design(cast, layout, palette, voice)
        for cast, layout in free or pairs
        for palette in range(len(preset.palettes))
        for voice in range(len(preset.voices) if parsed.title else 1)
    ]
    return choose_design(preferred_designs(designs, preset.avoid), parsed.seed, parsed.variation)


def wordless_layout(cast: Cast) -> Layout:
    """Return the layout for a cast that is shown without words."""
    return LAYOUTS["split" if cast.split else "bare"]


def kept_boxes(view_of: ViewOf, cast: Cast, layout: Layout) -> list[Box]:
    """Return what words keep off in a layout: faces, and cards that have little room."""
    boxes = foreground.card_boxes(cast, layout)
    if cast.person or cast.split:
        whole, cards = boxes, []
    else:
        named = zip(cast.card_images, boxes, strict=True)
        whole = []
        cards = [Card(image=name, box=box, focus=view_of(name).focus) for name, box in named]
    # What is blurred behind a card that shows it sharp may be covered.
    covered = cast.background_image in cast.card_images
    behind = [] if covered else filling_images(cast, layout, view_of)
    faces = (face_in_layer(layer, view_of) for layer in (*behind, *cards))
    heads = heads_aboard(cast, layout) if cast.vessel else group_heads(cast, layout)
    if cast.person and cast.on_photo and not cast.split:
        whole = [*whole, *_subjects_seen(behind, view_of)]
    whole += cast.in_corners
    whole += [one.head for one in cast.cut_pair]
    return [*whole, *thing_boxes(cast, layout), *heads, *filter(None, faces)]


def _subjects_seen(layers: Sequence[ImageLayer], view_of: ViewOf) -> list[Box]:
    """Return where the hearts of the main subjects of photos are on the sheet."""
    seen = (box_on_sheet(each, view_of(each.image), view_of(each.image).subject) for each in layers)
    return [
        (x + 0.2 * w, y + 0.2 * h, 0.6 * w, 0.6 * h) for x, y, w, h in (box for box in seen if box)
    ]


def _wordless(cast: Cast) -> list[Layout]:
    """List the layouts for a cast that is shown without words."""
    plain = wordless_layout(cast)
    if not cast.split:
        return [plain, LAYOUTS["bare-left"]]
    # A person stands higher or lower before the halves, so that no variation comes twice.
    return [plain, LAYOUTS["split-top"]] if cast.person else [plain]


def _layouts(parsed: ParsedBrief, cast: Cast, kept: KeptBoxes) -> list[Layout]:
    """List the layouts that suit a cast, where the prompt wants it on a side: those there."""
    found = [
        _beside_pair(_above_things(each, parsed, cast), cast)
        for each in _suitable(parsed, cast, kept)
    ]
    side = cast.person_side if cast.person else cast.photo_side
    if cast.figures and cast.fills and cast.on_photo and not (cast.split or side):
        trios = [LAYOUTS[name] for name in ("trio", "trio-low")]
        both = {each.name: each for one in (*found, *trios) for each in (one, _mirror(one))}
        return _beside_subject(list(both.values()), cast, parsed.view_of)
    if cast.split or side is None:
        return found
    # Cards and people are on the side that the words leave; a photo is so below words, too.
    on_side = [each for each in found if each.side == OTHER_SIDE[side]]
    if not on_side and cast.on_photo and not cast.person:
        on_side = [each for each in found if each.side in {"top", "bottom"}]
    if cast.person and not on_side:
        return [_mirror(each) for each in found]
    names = [each.name for each in LAYOUTS.values() if each.side == OTHER_SIDE[side]]
    return on_side or [LAYOUTS[name] for name in names if not name.startswith(("trio", "bare"))]


def _beside_subject(layouts: Sequence[Layout], cast: Cast, view_of: ViewOf) -> list[Layout]:
    """Return the layouts in which somebody and the words hide least of what a photo shows."""
    hidden = [
        max(
            salient_share(layer, layout.text, view_of(layer.image))
            + 2 * salient_share(layer, (layout.hero[0] - 150, 120, 300, 600), view_of(layer.image))
            for layer in filling_images(cast, layout, view_of)
        )
        for layout in layouts
    ]
    return [
        layout
        for layout, share in zip(layouts, hidden, strict=True)
        if share <= min(hidden) + _LITTLE_MORE
    ]


_LITTLE_MORE = 0.03


def _beside_pair(layout: Layout, cast: Cast) -> Layout:
    """Return a layout whose words leave room for the bodies of several people."""
    if not cast.group or layout.side not in _SIDES or has_halves_of_people(cast):
        return layout
    bodies = group_bodies(cast, layout)
    x, y, w, h = layout.text
    if layout.side == "left":
        wide = min(w, min(each[0] for each in bodies) - x)
        return replace(layout, text=(x, y, wide, h)) if wide > _NARROWEST else layout
    left = max(x, *(each[0] + each[2] for each in bodies))
    wide = x + w - left
    return replace(layout, text=(left, y, wide, h)) if wide > _NARROWEST else layout


_NARROWEST = 330.0
"""So much room words need (units)."""


def _above_things(layout: Layout, parsed: ParsedBrief, cast: Cast) -> Layout:
    """Return a layout whose words leave room below them for what stands on a photo."""
    if not cast.on_photo or cast.person or cast.split or layout.side not in _SIDES:
        return layout
    if not _standing(cast) or parsed.brief.options.text_position in {"center", "bottom"}:
        return layout
    x, _, w, h = layout.text
    return replace(layout, text=(x, _HIGH_TEXT[0], w, min(h, _HIGH_TEXT[1])), valign="top")


def _standing(cast: Cast) -> bool:
    """Whether anything stands on a photo."""
    return any(not (is_mark(each.name) or each.flies) for each in shown_things(cast.things))


_HIGH_TEXT = (60.0, 350.0)
"""Where words above things begin, and how high they are at the most (units)."""


def _mirror(layout: Layout) -> Layout:
    """Return the layout with its sides exchanged."""
    name = layout.name
    return LAYOUTS.get(name.removesuffix("-right") if "right" in name else f"{name}-right", layout)


def _suitable(parsed: ParsedBrief, cast: Cast, kept: KeptBoxes) -> list[Layout]:
    """List the layouts that suit a cast and keep words off faces."""
    if not parsed.title:
        return _wordless(cast)
    brief, names = parsed.brief, parsed.preset.layouts
    position = brief.options.text_position
    lead = brief.layout or (brief.painted.layout if brief.painted else None)
    if lead:
        names = (lead, *names)
    things = cast.things and (cast.figures or not cast.on_photo)
    beside = cast.card_images or things
    in_halves = has_halves_of_people(cast) or cast.between or cast.cut_pair
    if in_halves or (cast.split and cast.paints and not cast.person):
        return special_layouts("split", position or ("bottom" if cast.cut_pair else "top"))
    if cast.split or cast.strip or (cast.person and beside):
        special = _special(cast, position, parsed.view_of)
        # What the prompt puts into somebody's hands is there, and no thing in the air beside them.
        holding = [layout for layout in special if held_thing(cast, layout) or acting(cast, layout)]
        # What stands does so on the ground, below the words.
        on_ground = (
            cast.table
            or stands_beside(cast)
            or (cast.action.pose in WHOLE and bool(_standing(cast)))
        )
        below = [each for each in special if each.position == "top"] if on_ground else []
        return holding or below or special
    if cast.versus and cast.things:
        return special_layouts("split", position)
    if cast.person and cast.background_image not in {None, PAINTED} and not lead:
        # Beside somebody the photo's own main thing is seen, below the words.
        marked = parsed.prompt.circle or any(thing.name == "arrow" for thing in cast.things)
        # Who points does so below words; a mark needs all of what it is for.
        below = special_layouts("trio", position or ("top" if cast.pointing or marked else None))
        if roomy := [each for each in below if _has_room(cast, each, kept, parsed.view_of)]:
            return _clearest(roomy, cast, parsed.view_of)
    # What cannot be moved stands on the right.
    fixed = cast.paints and not cast.person and stands_right(cast.subject)
    main_thing = cast.paints and not cast.person and cast.subject in _MAIN_THINGS
    whole = bool(cast.figures) and (cast.action.pose in WHOLE or encounter(cast) is not None)
    fills_side = whole or cast.vessel or _is_thing(cast, parsed.view_of)
    if (things or main_thing or fills_side) and not brief.layout:
        names = _beside_things(names, cast)
    found = fitting_layouts(
        names, position, alone=cast.alone, person=cast.person, but="right" if fixed else ""
    )
    if cast.background_image:
        others = fitting_layouts((), position, alone=cast.alone)
        found = _on_photo(parsed, cast, kept, (found, others))
    return [layout for layout in found if layout.name == lead] or found


def _beside_things(names: Sequence[str], cast: Cast) -> tuple[str, ...]:
    """Return the names of layouts in which things are large: beside words, but for a pool."""
    if any(thing.spread == "filled" for thing in cast.things):
        return _ABOVE  # it lies across the frame
    return tuple(name for name in names if LAYOUTS[name].side in _SIDES) or _BESIDE


def _is_thing(cast: Cast, view_of: ViewOf) -> bool:
    """Whether what is cut out of a photo is nobody."""
    name = cast.portrait or ""
    return name.startswith("image") and view_of(name).face is None


def _on_photo(
    parsed: ParsedBrief, cast: Cast, kept: KeptBoxes, layouts: Sequence[list[Layout]]
) -> list[Layout]:
    """List the layouts whose words keep off what a photo shows, of the first list that has any.

    Of these, those in which its main subject is seen best.
    """
    if _standing(cast) and not cast.person:
        # What stands on the ground has room there only where the words are higher.
        higher = [[each for each in some if each.side != "bottom"] for some in layouts]
        layouts = higher if any(higher) else layouts
    for some in layouts:
        free = [each for each in some if _has_room(cast, each, kept, parsed.view_of, _CLEAR)]
        if free:
            return _best_fitting(free, cast, parsed.view_of)
    every = [each for some in layouts for each in some]
    clear = [each for each in every if leaves_clear(each.text, cast.in_corners)]
    return _clearest(clear or every, cast, parsed.view_of)


def _best_fitting(layouts: Sequence[Layout], cast: Cast, view_of: ViewOf) -> list[Layout]:
    """Return the layouts in which the one photo of a cast is seen best, or little worse."""
    name = cast.background_image
    if cast.person or cast.panel or cast.card_images or name in {None, PAINTED}:
        return list(layouts)
    worth = [fit_in_layout(view_of(name or ""), cast, layout).worth for layout in layouts]
    return [
        layout
        for layout, each in zip(layouts, worth, strict=True)
        if each >= max(worth) - _LITTLE_WORSE
    ]


_LITTLE_WORSE = 0.15


def _special(cast: Cast, position: str | None, view_of: ViewOf) -> list[Layout]:
    """List the layouts of a comparison, or of somebody beside something: the clearest first."""
    beside = cast.person and bool(cast.card_images or cast.things)
    special = special_layouts("trio" if beside else "split", position)
    several = cast.split or cast.strip
    if several and cast.background_image and not cast.person:
        special = _clearest(special, cast, view_of, more=_LITTLE_MORE)
    if beside and large_thing(cast):
        special = [each for each in special if each.position == "top"] or special
        return [beside_large(each, cast) for each in special]
    return [_above_landmark(each) for each in special] if has_landmark(cast) else special


def _above_landmark(layout: Layout) -> Layout:
    """Return a layout whose words leave room for what is as large as a house below them."""
    x, y, w, h = layout.text
    return (
        replace(layout, text=(x, y, w, min(h, _LOW_TEXT))) if layout.position == "top" else layout
    )


_LOW_TEXT = 222.0
"""How high words above a landmark are at the most (units)."""

_MAIN_THINGS = frozenset(
    {
        "burger", "chart", "coffee", "gaming", "laptop", "ocean", "phone", "pizza", "robot",
        "rocket",
    }
)  # fmt: skip
"""Painted subjects with one thing that words must not cover."""

_SIDES = ("left", "right")
_ABOVE = ("top", "left-top", "right-top")
_BESIDE = ("left", "right", "left-low")

_CLEAR, _MAX_COVERED = 0.06, 0.35
"""How much of what draws the eye in an image words may cover: at best, and at all."""


def _has_room(
    cast: Cast,
    layout: Layout,
    kept: KeptBoxes,
    view_of: ViewOf,
    limit: float = _MAX_COVERED,
) -> bool:
    """Whether a layout's words stay off faces, or off what draws the eye in an image."""
    if cast.background_image is None or cast.background_image in cast.card_images:
        return True
    if boxes := kept(cast, layout):
        # In a corner, what is framed or drawn says nothing of the photo's own main thing.
        only = not (cast.in_corners and cast.on_photo) or cast.person or cast.split
        return leaves_clear(layout.text, boxes) and (
            only or _covered(cast, layout, view_of) <= limit
        )
    if cast.split or cast.strip:
        return True  # two halves are what a comparison is; its words stand on their shade
    return _covered(cast, layout, view_of) <= limit


def _covered(cast: Cast, layout: Layout, view_of: ViewOf) -> float:
    """Return how much a layout's words cover of what draws the eye in the images behind them."""
    beside = cast.person and cast.on_photo and layout.name.startswith("trio")
    if (cast.person and not beside) or cast.background_image == PAINTED:
        # Behind somebody an image is blurred; a painted one has a calm part for the words.
        return 0.0
    if cast.panel and layout.side in _SIDES:
        # Beside words an image does not reach as far as their panel.
        return 0.0
    layers = filling_images(cast, layout, view_of)
    shares = [salient_share(layer, layout.text, view_of(layer.image)) for layer in layers]
    return max(shares, default=0.0)


def _clearest(
    layouts: Sequence[Layout], cast: Cast, view_of: ViewOf, more: float = 0.02
) -> list[Layout]:
    """Return the layouts whose words cover least of what draws the eye, or little ``more``.

    The clearest come first.
    """
    covered = [_covered(cast, layout, view_of) for layout in layouts]
    pairs = sorted(zip(covered, range(len(layouts)), strict=True))
    return [layouts[at] for share, at in pairs if share <= min(covered) + more]
