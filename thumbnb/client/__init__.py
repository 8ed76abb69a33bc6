"""The shared client: objects for what the services hold, and the policy of requests."""
