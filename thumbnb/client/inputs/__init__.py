"""What callers pass in: image tokens, upload sources, checks of options."""
