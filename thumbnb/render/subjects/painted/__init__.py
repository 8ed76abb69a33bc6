"""Subjects painted by code, one a file: a city, a forest, a rocket, a desk."""
