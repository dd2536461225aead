"""Answers that a chat model writes, and the check of what it wrote."""
