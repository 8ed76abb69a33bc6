"""The space of a sweep: its axes, their values, and the cells they make."""
