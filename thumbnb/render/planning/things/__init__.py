"""The things of a scene."""
