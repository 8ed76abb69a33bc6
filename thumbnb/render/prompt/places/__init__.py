"""Places that prompts name: which are painted, what they are called, where things stand."""
