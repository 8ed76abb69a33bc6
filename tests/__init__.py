"""The tests; a package, so that one of the same name among the dependencies is not taken for it."""
