"""Batches: a table of videos or briefs in, the same table with images out."""
