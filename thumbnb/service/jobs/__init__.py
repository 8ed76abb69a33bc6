"""The durable queue of jobs and the workers that run them."""
