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
    from thumbnb.render.backdrop_image import backdrop as backdrop
    from thumbnb.render.brief import Brief as Brief
    from thumbnb.render.composition import Rendering as Rendering
    from thumbnb.render.composition import compose as compose
    from thumbnb.render.engines.protocol import Engine as Engine
    from thumbnb.render.output import encode as encode
    from thumbnb.render.output import open_result as open_result
    from thumbnb.render.painted_image import PaintedImage as PaintedImage
    from thumbnb.render.painters.paint_scene import paint as paint
    from thumbnb.render.planning.planner import plan as plan
    from thumbnb.render.planning.prompt_preview import PromptPreview as PromptPreview
    from thumbnb.render.planning.prompt_preview import preview_prompt as preview_prompt
    from thumbnb.render.preset_samples import sample as sample
    from thumbnb.render.preset_samples import sample_portrait as sample_portrait
    from thumbnb.render.preset_samples import templates as templates
    from thumbnb.render.presets import PRESETS as PRESETS
    from thumbnb.render.prompt.enhance import enhance_prompt as enhance_prompt
    from thumbnb.render.report import Treatment as Treatment
    from thumbnb.render.scene import Scene as Scene
    from thumbnb.render.vision.own_cutout import cut_out as cut_out

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "PRESETS": "presets",
        "Brief": "brief",
        "Engine": "engines.protocol",
        "Options": "brief:AdvancedOptions",
        "PaintedImage": "painted_image",
        "PromptPreview": "planning.prompt_preview",
        "Rendering": "composition",
        "Scene": "scene",
        "Treatment": "report",
        "backdrop": "backdrop_image",
        "compose": "composition",
        "cut_out": "vision.own_cutout",
        "encode": "output",
        "enhance_prompt": "prompt.enhance",
        "open_result": "output",
        "paint": "painters.paint_scene",
        "plan": "planning.planner",
        "preview_prompt": "planning.prompt_preview",
        "sample": "preset_samples",
        "sample_portrait": "preset_samples",
        "templates": "preset_samples",
    },
)
