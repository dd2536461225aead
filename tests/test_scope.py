"""A search can be bound to bulletins, places, a period and kinds of unit, in both indexes."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from doubles import WordEncoder, word_chain

import rag
from corpus.bulletin import Kind
from corpus.errors import CallError
from index.library import Library
from index.scope import Scope, scope_of
from index.store.bounds import condition
from rag.chain import Request
from rag.retriever import BulletinRetriever


def bulletins(library: Library, **bounds: object) -> set[str]:
    """Bulletins that a search inside these bounds finds anything in."""
    hits = rag.retrieve("养老服务监督", k=100, library=library, **bounds)  # type: ignore[arg-type]
    return {hit.bulletin for hit in hits}


def test_a_search_stays_in_the_bulletins_named(library: Library) -> None:
    """Ids of bulletins keep all others out."""
    assert bulletins(library, bulletins=["henan-047-hebi"]) == {"henan-047-hebi"}


def test_questions_about_the_bulletins_stay_inside_too(library: Library) -> None:
    """How many there are, and what one says in outline, are counted and told of those named."""
    chain = word_chain(library)
    scope = scope_of(bulletins=["henan-047-hebi"])
    listed = chain.invoke(Request("资料库里有哪些简报？", scope=scope))
    assert {citation.bulletin for citation in listed.citations} == {"henan-047-hebi"}
    outline = chain.invoke(Request("三门峡的简报主要讲了什么？", scope=scope))
    assert "henan-053-sanmenxia" not in {citation.bulletin for citation in outline.citations}


def test_a_province_takes_in_its_cities(library: Library) -> None:
    """河南 holds the bulletins of its cities and not that of a city in 山西."""
    found = bulletins(library, places=["河南"])
    assert {"henan-047-hebi", "henan-053-sanmenxia"} <= found
    assert rag.retrieve("科技创新", places=["山西省"], library=library)[0].bulletin == (
        "lvliang-2025-11-28"
    )


def test_a_place_is_met_by_the_article_or_by_the_units_own_words(library: Library) -> None:
    """Every hit inside 鹤壁 is of its issue or names it; masthead and imprint belong to the issue's
    only city.
    """
    hits = rag.retrieve("养老服务", k=50, places=["鹤壁"], library=library)
    assert hits
    assert all(hit.bulletin == "henan-047-hebi" or "鹤壁" in hit.text for hit in hits)


@pytest.mark.parametrize(
    ("since", "until", "inside"),
    [("2025", None, True), (None, "2025-11-28", True), ("2025-11", "2025-11", True),
     ("2025-11-29", None, False), (None, "2024", False)],
)  # fmt: skip
def test_a_period_bounds_the_bulletins_date(
    library: Library, since: str | None, until: str | None, inside: bool
) -> None:
    """A year, a month and a day all bound; both ends are included."""
    assert ("lvliang-2025-11-28" in bulletins(library, since=since, until=until)) is inside


def test_an_undated_bulletin_is_outside_any_period(library: Library) -> None:
    """What a file does not state is not guessed."""
    assert bulletins(library, since="1900") == {"lvliang-2025-11-28"}


def test_kinds_bound_what_is_found(library: Library) -> None:
    """Headings alone can be searched."""
    hits = rag.retrieve("养老服务", k=20, kinds=["heading"], library=library)
    assert {hit.kind for hit in hits} == {Kind.HEADING}


def test_bounds_hold_in_both_indexes(library: Library) -> None:
    """Words and vectors alike stay inside; bounds together leave what meets them all."""
    scope = scope_of(places=["三门峡"], kinds=["paragraph"])
    for search in (library.search_words, library.search_meaning):
        hits = search("老年助餐场所", 50, scope)
        assert hits
        units = [library.unit(hit)[1] for hit in hits]
        assert {unit.kind for unit in units} == {Kind.PARAGRAPH}
        assert all(unit.place == "三门峡市" or "三门峡" in unit.text for unit in units)


def test_an_empty_list_lets_nothing_through(library: Library) -> None:
    """No bulletin allowed, none found."""
    assert rag.retrieve("养老", bulletins=[], library=library) == []
    assert rag.retrieve("养老", places=[], library=library) == []


@pytest.mark.parametrize(
    ("bounds", "message"),
    [({"places": ["亚特兰蒂斯"]}, "no place named '亚特兰蒂斯'"),
     ({"kinds": ["poem"]}, "no kind of unit is named 'poem'; there are .*paragraph"),
     ({"since": "去年"}, "since is '去年'; write a year"),
     ({"until": "2025-13"}, "until is '2025-13': month"),
     ({"places": "河南"}, r"places is '河南'; give a list")],
)  # fmt: skip
def test_bounds_that_cannot_be_are_named(bounds: dict[str, str], message: str) -> None:
    """The value and the mend are said."""
    with pytest.raises(CallError, match=message):
        scope_of(**bounds)  # type: ignore[arg-type]


def test_no_bounds_leave_all_open() -> None:
    """None is no bound."""
    assert scope_of() == Scope()
    assert scope_of().is_open


def test_the_langchain_retriever_takes_the_same_bounds(library: Library) -> None:
    """What retrieve takes, the retriever takes as fields."""
    retriever = BulletinRetriever(library=library, k=3, places=("漯河",), kinds=("paragraph",))
    documents = retriever.invoke("养老服务")
    assert documents
    assert {document.metadata["kind"] for document in documents} == {"paragraph"}


def test_an_index_of_an_older_schema_is_refused(home: Path) -> None:
    """An index that lacks what bounds need is refused with the command that rebuilds it."""
    from doubles import WordEncoder

    from corpus.errors import LibraryError
    from index.generations import Generations
    from index.store.databases import Engine

    generations = Generations(home, WordEncoder(), Engine())
    generation = generations.new()
    generations.switch(generation)
    generation.catalogue.set_manifest({"schema": 1})
    generation.close()
    with pytest.raises(LibraryError, match=r"schema 1.*jianbao sync --rebuild"):
        Library(home, WordEncoder())


@pytest.mark.parametrize(
    ("bounds", "index"),
    [({"places": ["河南"]}, "units_by_place"), ({"kinds": ["masthead"]}, "units_by_kind")],
    ids=["places", "kinds"],
)
def test_bounds_read_an_index_and_not_every_unit(
    home: Path, folder: Path, bounds: dict[str, list[str]], index: str
) -> None:
    """What SQLite says of its way: no scan of the table, which holds all texts."""
    Library(home, WordEncoder()).sync(folder)
    where, values = condition(scope_of(**bounds))  # type: ignore[arg-type]
    database = next(home.glob("index/*/words.sqlite3"))
    with closing(sqlite3.connect(database)) as db:
        query = f"EXPLAIN QUERY PLAN SELECT key, passages FROM units WHERE {where}"
        plan = [row[3] for row in db.execute(query, values)]
    assert "SCAN units" not in plan
    assert any(index in step for step in plan)
