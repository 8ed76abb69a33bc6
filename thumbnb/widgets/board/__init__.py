"""The board: the cells of a sweep as a table, filled as they are made."""
