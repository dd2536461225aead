"""Readers of PDF, Word and HTML files: each gives the text and what the format knows of it."""
