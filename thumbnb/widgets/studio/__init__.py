"""The studio, from a video to a thumbnail step by step."""
