"""Which of the written documents teach, and which are kept aside to test by."""

KEPT_ASIDE = frozenset({"w3", "w9"})  # local news, and papers of people's congresses
# By this group training is watched: when to stop, and where thresholds lie. It teaches at the end.
WATCHED = frozenset({"w13"})
