"""What is kept on disk: files, SQLite databases, their copies, and the folder they live in."""
