"""What a prompt says of a thing: its state, its price, how it goes with others."""
