"""Quantities of a text: found, held for damaged, proved by arithmetic."""
