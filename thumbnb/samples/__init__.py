"""Sample media made by code: a video with sound."""
