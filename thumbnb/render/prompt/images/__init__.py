"""What a prompt says of its images: roles, places, screens, marks on them."""
