"""The timestamp slider, which chooses a frame of a video."""
