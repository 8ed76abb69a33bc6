"""Photos in a scene: where they are, their light, the colours of two halves."""
