"""Stored files, downloads of addresses that strangers name, images opened within bounds."""
