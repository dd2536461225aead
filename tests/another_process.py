"""Somebody else's process over a shared library: `another_process.py ORDER` adds or retrieves.

ORDER is a JSON object: home, chroma_url, milvus_uri, and add (a file) or retrieve (a question).
Prints the hits of a question as a JSON list. Its model is the tests' own, which starts at once.
"""

import json
import sys
from pathlib import Path

from doubles import WordEncoder

import rag
from index.library import Library


def main() -> None:
    """Do what is ordered."""
    order = json.loads(sys.argv[1])
    library = Library(Path(order["home"]), WordEncoder(), order["chroma_url"], order["milvus_uri"])
    if "add" in order:
        library.add(Path(order["add"]))
    else:
        hits = rag.retrieve(order["retrieve"], library=library)
        sys.stdout.write(json.dumps([hit.as_dict() for hit in hits]))


if __name__ == "__main__":
    main()
