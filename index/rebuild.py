"""The mend for an index that cannot be used: it is made of the kept files, and can be again."""

REBUILD = "run: jianbao sync --rebuild"
