"""Images as such: sizes, opening within bounds, small copies."""
