"""The sides of the frame that a prompt wants its photos and people on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thumbnb.render.planning.cast.insets import Inset
    from thumbnb.render.prompt.images.relations import Side
    from thumbnb.render.prompt.parser import ParsedPrompt


def wanted_sides(
    prompt: ParsedPrompt, contents: Sequence[str], portrait: str | None, framed: Sequence[Inset]
) -> tuple[Side | None, Side | None]:
    """Return the sides that the one photo, and who stands before it, are wanted on.

    Who has no side said is on the other one than the first of the small images ``framed``.
    """
    photos = [name for name in contents if name != portrait]
    said = {name: prompt.image_sides.get(int(name[5:])) for name in contents}
    person = said.get(portrait or "") or next(
        (prompt.word_sides[word] for word in prompt.people.words if word in prompt.word_sides), None
    )
    photo = said[photos[0]] if len(photos) == 1 else None
    if person is None and (photo or framed):
        person = OTHER_SIDE[photo or framed[0].side]
    return photo, person


OTHER_SIDE: dict[Side, Side] = {"left": "right", "right": "left"}
