"""The words of a prompt: what each stands for, and in which of its senses."""
