"""A proxy: every frame near where somebody looks as a small JPEG, made in the background."""
