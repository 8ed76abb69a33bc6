"""The brief of a cell beside the board, and what tells two briefs apart."""
