"""Evidence is what the reader says of the hits' sentences, weighed with where they were found."""

from dataclasses import replace
from pathlib import Path

import pytest
from command import Command
from doubles import WordReader, library_of

from corpus.bulletin import Span
from index.library import Library
from index.sight import WHOLE
from rag.chain import Request, answer_chain
from rag.query.question import understand
from rag.reading.certainty import certainty, logistic, logit
from rag.reading.evidence import NOTHING, may_tell, readable
from rag.reading.read_evidence import read_evidence
from rag.reading.reader import Passage, ReadPassage, ReadSentence
from rag.reading.signs import Sighted
from rag.retrieval.read_order import READ
from rag.retrieval.search import search
from rag.retrieval.stages import AS_FOUND
from rag.retriever import BulletinRetriever
from ui.server.tools import tools

QUESTION = "三门峡建成了多少个老年助餐场所"


def test_sentences_come_best_first_and_share_one_whole(library: Library) -> None:
    """Shares are probabilities over all sentences read; a quote is its hit's own text."""
    query = understand(QUESTION)
    found = read_evidence(
        library, WordReader(), query, search(library, query, 10, reader=WordReader())
    )
    shares = [item.share for item in found.evidence]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1.0)
    assert all(item.quote in item.hit.text for item in found.evidence)
    assert "老年助餐场所180个" in found.evidence[0].quote


def test_of_two_hits_that_read_alike_the_better_found_comes_first(library: Library) -> None:
    """The same sentence in a hit of score .9 stands before itself in one of score .5."""
    query = understand(QUESTION)
    hit = search(library, query, 1, stages=AS_FOUND)[0]
    better, worse = replace(hit, score=0.9), replace(hit, score=0.5)
    found = read_evidence(library, WordReader(), query, [worse, better])
    assert found.evidence[0].hit is better


def test_what_is_told_of_the_year_asked_about_comes_first(tmp_path: Path) -> None:
    """到2017年 and 到2020年 are told in like words, and one of them is asked for."""
    said = "到2020年，服务业总收入达到3000亿元。到2017年，服务业总收入达到2000亿元。"
    with library_of(tmp_path, plan=("开封市", said)) as library:
        for year, figure in (("2017", "2000亿元"), ("2020", "3000亿元")):
            query = understand(f"开封到{year}年服务业总收入达到多少亿元")
            hits = search(library, query, 10, stages=AS_FOUND)
            found = read_evidence(library, WordReader(), query, hits)
            assert figure in found.evidence[0].quote


def test_nothing_is_read_of_headings_and_of_other_places(library: Library) -> None:
    """A title tells nothing, and what is said of another city answers nothing."""
    query = understand(QUESTION)
    hits = search(library, query, 30, stages=AS_FOUND)
    assert any(not may_tell(hit) for hit in hits)
    assert all(may_tell(hit) for hit in readable(query, hits))
    assert {hit.unit.place for hit in readable(query, hits)} == {"三门峡市"}
    assert read_evidence(library, WordReader(), query, []) == NOTHING


def test_certainty_grows_with_what_the_best_passage_says() -> None:
    """A probability, 0 of nothing read, above a half where the best passage clearly answers."""
    passage = Passage("全市建成老年助餐场所180个。")
    said = []
    for answers in (-20.0, 0.0, 20.0):
        read = ReadPassage((ReadSentence(Span(0, 15), 1.0),), answers)
        said.append(certainty(Sighted(understand(QUESTION), (passage,), (read,))))
    assert said == sorted(said)
    assert 0 <= said[0] < 0.5 < said[2] <= 1
    assert logit(logistic(-3.5)) == pytest.approx(-3.5)


def test_reading_orders_the_first_of_what_was_found(library: Library) -> None:
    """The reader sees READ units at most, once; those behind them stay as they were found."""
    reader = WordReader()
    hits = search(library, understand(QUESTION), 5, reader=reader)
    assert "180个" in hits[0].text
    assert 0 < reader.passages <= READ
    assert search(library, understand(QUESTION), 5, stages=AS_FOUND) != hits


def test_another_reader_answers_in_the_chain(library: Library) -> None:
    """With a reader that was set the chain answers with the sentences that it picks, cited as ever;
    the retriever of LangChain orders by it too.
    """
    reader = WordReader()
    answer = answer_chain(library, reader=reader).invoke(Request(QUESTION))
    assert "老年助餐场所180个" in answer.text
    assert answer.citations[0].quote in answer.citations[0].text
    read = reader.passages
    retriever = BulletinRetriever(library=library, reader=reader, k=3)
    assert "180个" in retriever.invoke(f"{QUESTION}？")[0].page_content
    assert reader.passages > read


def test_without_reranking_nothing_is_read(library: Library) -> None:
    """Everywhere alike: for many questions in little time the order of the indexes is enough."""
    reader = WordReader()
    retriever = BulletinRetriever(library=library, reader=reader, rerank=False)
    found = [document.page_content for document in retriever.invoke(QUESTION)]
    assert found == [hit.text for hit in search(library, understand(QUESTION), 5, stages=AS_FOUND)]
    retrieve, _ = tools(library, answer_chain(library, reader=reader), str, reader)
    assert [hit["text"] for hit in retrieve(WHOLE, QUESTION, rerank=False)] == found
    assert reader.passages == 0
    retrieve(WHOLE, QUESTION)
    assert reader.passages > 0


def test_the_command_takes_no_rerank(jianbao: Command) -> None:
    """`--no-rerank` gives as many hits."""
    assert len(jianbao("retrieve", QUESTION, "--no-rerank", "-k", "3", "--json").lines) == 3
