"""What mattered: which values of the axes made images better, and how sure that is."""
