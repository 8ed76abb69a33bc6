"""What a prompt says: parsing it and making it better."""
