"""What is a part of somebody drawn: clothes, muscles, what their hands are on in a pose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.render.objects.vocabulary.words import fold
from thumbnb.render.planning.cast.action import action_of
from thumbnb.render.prompt.people.named_people import costume_of

if TYPE_CHECKING:
    from thumbnb.render.prompt.named_thing import NamedThing
    from thumbnb.render.prompt.parser import ParsedPrompt


def is_part_of_people(thing: NamedThing, prompt: ParsedPrompt) -> bool:
    """Whether people drawn wear a thing, or have it: no muscles beside a bodybuilder."""
    role = prompt.outfit.names(thing.word) or thing.word in prompt.people.words
    # What a violinist plays is seen; what a chef has is his costume.
    said = role and not (thing.word in prompt.people.words and is_tool(thing, prompt))
    if thing.name == "backpack" and bags_on_backs(prompt):
        return True
    action = action_of(prompt)
    pose = action.pose or action.usual
    if len(prompt.people.kinds) > 1 and pose in _POSES_OF_ONE:
        pose = ""
    shown = {*_SHOWN_BY_POSE.get(pose, ()), *(("muscle",) if prompt.outfit.build else ())}
    return said or thing.name in shown


def bags_on_backs(prompt: ParsedPrompt) -> bool:
    """Whether several people carry backpacks, which then are on all their backs."""
    return len(prompt.people.kinds) > 1 and any(
        thing.name == "backpack" and thing.count > 1 for thing in prompt.named
    )


def is_tool(thing: NamedThing, prompt: ParsedPrompt) -> bool:
    """Whether a thing is what somebody does their work with, whom no costume tells."""
    named = fold(thing.word)
    plain = not any(costume_of(role) for role in prompt.people.roles[:1])
    return plain and thing.name in _TOOLS and any(fold(w) == named for w in prompt.people.words)


_TOOLS = frozenset(
    {
        "camera", "dj-turntable", "drums", "golf", "microphone", "piano", "saxophone", "skis",
        "trumpet", "violin",
    }
)  # fmt: skip
"""What people of some role are known by, that stands beside them or is in their hands."""


_POSES_OF_ONE = frozenset({"drive", "dunk", "skate", "ski", "snowboard", "surf", "type"})
"""Poses that only somebody alone is drawn in: what several have there is drawn beside them."""

_SHOWN_BY_POSE = {
    "flex": ("muscle",),
    "pullup": ("muscle",),
    "squat": ("muscle", "barbell"),
    "plank": ("muscle", "plank", "yoga-mat"),
    "deadlift": ("muscle", "barbell"),
    "ski": ("skis",),
    "snowboard": ("skis", "snowboard", "twemoji-1f3c2"),
    "dunk": ("basketball",),
    "type": ("laptop", "computer", "keyboard", "desk", "computer-mouse"),
    "drive": ("steering-wheel",),
    "selfie": ("phone",),
    "call": ("phone", "telephone"),
    "surf": ("surfboard", "twemoji-1f3c4"),
    "skate": ("skateboard", "snowboard"),
    "speak": ("podium", "lectern"),
    "box": ("boxing-gloves", "boxing-glove", "twemoji-1f9e4", "twemoji-1f94a"),
}
"""Drawings of what people have at hand in a pose."""
