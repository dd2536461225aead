"""Training of the embedded bilingual embedding model from plain text pairs."""
