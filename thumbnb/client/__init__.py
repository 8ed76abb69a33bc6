"""The shared client: objects that stand for what the services hold, and the policy of asking."""
