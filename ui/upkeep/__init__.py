"""Whether all is well with a data directory, and what to do when it is not."""
