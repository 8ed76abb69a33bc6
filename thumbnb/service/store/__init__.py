"""The database of the service: migrations, rows, leases of processes."""
