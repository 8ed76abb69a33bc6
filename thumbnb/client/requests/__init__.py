"""How requests are sent: retry rules, backoff, rate limits, waiting for a full service."""
