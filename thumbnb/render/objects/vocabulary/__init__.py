"""The vocabulary: which objects the words of a prompt name, in many languages."""
