"""The prompt form, which describes a thumbnail, and its parts."""
