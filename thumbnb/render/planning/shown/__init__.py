"""What a scene shows of what a prompt names: things seen, hidden, and parts of them."""
