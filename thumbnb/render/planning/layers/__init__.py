"""The layers of a scene: the background, the foreground, weather, what is around people."""
