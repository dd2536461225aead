"""Answers, sources and libraries as HTML, as files, as text for a terminal."""
