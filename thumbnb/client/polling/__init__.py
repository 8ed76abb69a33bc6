"""How jobs are polled: one poller, its subscriptions, its schedule, learned durations."""
