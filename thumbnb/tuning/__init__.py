"""Prompt tuning: sweeps of briefs, choices between their images, what mattered."""
