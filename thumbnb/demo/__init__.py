"""The demonstration: the studio alone, by Voila, where each visitor has a home of their own."""
