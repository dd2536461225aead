"""How fast and how large: measured in processes of their own, printed as a table."""
