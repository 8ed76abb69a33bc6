"""The wardrobe: everyday clothes, costumes of work, history and the stage, hats, what is worn."""
