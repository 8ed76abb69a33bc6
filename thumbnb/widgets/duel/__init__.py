"""The duel: two images at a time, of which the better one is chosen."""
