"""Questions about the bulletins themselves are answered from what the files say of themselves."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from doubles import WordEncoder, write_bulletin

from corpus.questions.question_file import load_questions
from index.library import Library
from rag import ask
from rag.answering.library_questions import MAX_TOLD, catalogued
from rag.answering.summary import MAX_BULLETINS, summarised
from rag.query.intents import Aspect, asked_aspect
from rag.query.question import understand
from rag.retrieval.search import search
from rag.retrieval.stages import AS_FOUND

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("question", "aspect"),
    [
        ("漯河这期是哪个单位供的稿？", Aspect.CONTRIBUTOR),
        ("这篇稿子是谁写的", Aspect.CONTRIBUTOR),
        ("吕梁那份报纸的责编是谁", Aspect.EDITOR),
        ("是哪位记者采写的", Aspect.BYLINE),
        ("漯河那期在专辑里排第几", Aspect.ISSUE),
        ("这份简报是什么时候印发的", Aspect.DATE),
        ("这一期简报报送给哪些单位", Aspect.RECIPIENTS),
        ("鹤壁那篇题目是啥", Aspect.TITLES),
        ("这些简报涉及哪些城市", Aspect.PLACES),
        ("资料库里有哪些简报", Aspect.LIST),
        ("一共有几份简报？", Aspect.LIST),
        ("Which bulletins do you have?", Aspect.LIST),
        ("三门峡建成了多少个老年助餐场所", None),
        ("漯河三期工程什么时候完工", None),
        ("谁写了批示", None),
        ("报告提交给了哪个部门", None),
    ],
)
def test_what_is_asked_of_the_bulletins(question: str, aspect: Aspect | None) -> None:
    """Words for a bulletin or its parts make a catalogue question; content questions do not."""
    assert asked_aspect(question) is aspect


@pytest.mark.parametrize("name", ["questions.jsonl", "held_out.jsonl"])
def test_of_our_questions_only_catalogue_ones_are_taken_for_such(name: str) -> None:
    """No other question is answered from the catalogue; of a follow-up the whole decides."""
    questions = load_questions(ROOT / "eval" / name)
    taken = {q.type for q in questions if asked_aspect(q.question)}
    assert taken <= {"catalogue", "followup"}


def test_who_supplied_an_issue(library: Library) -> None:
    """The credit line is the answer, with its place before it, cited as what it is."""
    answer = ask("漯河这期是哪个单位供的稿？", library=library)
    assert answer.text == "漯河市：（漯河市人大社会建设委员会供稿）[1]"
    assert answer.citations[0].paragraph is None


def test_all_issues_are_listed_and_counted(library: Library) -> None:
    """Each bulletin is a line, cited to the masthead or title that names it."""
    answer = ask("一共有几份简报？", library=library)
    assert answer.text.startswith("资料库现有简报五份：\n")
    assert len(answer.citations) == len({c.bulletin for c in answer.citations}) + 1  # two articles


def test_what_no_file_states_is_refused(library: Library) -> None:
    """The Henan issues carry no date."""
    assert ask("鹤壁那期简报是哪天印发的？", library=library).refused


@pytest.fixture
def archive(home: Path, folder: Path, encoder: WordEncoder) -> Iterator[Library]:
    """More bulletins about one city than an answer tells of, and the two of the folder."""
    for n in range(MAX_TOLD + 1):
        write_bulletin(
            folder / f"luoyang-{n}.txt", "洛阳市", f"第{n + 1}批共新建老年食堂{n + 1}个。"
        )
    library = Library(home, encoder)
    library.sync(folder)
    yield library
    library.close()


def test_an_archive_is_not_listed_whole(archive: Library) -> None:
    """51 + 2 = 53 bulletins: fifty titles, and before them how many there are and how to go on."""
    listed = catalogued(archive, understand("资料库里有哪些简报"))
    assert listed is not None
    head, *titles = listed.lines
    assert "有五十三份" in head.lead
    assert len(titles) == MAX_TOLD


def test_a_place_asked_of_is_found_among_many(archive: Library) -> None:
    """The one bulletin about Kaifeng is listed by itself, and told by itself in a summary."""
    listed = catalogued(archive, understand("开封的简报是什么题目"))
    assert listed is not None
    assert [line.item.hit.bulletin for line in listed.lines if line.item] == ["kaifeng"]
    told = summarised(archive, None, understand("开封那份简报主要讲了什么"))
    assert {line.item.hit.bulletin for line in told if line.item} == {"kaifeng"}
    whole = summarised(archive, None, understand("洛阳的简报主要讲了什么"))
    assert "有五十一份" in whole[0].lead
    assert len({line.item.hit.bulletin for line in whole if line.item}) == MAX_BULLETINS


def test_a_small_place_in_a_large_library_is_found(archive: Library) -> None:
    """Fifty-one others have the same words; the one about the place asked of comes first."""
    (hit, *_) = search(archive, understand("开封建成了多少个老年食堂"), 3, stages=AS_FOUND)
    assert hit.bulletin == "kaifeng"
