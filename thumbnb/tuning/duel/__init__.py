"""Two images side by side, again and again, until it is clear which is best."""
