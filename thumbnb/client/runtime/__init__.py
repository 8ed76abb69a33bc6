"""How calls run: the I/O thread, methods callable three ways, jobs and their progress."""
