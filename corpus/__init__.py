"""What a bulletin is: files read into numbered, typed, citable units. Imports no sibling."""
