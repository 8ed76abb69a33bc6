"""Objects the services store: videos, collections, projects, persons."""
