"""Where the frames of a file lie: its packets, their times, and what to decode for one frame."""
