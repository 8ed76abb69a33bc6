"""The work on videos, and where it is done: worker processes, pools, clusters."""
