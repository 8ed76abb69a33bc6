"""When a request is sent again, how long to wait before, and how many are sent at most."""
