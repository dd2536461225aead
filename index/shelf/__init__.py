"""The files of a library as they were given, and the folder that they come from."""
