"""HTTP for both protocols: access, links, request parsing, rate limit."""
