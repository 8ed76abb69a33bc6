"""The wire: one function an endpoint, over one transport. No policy lives here."""
