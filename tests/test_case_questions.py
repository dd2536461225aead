"""Questions asked of papers that once were answered wrongly are answered rightly.

The papers lie beside the project; what is right for each is written in the table there.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from index.temporary import temporary_library
from index.vectors.encoders import encoder_of
from rag.answering.answer import Answer
from rag.chain import Request, answer_chain

CASES = Path(__file__).parents[2] / "shared" / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the cases lie beside the project")
Ask = Callable[[str, str], Answer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Asks a question of a library that holds one case."""
    with ExitStack() as opened:
        chains = {}

        def asked(case: str, question: str) -> Answer:
            if case not in chains:
                folder = tmp_path_factory.mktemp("case")
                shutil.copy(CASES / case, folder)
                library = opened.enter_context(temporary_library(folder, encoder_of(None)))
                chains[case] = answer_chain(library)
            return chains[case].invoke(Request(question))

        yield asked


@pytest.mark.parametrize(
    ("case", "question", "says", "never"),
    [
        ("33.table-two-pages.pdf", "涧西区有多少个助餐场所", "46", "236"),
        ("34.three-line-table.pdf", "涧西区建了几个助餐场所", "46", "236"),
        ("71.table-numbers.html", "税收收入是多少", "15767万元", "1576718"),
        ("14.superscript-notes.docx", "建成多少个助餐点", "180个", "1802"),
        ("23.superscript-notes.pdf", "户籍人口有多少", "143.62万人", "1143"),
        ("44a.digits-spaced.txt", "地区生产总值达到多少", "5675.2亿元", " 2亿元"),
        ("94.compared-with-last-year.txt", "洛阳市2022年末常住人口有多少", "707.9万人", "没有"),
        ("95.county-bulletin.txt", "新安县建成多少个老年助餐场所", "46个", "没有关于"),
    ],
)
def test_a_figure_of_a_paper_is_told_as_it_stands(
    ask: Ask, case: str, question: str, says: str, never: str
) -> None:
    """A cell of its own row, a figure without the mark of its note, the year's and not the last
    one's, a county's.
    """
    answer = ask(case, question)
    assert not answer.refused
    assert says in answer.text
    assert never not in answer.text


def test_a_question_in_traditional_characters_is_read_as_one_in_simplified(ask: Ask) -> None:
    """三門峽 is 三门峡; of the county it is asked likewise."""
    assert "46个" in ask("95.county-bulletin.txt", "新安縣建成多少個老年助餐場所").text


@pytest.mark.parametrize("order", ["SELECT * FROM units", "DROP TABLE units"])
def test_an_order_to_a_database_is_no_question(ask: Ask, order: str) -> None:
    """It is refused, and nothing is quoted to it."""
    answer = ask("95.county-bulletin.txt", order)
    assert answer.refused
    assert not answer.citations


@pytest.mark.parametrize("case", ["96.target-false-alarm.txt", "97.fullwidth-whole-numbers.txt"])
def test_sound_figures_are_told_without_a_caution(ask: Ask, case: str) -> None:
    """Rates of one size, whole numbers in wide digits: nothing lost a point."""
    assert "漏小数点" not in ask(case, "今年的目标和财政收入是多少").text
