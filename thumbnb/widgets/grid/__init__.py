"""The image grid, which shows, compares and downloads images."""
