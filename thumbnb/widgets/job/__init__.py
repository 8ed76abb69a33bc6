"""The progress of jobs, and the runs that were left unfinished."""
