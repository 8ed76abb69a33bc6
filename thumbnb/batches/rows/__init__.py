"""The rows of a table: what each asks for, and where it is written."""
