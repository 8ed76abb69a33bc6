"""Engines: what paints the image that the compositor sets the words on."""
