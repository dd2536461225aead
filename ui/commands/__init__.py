"""The commands of the command line, each in a function of its own."""
