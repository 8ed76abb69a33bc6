"""Thumbnails from briefs: a brief becomes a scene, a scene becomes pixels.

>>> from thumbnb import render
>>> brief = render.Brief(prompt="A rocket over the city", title="LIFT OFF", preset="cinematic-film")
>>> done = render.compose(brief, seed=7, size=(1280, 720))  # doctest: +SKIP
>>> done.image, done.scene, done.report, done.scores  # doctest: +SKIP

Names are imported when they are first used: the package alone loads no numpy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.lazy import attach

if TYPE_CHECKING:
    from thumbnb.briefs import AdvancedOptions as Options  # noqa: F401
    from thumbnb.render.backdrop import backdrop as backdrop
    from thumbnb.render.brief import Brief as Brief
    from thumbnb.render.develop import paint as paint
    from thumbnb.render.engine import Engine as Engine
    from thumbnb.render.improve import enhance_prompt as enhance_prompt
    from thumbnb.render.output import encode as encode
    from thumbnb.render.output import open_result as open_result
    from thumbnb.render.planner import plan as plan
    from thumbnb.render.presets import PRESETS as PRESETS
    from thumbnb.render.rendering import Rendering as Rendering
    from thumbnb.render.rendering import compose as compose
    from thumbnb.render.report import Treatment as Treatment
    from thumbnb.render.samples import sample as sample
    from thumbnb.render.samples import sample_portrait as sample_portrait
    from thumbnb.render.samples import templates as templates
    from thumbnb.render.scene import Scene as Scene

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "PRESETS": "presets",
        "Brief": "brief",
        "Engine": "engine",
        "Options": "brief:AdvancedOptions",
        "Rendering": "rendering",
        "Scene": "scene",
        "Treatment": "report",
        "backdrop": "backdrop",
        "compose": "rendering",
        "encode": "output",
        "enhance_prompt": "improve",
        "open_result": "output",
        "paint": "develop",
        "plan": "planner",
        "sample": "samples",
        "sample_portrait": "samples",
        "templates": "samples",
    },
)
