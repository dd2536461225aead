"""A clerk dates a bulletin, says what place it is about and what series it is of."""

from pathlib import Path

import pytest
from command import Command
from doubles import WordEncoder

from corpus.bulletin import DateWhere
from corpus.errors import CallError
from corpus.hand_facts import NO_FACTS, HandFacts
from index.library import Library
from index.scope import scope_of
from index.shelf.facts_ledger import FactsLedger

UNDATED = "扎实推进养老服务\n常委会高度重视养老服务工作，多次开展调研。\n建成老年食堂52个。\n"


@pytest.fixture
def library(home: Path, folder: Path, encoder: WordEncoder) -> Library:
    """Two bulletins that name their cities, and one that names nothing."""
    (folder / "undated.txt").write_text(UNDATED, "utf-8")
    library = Library(home, encoder)
    library.sync(folder)
    return library


def inside(library: Library, **bounds: object) -> list[str]:
    return [entry.id for entry in library.entries(scope_of(**bounds))]  # type: ignore[arg-type]


def test_periods_and_places_go_by_what_was_set(library: Library, encoder: WordEncoder) -> None:
    """The text stays, nothing is embedded again, and the bulletin is found under date and place."""
    encoded, before = encoder.texts, library.bulletin("undated")
    assert inside(library, since="2024-03", until="2024-03") == []
    facts = HandFacts.checked("2024-03-12", "郑州", "养老工作简报 第7期")
    shown = library.set_by_hand("undated", facts)
    assert [unit.text for unit in shown.units] == [unit.text for unit in before.units]
    assert (shown.date, shown.title, shown.issue) == ("2024-03-12", "养老工作简报 第7期", 7)
    assert shown.dates[0].where is DateWhere.HAND
    assert shown.places == ("郑州市",)
    assert inside(library, since="2024-03", until="2024-03") == ["undated"]
    assert inside(library, places=["河南"]) == ["kaifeng", "undated", "xinxiang"]
    assert encoder.texts == encoded
    index = library._index
    assert index.vectors.ids() == index.catalogue.vector_ids()


def test_what_was_set_stays_with_the_bulletin(
    library: Library, folder: Path, home: Path, encoder: WordEncoder
) -> None:
    """Through syncs, a new version, a rebuild and a move to another folder; until it is unset."""
    library.set_by_hand("undated", HandFacts(date="2024-03"))
    assert library.sync(folder).updated == []
    (folder / "undated.txt").write_text(UNDATED + "培训护工9名。\n", "utf-8")
    library.sync(folder)
    assert library.bulletin("undated").date == "2024-03"
    (folder / "old").mkdir()
    (folder / "undated.txt").rename(folder / "old" / "undated.txt")
    library.sync(folder)
    assert library.bulletin("old/undated").date == "2024-03"
    rebuilt = Library(home, encoder, fresh=True)
    rebuilt.sync(folder)
    assert inside(rebuilt, since="2024", until="2024") == ["old/undated"]
    rebuilt.set_by_hand("old/undated", NO_FACTS)
    assert rebuilt.bulletin("old/undated").date is None
    assert inside(rebuilt, since="2024") == []


@pytest.mark.parametrize(
    ("bounds", "found"),
    [
        ({"since": "2024", "until": "2024"}, ["month", "year"]),
        ({"since": "2024-03", "until": "2024-03"}, ["month"]),
        ({"since": "2024-02-15"}, ["month"]),
        ({"since": "2024-03-02"}, []),
        ({"until": "2024-03-30"}, []),
        ({"until": "2024-03-31"}, ["month"]),
        ({"until": "2024-12"}, ["month", "year"]),
        ({"since": "2023", "until": "2025"}, ["month", "year"]),
        ({"since": "2025"}, []),
    ],
)
def test_a_month_or_year_is_inside_periods_that_hold_all_of_it(
    bounds: dict[str, str], found: list[str], home: Path, tmp_path: Path, encoder: WordEncoder
) -> None:
    """Of a bulletin whose day is not known nothing more can be said."""
    for name in ("month", "year", "undated"):
        (tmp_path / f"{name}.txt").write_text(f"{name}\n{UNDATED}", "utf-8")
    library = Library(home, encoder)
    library.sync(tmp_path)
    library.set_by_hand("month", HandFacts(date="2024-03"))
    library.set_by_hand("year", HandFacts(date="2024"))
    assert inside(library, **bounds) == found


@pytest.mark.parametrize(
    ("date", "place", "series"),
    [
        ("2024-13", None, None),
        ("昨天", None, None),
        ("2024-02-30", None, None),
        (None, "乌有之乡", None),
        (None, None, ""),
        (None, None, "长" * 101),
    ],
)
def test_what_cannot_be_is_refused(date: str | None, place: str | None, series: str | None) -> None:
    """With both languages and the mend."""
    with pytest.raises(CallError, match=r"[一-鿿]"):
        HandFacts.checked(date, place, series)


def test_a_torn_line_costs_what_it_held_alone(tmp_path: Path) -> None:
    """The ledger is only appended to, and noise in it is passed over."""
    ledger = FactsLedger(tmp_path)
    ledger.note("a", HandFacts(date="2024"))
    ledger.note("b", HandFacts(place="开封市"))
    path = tmp_path / "set-by-hand.jsonl"
    with path.open("ab") as file:
        file.write(b'{"id": 1}\n[1]\n{"id": "a", "date": 3}\n\xff\n{"id": "a", "da')
    assert ledger.known() == {"a": HandFacts(date="2024"), "b": HandFacts(place="开封市")}
    ledger.note("a", NO_FACTS)
    assert FactsLedger(tmp_path).known() == {"b": HandFacts(place="开封市")}


def test_the_command_sets_shows_and_unsets(
    jianbao: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`jianbao set`: each option for itself, an empty one takes it back, none shows what is."""
    (folder / "2023").mkdir()
    (folder / "2023" / "undated.txt").write_text(UNDATED, "utf-8")
    monkeypatch.setenv("JIANBAO_BULLETINS", str(folder))
    assert "2023  文件夹 folder：2023" in jianbao("set", "2023/undated").out
    assert jianbao("set", "2023/undated", "--date", "2023-05", "--place", "郑州").status == 0
    done = jianbao("set", "2023/undated", "--place", "")
    assert "日期 date：2023-05*" in done.out
    assert "地区 places：–" in done.out
    (line,) = [x for x in jianbao("list", "--json").lines if x["bulletin"] == "2023/undated"]
    assert (line["date"], line["set_by_hand"]) == ("2023-05", {"date": "2023-05"})
    assert line["folders"] == ["2023"]
    assert "手工设定" in jianbao("list").out
    refused = jianbao("set", "2023/undated", "--date", "soon")
    assert (refused.status, len(refused.err.splitlines())) == (2, 1)
    assert jianbao("set", "nothing").status == 2


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2025年9月29日", "2025-09-29"),
        ("2025/9/29", "2025-09-29"),
        ("2025.9", "2025-09"),
        ("２０２５年", "2025"),
    ],
)
def test_a_date_may_be_written_as_people_do(written: str, kept: str) -> None:
    """It is kept as ISO 8601 has it."""
    assert HandFacts.checked(written, None, None).date == kept
