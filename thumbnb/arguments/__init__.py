"""Arguments of public calls: their types, and checks of paths, keys and numbers."""
