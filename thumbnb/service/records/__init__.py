"""Records in the database: videos, images, persons, projects, generations, credits, presets."""
