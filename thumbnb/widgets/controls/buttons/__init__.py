"""Buttons: plain, one of a few, and those that ask before they act."""
