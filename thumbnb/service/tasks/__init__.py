"""What each kind of job does: decoding videos and images, rendering generations."""
