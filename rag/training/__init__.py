"""How the transformers that read and embed are made: a package for each."""
