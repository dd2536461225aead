"""The library beside what a developer would install or write instead, on the same texts."""
