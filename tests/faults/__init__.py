"""Faults that a machine has: kills, power cuts, full disks."""
