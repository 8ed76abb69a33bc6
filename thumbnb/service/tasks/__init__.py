"""The work of each kind of job: decoding frames, painting generations."""
