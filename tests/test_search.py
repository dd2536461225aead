"""Hybrid search puts what is about the question first, and says why."""

from pathlib import Path

import pytest
from doubles import WordEncoder, write_bulletin

import rag
from corpus.bulletin import Kind
from corpus.errors import CallError
from corpus.text.places import place_named
from index.library import Library
from rag.query.question import understand
from rag.retrieval.search import about_place, may_answer_for, search
from rag.retrieval.stages import AS_FOUND
from rag.retriever import BulletinRetriever


def test_the_paragraph_that_answers_comes_first(library: Library) -> None:
    """The place and the words of a question lead to its paragraph."""
    hit = rag.retrieve("三门峡助餐场所", k=5, library=library)[0]
    assert (hit.bulletin, hit.paragraph) == ("henan-053-sanmenxia", 9)


def test_scores_fall_and_hits_are_distinct(library: Library) -> None:
    """Hits are sorted, no unit comes twice, and k bounds their number."""
    hits = search(library, understand("养老服务联动监督"), 20)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert len({(hit.bulletin, hit.position) for hit in hits}) == len(hits) == 20


def test_without_reading_the_order_is_that_of_the_indexes(home: Path, tmp_path: Path) -> None:
    """The best unit has a score of 1, the others shares of it; a unit that tells of the year asked
    about stands before its like of another year.
    """
    for year, number in (("2022", 52), ("2023", 61)):
        fact = f"{year}年全市建成老年食堂{number}个，惠及老人3万人。"
        write_bulletin(tmp_path / f"in{year}.txt", "开封市", fact)
    library = Library(home, WordEncoder())
    library.sync(tmp_path)
    hits = search(library, understand("2023年建成多少个老年食堂"), 10, stages=AS_FOUND)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert (scores[0], min(scores) >= 0) == (1.0, True)
    assert "61个" in hits[0].text
    library.close()


def test_a_hit_says_why_it_is_there(library: Library) -> None:
    """The reason names shared words, meaning and place."""
    why = search(library, understand("三门峡助餐场所"), 1)[0].why
    assert "词语相合" in why
    assert "意思相近" in why
    assert "关于三门峡" in why


def test_a_recipient_list_can_be_found(library: Library) -> None:
    """Units without a number are found where they carry the fact."""
    kinds = {hit.kind for hit in search(library, understand("报送全国人大社会建设委员会"), 10)}
    assert Kind.DISTRIBUTION in kinds


@pytest.mark.parametrize("k", [0, -1, 1001])
def test_a_k_that_cannot_be_is_refused(library: Library, k: int) -> None:
    """K below 1 or above the limit is the caller's mistake."""
    with pytest.raises(CallError, match=f"k is {k}; ask for 1 to 1000"):
        rag.retrieve("助餐", k=k, library=library)


def test_a_province_covers_its_cities_and_a_city_answers_for_its_counties(
    library: Library,
) -> None:
    """河南 is what 三门峡 units are about; of 渑池县 the city's article may tell."""
    unit = library.bulletin("henan-053-sanmenxia").paragraphs[0]
    henan, mianchi, lvliang = map(place_named, ("河南省", "渑池县", "吕梁市"))
    assert henan
    assert mianchi
    assert lvliang
    assert about_place(unit, henan)
    assert (about_place(unit, mianchi), may_answer_for(unit, mianchi)) == (False, True)
    assert not may_answer_for(unit, lvliang)


def test_the_search_is_a_langchain_retriever(library: Library) -> None:
    """Invoking it gives documents with the label to cite and the paragraph's number."""
    document = BulletinRetriever(library=library, k=3).invoke("三门峡助餐场所")[0]
    assert "180个" in document.page_content
    assert document.metadata["paragraph"] == 9
    assert document.metadata["citation"] == "《三门峡：在助推养老服务发展中彰显人大力量》第9段"
