"""The weather of a scene: what a prompt names of it, and its layers."""
