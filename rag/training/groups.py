"""Which of the written documents teach, and which are kept aside to test by."""

# Local news and papers of people's congresses, and four groups of our own documents.
KEPT_ASIDE = frozenset({"w3", "w9", "x42", "x46", "x60", "x61"})
# By this group training is watched: when to stop, and where thresholds lie. It teaches at the end.
WATCHED = frozenset({"w13"})
