"""How often the place of an article is the right one, over documents whose places people wrote
down: python tests/place_measure.py DOCUMENTS.jsonl.xz...

Each set in tests/data/places names a document a line, the codes of the places that may be said of
it (several with |, the first the best; - for none) and their names. A larger place around the right
one says less than it could, and is counted by itself; anything else is wrong.
"""

import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from corpus.bulletin import Bulletin
from corpus.parse import parse
from corpus.text.places import place_named

SETS = Path(__file__).parent / "data" / "places"


def labels(path: Path) -> dict[str, tuple[str, ...]]:
    """Codes that may be said, by document; "-" among them for none."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return {name: tuple(codes.split("|")) for name, codes, _ in rows}


def place_of(bulletin: Bulletin) -> str:
    """Code of the place that a document is about, "-" for none: of its article, else its units'."""
    places = [a.place for a in bulletin.articles] or [u.place for u in bulletin.paragraphs]
    place = place_named(places[0]) if places[0] else None
    return place.code if place else "-"


def verdict(told: str, right: tuple[str, ...]) -> str:
    """What a code is worth: right, around, missing, invented (there is none) or wrong.

    >>> [verdict(told, ("410323",)) for told in ("410323", "4103", "-", "3205")]
    ['right', 'around', 'missing', 'wrong']
    """
    if told in right:
        return "right"
    if told == "-":
        return "missing"
    if right == ("-",):
        return "invented"
    return "around" if any(code.startswith(told) for code in right) else "wrong"


def measured(
    documents: Mapping[str, str], right: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, str, str]]:
    """Name, code told and verdict of each labelled document among texts by name."""
    for name, codes in right.items():
        if name in documents:
            told = place_of(parse(documents[name].encode(), f"{name}.txt"))
            yield name, told, verdict(told, codes)


def texts_of(path: str) -> dict[str, str]:
    """Texts of a file of documents, by name."""
    with (lzma.open if path.endswith(".xz") else open)(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {r["name"]: "\n".join([*filter(None, [r["title"]]), *r["paragraphs"]]) for r in rows}


def tell(name: str, right: Mapping[str, tuple[str, ...]], documents: Mapping[str, str]) -> None:
    """Print how often a set of labels is met, and where it is not."""
    found = list(measured(documents, right))
    if not found:
        return
    counts = Counter(how for *_, how in found)
    named = sum(told != "-" for _, told, _ in found)
    print(f"{name}: {len(found)} documents: {dict(counts)}")
    print(f"exact {counts['right'] / len(found):.3f}", end=", ")
    print(f"exact or around {(counts['right'] + counts['around']) / len(found):.3f}", end=", ")
    print(f"told and true {1 - (counts['wrong'] + counts['invented']) / max(named, 1):.3f}")
    for document, told, how in found:
        if how != "right":
            print(f"  {document}: {told} ({how}), right {'|'.join(right[document])}")


def main(paths: Sequence[str]) -> None:
    """Print a table for each set, and what is not right."""
    documents = {name: text for path in paths for name, text in texts_of(path).items()}
    for path in sorted(SETS.glob("*.tsv")):
        tell(path.stem, labels(path), documents)


if __name__ == "__main__":
    main(sys.argv[1:])
