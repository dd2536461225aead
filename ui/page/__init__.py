"""The chat page: its panels, and what happens when they are used."""
