"""From a brief to a scene in four steps: understand, cast, choose, lay out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from thumbnb.render.planning.cast.roles import casts_for
from thumbnb.render.planning.choose import choose
from thumbnb.render.planning.headline import clean_title
from thumbnb.render.planning.lay_out import lay_out
from thumbnb.render.planning.understand import understand

if TYPE_CHECKING:
    from thumbnb.render.brief import Brief
    from thumbnb.render.report import Report
    from thumbnb.render.scene import Scene


def plan(brief: Brief, seed: int = 0, variation: int = 0) -> Scene:
    """Lay out a brief. The same brief, seed and variation give the same scene.

    Seed 0, variation 0 is a preset's signature; other seeds and variations take
    other layouts, palettes and voices of it, and other paintings.
    """
    return plan_with_report(brief, seed, variation)[0]


def plan_with_report(
    brief: Brief, seed: int, variation: int, *, other_title: str | None = None
) -> tuple[Scene, Report]:
    """Lay out a brief, and report what became of each of its options.

    With ``other_title`` those words are set in the design that was chosen for its own title.
    """
    parsed = understand(brief, seed, variation)
    design = choose(parsed, casts_for(parsed))
    if other_title is not None and parsed.title is not None:
        parsed = replace(parsed, title=clean_title(other_title) or None)
    return lay_out(parsed, design), parsed.report
