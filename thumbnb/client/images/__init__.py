"""Images that come back: results, thumbnails, storyboards, and how they are displayed."""
