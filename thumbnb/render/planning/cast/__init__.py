"""Who and what a scene shows, by the words and images of its brief."""
