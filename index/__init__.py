"""How a bulletin is found: words in SQLite FTS5, vectors in Chroma. Imports corpus."""
