"""From what a sweep is given to its axes, and from a place on each axis to a brief."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from thumbnb import errors
from thumbnb.briefs import AdvancedOptions, options_of
from thumbnb.client.images.thumbnail import Thumbnail
from thumbnb.client.inputs import checks
from thumbnb.client.purchases.assets import image_list
from thumbnb.tuning.space.axis import Axis, Target
from thumbnb.tuning.space.axis_values import IMAGES, TEXTS, values_of
from thumbnb.tuning.space.pairing import pair_axes
from thumbnb.tuning.space.template import Template, parse_template
from thumbnb.tuning.space.video_frame import VideoFrame

if TYPE_CHECKING:
    from thumbnb.client.client import Client
    from thumbnb.client.resources.video import Video

MAX_FRAMES = 100
# An empty alternative leaves a space on either side.
_SPACES = re.compile(" {2,}")


@dataclass(frozen=True)
class BriefSpace:
    """Briefs that differ in the values of some axes.

    ``constants`` and ``options`` are what all have; ``templates`` are texts with alternatives.
    """

    axes: tuple[Axis, ...]
    constants: Mapping[str, Any]
    options: Mapping[str, Any]
    templates: Mapping[str, Template] = field(default_factory=dict)

    def brief(self, indexes: Sequence[int]) -> dict[str, Any]:
        """Return the brief at a place on each axis."""
        fields = dict(self._unvaried)
        for part in self._parts:
            fields.update(part.fields(indexes))
        return fields

    @cached_property
    def _unvaried(self) -> dict[str, Any]:
        """The fields that no axis changes."""
        return {
            name: value
            for name, value in self._with_options(self.constants, self.options).items()
            if not any(name in part.names for part in self._parts)
        }

    @cached_property
    def _parts(self) -> list[_Part]:
        """The axes in groups that change the same fields: each group is worked out by itself."""
        groups: list[tuple[list[int], set[str]]] = []
        for number, axis in enumerate(self.axes):
            axes, names = [number], {name for each in axis.targets for name in self._fields(each)}
            apart = []
            for group in groups:
                if names & group[1]:
                    axes, names = group[0] + axes, names | group[1]
                else:
                    apart.append(group)
            groups = [*apart, (axes, names)]
        return [_Part(self, sorted(axes), frozenset(names)) for axes, names in groups]

    def _fields(self, target: Target) -> Iterable[str]:
        """Return the fields that a target changes."""
        if target.kind == "option":
            return ("options",)
        names = self._texts if target.kind == "replace" else (target.name,)
        return ["options" if name == "negative_prompt" else name for name in names]

    @cached_property
    def _texts(self) -> list[str]:
        """The fields that have texts in which a piece can be replaced."""
        varied = {target.name for axis in self.axes for target in axis.targets}
        given = varied | {*self.constants, *self.options, *self.templates}
        return [name for name in TEXTS if name in given]

    def values(self, axes: Sequence[int], indexes: Sequence[int]) -> dict[str, Any]:
        """Return the fields by the values of some of the axes, at their places on these."""
        fields, options = dict(self.constants), dict(self.options)
        slots: dict[str, dict[int, str]] = {}
        replaced: list[tuple[str, str]] = []
        for number, index in zip(axes, indexes, strict=True):
            axis = self.axes[number]
            value = axis.values[index]
            values = (value,) if len(axis.targets) == 1 else value
            for target, each in zip(axis.targets, values, strict=True):
                match target.kind:
                    case "field":
                        fields[target.name] = each
                    case "option":
                        options[target.name] = each
                    case "slot":
                        slots.setdefault(target.name, {})[target.slot] = each
                    case "replace":
                        replaced.append((target.name, each))
        for name, chosen in slots.items():
            where = options if name == "negative_prompt" else fields
            where[name] = _SPACES.sub(" ", self.templates[name].fill(chosen)).strip()
        if replaced:
            _replace(replaced, fields, options)
        return self._with_options(fields, options)

    @staticmethod
    def _with_options(fields: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
        options = {name: value for name, value in options.items() if value is not None}
        fields = {name: value for name, value in fields.items() if value is not None}
        return {**fields, "options": options} if options else fields


class _Part:
    """Axes that change the same fields, ``names``; what they come to is kept.

    Ten thousand cells are combinations of far fewer prompts and sets of options.
    """

    def __init__(self, space: BriefSpace, axes: list[int], names: frozenset[str]) -> None:
        self._space, self._axes, self.names = space, axes, names
        self._at = itemgetter(*axes)
        self._known: dict[Any, dict[str, Any]] = {}

    def fields(self, indexes: Sequence[int]) -> dict[str, Any]:
        """Return the fields at a place on all axes."""
        place = self._at(indexes)
        found = self._known.get(place)
        if found is None:
            own = place if len(self._axes) > 1 else (place,)
            values = self._space.values(self._axes, own)
            found = {name: values[name] for name in values if name in self.names}
            self._known[place] = found
        return found


def _replace(
    replaced: Sequence[tuple[str, str]], fields: dict[str, Any], options: dict[str, Any]
) -> None:
    for old, new in replaced:
        for name in TEXTS:
            where = options if name == "negative_prompt" else fields
            if isinstance(where.get(name), str):
                where[name] = where[name].replace(old, new)


def read_space(
    client: Client,
    given: Mapping[str, Any],
    *,
    options: AdvancedOptions | Mapping[str, Any] | None,
    video: Video | None,
    frames: Any,
    replace: Mapping[str, Any] | None,
    paired: Sequence[Sequence[str]],
) -> BriefSpace:
    """Return the space of what a sweep is given. Raises InvalidInput that names the axis."""
    _check_names(client, given)
    axes: list[Axis] = []
    constants: dict[str, Any] = {}
    settings: dict[str, Any] = {}
    templates: dict[str, Template] = {}
    for name, value in given.items():
        _read(Target("field", name), value, constants, axes, templates)
    for name, value in _options(options).items():
        _read(Target("option", name), value, settings, axes, templates)
    if frames is not None:
        axes.append(_frames_axis(video, frames))
    for old, new in (replace or {}).items():
        axes.append(_replace_axis(old, new, {**constants, **settings}, axes, templates))
    axes = pair_axes(_named_apart(axes), paired)
    return BriefSpace(tuple(axis.checked() for axis in axes), constants, settings, templates)


def _read(
    target: Target,
    value: Any,
    constants: dict[str, Any],
    axes: list[Axis],
    templates: dict[str, Template],
) -> None:
    """Put what is given of a field or option where it belongs: a constant, axes, a template."""
    name = target.name
    values = values_of(name, value)
    if values is not None:
        if name in TEXTS:
            values = [_plain(each, name) for each in values]
        axes.append(Axis(name, tuple(_as_sent(target, each) for each in values), (target,)))
    elif name in TEXTS and isinstance(value, str):
        template = parse_template(value, name)
        slots = template.slots
        if not slots:
            constants[name] = "".join(str(part) for part in template.parts)
            return
        templates[name] = template
        for number, slot in enumerate(slots):
            called = slot.name or (name if len(slots) == 1 else f"{name} {number + 1}")
            axes.append(Axis(called, slot.alternatives, (Target("slot", name, number),)))
    else:
        value = value.item() if isinstance(value, np.generic) else value
        constants[name] = _as_sent(target, value)


def _as_sent(target: Target, value: Any) -> Any:
    """Return a value in the one form of all that ask for the same: 50.0 is 50, an image a list."""
    if value is None:
        return None
    if target.kind == "option":
        try:
            return getattr(AdvancedOptions(**{target.name: value}), target.name)
        except errors.InvalidInput:  # which is said, with its axis, where values are checked
            return value
    return image_list(value) if target.name == IMAGES else value


def _plain(text: Any, name: str) -> Any:
    """Return a listed text, which has no alternatives of its own."""
    if not isinstance(text, str):
        return text
    template = parse_template(text, f"axis {name}")
    if template.slots:
        raise errors.InvalidInput(
            f"Axis {name}: {text[:60]!r} is in a list and has alternatives of its own.",
            hint="Give one text with {a|b}, or a list of texts without.",
        )
    return "".join(str(part) for part in template.parts)


def _options(options: AdvancedOptions | Mapping[str, Any] | None) -> dict[str, Any]:
    options = options_mapping(options)
    known = AdvancedOptions.model_fields
    for name in options:
        if name not in known:
            near = get_close_matches(str(name), known, n=1)
            raise errors.InvalidInput(
                f"Axis {name}: there is no option {name}{f', but {near[0]}' if near else ''}.",
                hint=f"Options are {', '.join(known)}.",
            )
    if options.get("variations", 1) not in (None, 1):
        raise errors.InvalidInput(
            "Axis variations: a cell of a sweep is one image.",
            hint="takes=4 makes each cell four times, for the same credits.",
        )
    return options


def options_mapping(options: Any) -> dict[str, Any]:
    """Return options by their names. Raises InvalidInput for what are none."""
    if options is None:
        return {}
    if isinstance(options, AdvancedOptions):
        return options.model_dump(exclude_none=True)
    if not isinstance(options, Mapping):
        options_of(options)  # which says how they are given
    return dict(options)


def _check_names(client: Client, given: Mapping[str, Any]) -> None:
    """Refuse fields that a brief does not have."""
    known = [name for name in inspect.signature(client.create_project).parameters if name != "name"]
    known.remove("options")
    for name in given:
        if name in known:
            continue
        if name in AdvancedOptions.model_fields:
            raise errors.InvalidInput(
                f"{name} is an option.", hint=f'Give options={{"{name}": ...}}.'
            )
        near = get_close_matches(
            name, [*known, "frames", "takes", "where", "sample"], n=1, cutoff=0.7
        )
        raise errors.InvalidInput(
            f"A brief has no {name}.",
            hint=f"Did you mean {near[0]}?" if near else f"It has {', '.join(known)}.",
        )


def _frames_axis(video: Video | None, frames: Any) -> Axis:
    listed = values_of("frames", frames)
    if listed is None:
        raise errors.InvalidInput("Axis frames: give a list of seconds, as in frames=[2.5, 7, 12].")
    if len(listed) > MAX_FRAMES:
        raise errors.InvalidInput(f"Axis frames: {len(listed)} are more than {MAX_FRAMES}.")
    values: list[list[Any]] = []
    for each in listed:
        if isinstance(each, Thumbnail) or not isinstance(each, int | float | str):
            values.append([each])
            continue
        if video is None:
            raise errors.InvalidInput(
                "Axis frames: seconds need the video they are of.", hint="Give video=... as well."
            )
        try:
            time = checks.seconds(each, length=video.length)
        except errors.InvalidInput as error:
            raise type(error)(f"Axis frames: {error.message}", hint=error.hint) from None
        values.append([VideoFrame(video, time)])
    return Axis("frames", tuple(values), (Target("field", IMAGES),))


def _replace_axis(
    old: str,
    new: Any,
    constants: Mapping[str, Any],
    axes: Sequence[Axis],
    templates: Mapping[str, Template],
) -> Axis:
    listed = values_of("replace", new)
    if listed is None or not isinstance(old, str) or not old:
        raise errors.InvalidInput(
            f"Axis {old!r}: what replaces it is a list of texts.",
            hint='As in replace={"yellow": ["blue", "red"]}.',
        )
    texts = [str(constants.get(name, "")) for name in TEXTS]
    texts += [str(each) for axis in axes for each in axis.values if isinstance(each, str)]
    texts += [part for t in templates.values() for part in t.parts if isinstance(part, str)]
    if not any(old in text for text in texts):
        raise errors.InvalidInput(
            f"Axis {old!r}: no prompt and no title has this text, so nothing would vary.",
            hint="Give it as it is written there, upper and lower case too.",
        )
    return Axis(old, (old, *listed), (Target("replace", old),))


def _named_apart(axes: Sequence[Axis]) -> list[Axis]:
    """Refuse two axes of one name."""
    names = [axis.name for axis in axes]
    for name in names:
        if names.count(name) > 1:
            raise errors.InvalidInput(
                f"Two axes are called {name}.", hint="Name alternatives: {colour=red|blue}."
            )
    return list(axes)
