"""The last step of planning: a design becomes a scene, layer by layer, back to front."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from thumbnb.render.colour import palette, style_reference
from thumbnb.render.planning import callouts, headline, limitations
from thumbnb.render.planning.choose import kept_boxes, wordless_layout
from thumbnb.render.planning.context import PlanContext
from thumbnb.render.planning.layers import background, foreground
from thumbnb.render.planning.layers.weather_layers import weather_in_front
from thumbnb.render.planning.marks.photo_marks import photo_marks
from thumbnb.render.planning.photos.decoration import is_on_photo, without_decoration
from thumbnb.render.planning.photos.effect_layers import effects_over_all
from thumbnb.render.planning.price_tags import price_tags
from thumbnb.render.presets.preset_recipe import PresetRecipes
from thumbnb.render.scene import Layer, Scene
from thumbnb.render.vision.framing import face_in_layer

if TYPE_CHECKING:
    from thumbnb.render.planning.understand import ParsedBrief
    from thumbnb.render.planning.variations import Design


def lay_out(parsed: ParsedBrief, design: Design) -> Scene:
    """Lay out a design, and write into the brief's report what became of each option."""
    preset, cast = parsed.preset, design.cast
    limitations.report_content_images(cast, parsed.brief, parsed.report)
    colours = _colours(parsed, preset.palettes[design.palette])
    recipes = PresetRecipes(colours, parsed.excluded, parsed.number(parsed.seed, parsed.variation))
    text, kicker = headline.split_kicker(parsed.title) if parsed.title else ("", None)
    words, layout = headline.set_title(
        text,
        preset,
        design.layout,
        recipes,
        alone=cast.alone,
        kept=partial(kept_boxes, parsed.view_of, cast),
        reach=cast.words_reach,
        voice=design.voice,
        report=parsed.report,
    )
    if not words:
        layout = wordless_layout(cast) if parsed.title else design.layout
    recipes.set_layout(layout)
    context = PlanContext(
        brief=parsed.brief,
        parsed=parsed.prompt,
        preset=preset,
        cast=cast,
        layout=layout,
        words=words,
        recipes=recipes,
        report=parsed.report,
        turn=parsed.turn,
        variation=parsed.variation,
        view_of=parsed.view_of,
    )
    last = recipes.layers(preset.last)
    layers: list[Layer] = [
        *background.background_layers(context),
        *foreground.foreground_layers(context),
        *weather_in_front(context),
        *effects_over_all(context),
        *(without_decoration(last) if is_on_photo(cast) else last),
    ]
    faces = [face for layer in layers if (face := face_in_layer(layer, parsed.view_of))]
    if words:
        layers.append(words)
    # Above the words: their shade would dim a label.
    labels = callouts.callout_layers(context, kicker, faces)
    layers += [*labels, *price_tags(context, [*faces, *callouts.chip_boxes(labels)])]
    marks = photo_marks(context, layers)
    layers += marks.layers
    limitations.report_limitations(context, marks, layers)
    return Scene(
        preset=preset.key,
        preset_version=preset.version,
        seed=parsed.seed,
        variation=parsed.variation,
        layout=layout.name,
        palette=colours,
        layers=tuple(layers),
    )


def _colours(parsed: ParsedBrief, preset_colours: dict[str, str]) -> dict[str, str]:
    """Return a palette of the preset in the colours of a reference, or of the prompt."""
    reference = parsed.brief.style_reference or parsed.brief.template
    if reference is not None:
        return palette.palette_from_reference(preset_colours, style_reference.palette_of(reference))
    if background := parsed.prompt.background_colour:
        return palette.palette_on_background(preset_colours, background)
    if named := parsed.prompt.colours:
        return palette.recoloured_palette(preset_colours, named[parsed.turn % len(named)])
    return dict(preset_colours)
