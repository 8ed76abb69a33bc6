"""Axes that go together: the first value of one with the first of the other, and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.text.short_repr import short_repr
from thumbnb.tuning.space.axis import Axis

if TYPE_CHECKING:
    from collections.abc import Sequence


def pair_axes(axes: Sequence[Axis], paired: Sequence[Sequence[str]]) -> list[Axis]:
    """Return the axes with each group of names in ``paired`` made one axis."""
    out = list(axes)
    for group in _groups(paired):
        by_name = {axis.name: axis for axis in out}
        for name in group:
            if name not in by_name:
                raise errors.InvalidInput(
                    f"paired names {name!r}, which is no axis.",
                    hint=f"The axes are {', '.join(by_name) or 'none'}.",
                )
        members = [by_name[name] for name in dict.fromkeys(group)]
        if len(members) < 2:  # noqa: PLR2004
            raise errors.InvalidInput("paired takes two axes or more.")
        longest = max(members, key=len)
        short = next((axis for axis in members if len(axis) != len(longest)), None)
        if short is not None:
            raise errors.InvalidInput(
                f"Axes {short.name} and {longest.name} are paired and have {len(short)} and "
                f"{len(longest)} values.",
                hint="Give them as many values each.",
            )
        at = out.index(members[0])
        out = [axis for axis in out if axis not in members]
        out.insert(at, _joined(members))
    return out


def _groups(paired: Any) -> list[list[str]]:
    """Return groups of names; one group may come without a list of its own."""
    given = list(paired) if isinstance(paired, list | tuple) else [paired]
    groups = [given] if given and all(isinstance(each, str) for each in given) else given
    for group in groups:
        if not isinstance(group, list | tuple) or not all(isinstance(n, str) for n in group):
            raise errors.InvalidInput(
                f"paired has groups of names of axes, not {short_repr(group)}.",
                hint='As in paired=[("preset", "title")].',
            )
    return [list(group) for group in groups]


def _joined(members: Sequence[Axis]) -> Axis:
    return Axis(
        " + ".join(axis.name for axis in members),
        tuple(zip(*(axis.values for axis in members), strict=True)),
        tuple(target for axis in members for target in axis.targets),
        tuple(" · ".join(labels) for labels in zip(*(a.labels for a in members), strict=True)),
    )
