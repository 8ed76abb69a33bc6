"""A thumbnail as layers: a Photoshop document, or an SVG whose words are still text."""

from thumbnb.render.export.psd_file import write_psd
from thumbnb.render.export.separate_layers import SeparateLayer, separate_layers
from thumbnb.render.export.svg_file import write_svg

__all__ = ["SeparateLayer", "separate_layers", "write_psd", "write_svg"]
