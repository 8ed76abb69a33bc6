"""What is drawn on photos and beside cards: things, circles, arrows, large numbers."""
