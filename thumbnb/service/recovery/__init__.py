"""Looking after a home: what is wrong with it, and bringing back what can be."""
