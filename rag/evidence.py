"""Hits to evidence: the sentences that answer, scored."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.bulletin import Span
from corpus.figures import MEASURED, find_figures, same_family
from corpus.sentences import split_sentences
from index.library import Library
from index.terms import shares
from index.tokenizer import tokenize
from rag.english import names
from rag.question import Query, Wants, subject_words
from rag.search import Hit, may_answer_for

READ_HITS = 8  # units whose sentences are looked at; the answer is among them or nowhere
# Shares of a sentence's score: its own words, its meaning, its paragraph, and whether it holds the
# kind of thing asked for.
WORDS, MEANING, PARAGRAPH, FORM = 0.45, 0.2, 0.2, 0.15
# The ranker's word beside that score when sentences are put in order: RANKER at its best one, less
# by the factor e for every SPREAD of its scores below. Chosen on eval/questions.jsonl.
RANKER, SPREAD = 0.2, 6.0
# What is asked for with 多少 or 何时 is a figure or a date, and 市长是谁 wants the word 市长: a
# sentence without it does not answer.
NEEDS_FORM = frozenset({Wants.NUMBER, Wants.DATE, Wants.PERSON})
# Words that ask for money, a share or a size; without them 多少 asks for a count.
_MEASURE = re.compile(
    r"钱|元|资金|经费|预算|投入|投资|补[助贴]|占|率|比例|面积|产值|收入|支出|百分|price|cost"
)
_TITLE = re.compile(r"市委书记|书记|市长|县长|区长|省长|主任|组长|局长|秘书长|委员长")
_DATE = re.compile(r"\d{4}年|\d{1,2}月|\d{1,2}日|年底|月底|上旬|中旬|下旬")
_PERSON = re.compile(
    r"主任|书记|市长|县长|区长|省长|部长|局长|委员|代表|记者|负责人|主席|秘书长|供稿|说|表示|强调"
)
_WAY = re.compile(
    r"通过|采取|以.{2,20}为|建立|推动|制定|坚持|由于|因此|因为|为了|为[^，。]{2,20}，"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a hit: quote == hit.text[span.start:span.end].

    `score`, 0 to 1, weighs the share of the question's words in it (by rarity), its cosine with the
    question, its paragraph's score by fusion, and whether it holds the kind of thing asked for.
    `rank` orders the sentences of one question: the score and the ranker's word.
    """

    hit: Hit
    span: Span
    score: float
    rank: float = 0.0

    @property
    def quote(self) -> str:
        """The sentence in the words of the source."""
        return self.hit.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True)
class Part:
    """A question with its evidence, best first; of a comparison one for each side, under its label.

    `label` is "" for a question that compares nothing.
    """

    query: Query
    evidence: tuple[Evidence, ...]
    label: str = ""


def find_evidence(library: Library, query: Query, hits: Sequence[Hit]) -> list[Evidence]:
    """Sentences of the best hits, best first; none about another place than the one asked for."""
    read = [hit for hit in hits if _fits(hit, query)][:READ_HITS]
    sentences = [(hit, span) for hit in read for span in split_sentences(hit.text)]
    if not sentences:
        return []
    quotes = [hit.text[span.start : span.end] for hit, span in sentences]
    shared = _shared(library, query, quotes)
    meanings = library.closeness(query.understood, quotes)
    found = []
    ranked = _ranked(read)
    for (hit, span), quote, share, meaning in zip(sentences, quotes, shared, meanings, strict=True):
        form = _form(query, quote)
        if form == 0 and query.wants in NEEDS_FORM:
            continue
        score = WORDS * share + MEANING * max(meaning, 0.0) + PARAGRAPH * hit.fused + FORM * form
        nearness = ranked.get((hit.bulletin, hit.position, span.start), 0.0)
        found.append(Evidence(hit, span, score, score + RANKER * nearness))
    return sorted(found, key=lambda evidence: -evidence.rank)


def _ranked(hits: Sequence[Hit]) -> dict[tuple[str, int, int], float]:
    """How near to the ranker's best sentence each one is, 0 to 1, by bulletin, position, start."""
    scores = {
        (hit.bulletin, hit.position, span.start): score
        for hit in hits
        for span, score in hit.sentences
    }
    best = max(scores.values(), default=0.0)
    return {key: math.exp((score - best) / SPREAD) for key, score in scores.items()}


def _shared(library: Library, query: Query, quotes: Sequence[str]) -> list[float]:
    """The share of the question's words that each sentence has, by their rarity among these."""
    if query.terms:
        about = [t for t in query.terms if not any(names(t, place) for place in query.places)]
        return shares(library.resolve(about or query.terms), quotes)
    asked = set(tokenize(" ".join(subject_words(query)))) or set(tokenize(query.understood))
    tokens = [set(tokenize(quote)) for quote in quotes]
    rarity = _rarity(asked, tokens)
    total = sum(rarity.values()) or 1.0
    return [sum(rarity[token] for token in asked & own) / total for own in tokens]


def _fits(hit: Hit, query: Query) -> bool:
    return not query.places or any(may_answer_for(hit.unit, place) for place in query.places)


def _rarity(asked: set[str], sentences: Sequence[set[str]]) -> dict[str, float]:
    """Inverse document frequency of the asked words among the sentences at hand:
    ln(1 + (n - df + 0.5) / (df + 0.5)), the form that BM25 uses.
    """
    df = Counter(token for own in sentences for token in asked & own)
    n = len(sentences)
    return {token: math.log(1 + (n - df[token] + 0.5) / (df[token] + 0.5)) for token in asked}


def _form(query: Query, quote: str) -> float:
    """Whether the sentence holds the kind of thing that is asked for, 0 to 1; 0 rules it out where
    a number or a date is asked for.
    """
    if query.wants is Wants.NUMBER:
        units = [figure.unit for figure in find_figures(quote)]
        if query.unit:
            units = [unit for unit in units if same_family(unit, query.unit)]
        if query.unit in units:
            return 1.0
        counted = any(unit.lstrip("万亿千百") not in MEASURED for unit in units)
        money_asked = query.unit or _MEASURE.search(query.chinese)
        return 0.0 if not units else 0.6 if counted or money_asked else 0.3
    if query.wants is Wants.DATE:
        return 1.0 if _DATE.search(quote) else 0.0
    if query.wants is Wants.PERSON:
        titles = _TITLE.findall(query.chinese)
        if titles:
            return 1.0 if all(title in quote for title in titles) else 0.0
        return 1.0 if _PERSON.search(quote) else 0.3
    if query.wants is Wants.LIST:
        return min(1.0, quote.count("、") / 3)
    if query.wants is Wants.WAY:
        return 1.0 if _WAY.search(quote) else 0.0
    return 0.5
