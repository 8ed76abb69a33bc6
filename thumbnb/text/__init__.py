"""Small rules of text: image tokens in prompts, clock times, short reprs for messages."""
