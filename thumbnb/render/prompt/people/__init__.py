"""The people of a prompt: who they are, what they wear, do and feel."""
