"""When the library does not answer, and what is said then."""
