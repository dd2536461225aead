"""Lines of a file to the blocks of a bulletin: what each line is, and which belong together."""
