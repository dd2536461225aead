"""Whether sentences say the very thing that is asked for, by its rarest word."""

from collections.abc import Sequence

from index.library import Library
from index.words.tokenizer import tokenize
from rag.query.meanings import said, terms_of
from rag.query.question import Query
from rag.reading.evidence import Evidence

LOOKED_AT = 6  # sentences, best first
SAID = 0.75  # likeness from which a word is said: one name is half like another


def says_what_is_asked(
    library: Library, query: Query, evidence: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """The evidence from the first sentence on that says the word of the question that fewest units
    have; empty where none of the best does.
    """
    terms = [term for term in terms_of(query) if len(term.alternatives[0][0]) > 1]
    if not terms:
        return tuple(evidence)
    counted = library.frequencies([term.alternatives[0][0] for term in terms])
    known = [term for term in terms if counted[term.alternatives[0][0]]]
    if not known:
        return tuple(evidence)
    rarest = min(known, key=lambda term: counted[term.alternatives[0][0]])
    looked = evidence[:LOOKED_AT]
    shares = said([rarest], [tokenize(item.quote) for item in looked], library.likeness)
    first = next((n for n, share in enumerate(shares[:, 0]) if share >= SAID), None)
    return () if first is None else (*evidence[first:], *evidence[:first])
