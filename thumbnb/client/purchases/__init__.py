"""Paid calls: generations, frames, prompts, and collecting what they made."""
