"""The people of a scene: where they stand, what their hands do, who is in which half."""
