"""Colours: mixing, palettes, style references."""
