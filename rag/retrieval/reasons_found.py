"""What brought a unit to a question, in words: shared words by name, meaning, place, period."""

from corpus.bulletin import Bulletin, Unit
from index.words.tokenizer import tokenize
from rag.query.question import Query, subject_words
from rag.retrieval.agreement import about_place
from rag.retrieval.fusion import Candidate

SHOWN_WORDS = 5  # shared words named


def why_found(query: Query, candidate: Candidate, bulletin: Bulletin, unit: Unit) -> str:
    """The reasons, joined; "" where nothing but its place among the others speaks for a unit."""
    held = set(tokenize(f"{bulletin.title_of(unit)} {' '.join(unit.section)} {unit.text}"))
    shared = sorted(set(subject_words(query)) & held, key=lambda word: (-len(word), word))
    reasons = []
    if candidate.words:
        named = f"（{'、'.join(shared[:SHOWN_WORDS])}）" if shared else ""
        reasons.append(f"词语相合{candidate.words:.0%}{named}")
    if candidate.meaning:
        reasons.append(f"意思相近{candidate.meaning:.0%}")
    if places := [place.short for place in query.places if about_place(unit, place)]:
        reasons.append(f"关于{'、'.join(places)}")
    if years := [y for y in query.years if y in unit.text or y in (bulletin.date or "")]:
        reasons.append(f"说到{'、'.join(years)}年")
    return "，".join(reasons)
