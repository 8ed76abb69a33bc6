"""thumbnb: the Jupyter toolkit for making video thumbnails."""
