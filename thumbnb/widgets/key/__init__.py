"""The field to enter the key of a hosted service."""
