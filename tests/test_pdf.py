"""Rows of print become paragraphs: by margins, indents, columns and type."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prints import EM, HEIGHT, LEFT, PITCH, Text, pdf, rows

from corpus.bulletin import Kind
from corpus.errors import BulletinError
from corpus.extract import extract
from corpus.extracted import Extracted
from corpus.formats.pdf import read_pdf
from corpus.formats.pdfium import MAX_PAGES

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[2] / "shared/data/dev-bulletins"
STEM = "20-yongning-minhang-budget"
OTHER = "13-jinan-first-aid-2020"
LONG = "全市养老服务机构社区居家医疗康复监督人大常委会调研检查审议意见办理落实"


def paragraphs(extracted: Extracted) -> list[str]:
    """The running text, lines that go on put behind those before."""
    result: list[str] = []
    position = 0
    for line in extracted.text.split("\n"):
        if position in extracted.joins:
            result[-1] += line
        elif position not in extracted.kinds:
            result.append(line)
        position += len(line) + 1
    return result


def lines(extracted: Extracted, kind: Kind) -> list[str]:
    """The lines of a kind."""
    ends = [extracted.text.find("\n", start) for start in extracted.kinds]
    found = zip(extracted.kinds.items(), ends, strict=True)
    return [
        extracted.text[start : None if end < 0 else end] for (start, k), end in found if k is kind
    ]


BODY = [f"{LONG}一" * 2 + "。", f"{LONG}二" * 2 + "。", f"{LONG}三。"]


def check_file(folder: Path, clean: Path, suffix: str) -> None:
    """Every line of the clean text is exactly one paragraph, title or heading of the file."""
    stem = clean.stem
    extracted = extract((folder / f"{stem}{suffix}").read_bytes(), suffix, stem)
    found = paragraphs(extracted) + lines(extracted, Kind.TITLE) + lines(extracted, Kind.HEADING)
    found = ["".join(text.split()) for text in found]
    wanted = ["".join(t.split()) for t in clean.read_text("utf-8").split("\n") if t.strip()]
    assert sorted(found) == sorted(wanted)


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html"])
def test_a_document_reads_the_same_in_every_format(suffix: str) -> None:
    """Each paragraph of the clean text is one line, with its page's furniture set apart."""
    check_file(DATA, DATA / f"{STEM}.txt", suffix)


@pytest.mark.skipif(not SHARED.exists(), reason="the development bulletins are not here")
@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html"])
def test_a_statute_reads_the_same_in_every_format(suffix: str) -> None:
    """Eighty paragraphs in two columns on four pages come out as they went in."""
    check_file(SHARED / "formats", SHARED / f"bulletins/{OTHER}.txt", suffix)


def test_indented_paragraphs_are_a_line_each() -> None:
    """Full rows go on, an indent opens the next paragraph."""
    assert paragraphs(read_pdf(pdf(rows(BODY, 40)), "a.pdf")) == BODY


def test_two_columns_are_read_one_after_the_other() -> None:
    """A title across both comes first, and a paragraph goes on from the left to the right one."""
    printed = rows(BODY, 20)
    left, right = printed[:6], printed[6:]
    shift = LEFT + 23 * EM
    moved = [
        (x - LEFT + shift, 123 + i * PITCH, s, f, t) for i, (x, _, s, f, t) in enumerate(right)
    ]
    title: Text = (200, 80, 18, "F2", "关于养老服务工作的报告")
    extracted = read_pdf(pdf([*moved, *left, title]), "a.pdf")
    assert extracted.text.split("\n") == ["关于养老服务工作的报告", *BODY]
    assert extracted.kinds == {0: Kind.TITLE}


def test_a_paragraph_goes_on_behind_page_number_and_running_header() -> None:
    """The second part is a line of its own whose start is among the joins."""
    printed = rows(BODY, 40)
    frame: list[Text] = [(LEFT, 40, 8, "F1", "人大工作摘编")]
    first = [*frame, *printed[:3], (280, 800, EM, "F1", "— 1 —")]
    second = [*frame, *printed[3:], (280, 800, EM, "F1", "— 2 —")]
    extracted = read_pdf(pdf(first, second), "a.pdf")
    assert paragraphs(extracted) == BODY
    assert lines(extracted, Kind.MASTHEAD) == ["人大工作摘编"] * 2
    assert lines(extracted, Kind.PAGE_NUMBER) == ["—1—", "—2—"]
    assert len(extracted.joins) == 1
    assert extracted.text[extracted.pages[1] :].startswith("人大工作摘编")


def test_a_paragraph_goes_on_over_a_page_without_furniture() -> None:
    """With nothing between it stays one line, and the page begins inside it."""
    printed = rows(BODY, 40)
    extracted = read_pdf(pdf(printed[:3], printed[3:]), "a.pdf")
    assert extracted.text.split("\n") == BODY
    assert not extracted.joins
    assert extracted.text[extracted.pages[1] :].startswith(printed[3][4])


def test_a_title_of_two_rows_is_one_line() -> None:
    """Rows of one large type follow each other as one title; bold rows are headings."""
    title: list[Text] = [(150, 60, 18, "F2", "关于全市养老服务工作"), (230, 84, 18, "F2", "的报告")]
    heading: list[Text] = [(LEFT + 20, 104, EM, "F2", "一、主要做法")]
    extracted = read_pdf(pdf(title + heading + rows(BODY, 40)), "a.pdf")
    assert lines(extracted, Kind.TITLE) == ["关于全市养老服务工作的报告"]
    assert lines(extracted, Kind.HEADING) == ["一、主要做法"]
    assert paragraphs(extracted) == BODY


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "without rules"])
def test_rows_of_a_table_stay_rows(ruled: bool) -> None:
    """Cells are parted by an ideographic blank and do not run into the paragraphs around."""
    cells = [("项目", "金额"), ("养老", "331.1"), ("托育", "7.7")]
    table: list[Text] = []
    for i, (name, value) in enumerate(cells):
        table += [(150, 400 + 20 * i, EM, "F1", name), (300, 400 + 20 * i, EM, "F1", value)]
    rules = "".join(
        f"140 {HEIGHT - 386 - 20 * i} m 400 {HEIGHT - 386 - 20 * i} l S " for i in range(4)
    )
    rules += "".join(f"{x} {HEIGHT - 386} m {x} {HEIGHT - 446} l S " for x in (140, 290, 400))
    data = pdf(rows(BODY, 40) + table + rows(BODY, 40, y=470), drawn=rules if ruled else "")
    extracted = read_pdf(data, "a.pdf")
    assert lines(extracted, Kind.CAPTION) == ["项目　金额"]
    assert lines(extracted, Kind.TABLE) == ["养老　331.1", "托育　7.7"]
    assert paragraphs(extracted) == BODY * 2


def test_blanks_stay_between_latin_words_only() -> None:
    """Characters set apart are one word in Chinese; in English the gap is a blank."""
    row: list[Text] = [(100, 100, EM, "F1", "养 老 服 务 Home Care 2024 年。")]
    assert read_pdf(pdf(row), "a.pdf").text == "养老服务Home Care 2024年。"


LOCK = "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + "00" * 32 + ">/U<" + "00" * 32 + ">>>"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"PK\x03\x04", "no PDF file"),
        (b"%PDF-1.7\nnothing", "damaged"),
        (pdf(rows(BODY, 40))[:400], "damaged"),
        (pdf([]), "run OCR first"),
        (pdf(*[[]] * (MAX_PAGES + 1)), "501 pages, more than 500"),
        (pdf([], trailer=f"/ID[<00><00>]{LOCK}"), "password"),
    ],
    ids=["a zip", "a header only", "cut short", "a scan", "too long", "under a password"],
)
def test_what_cannot_be_read_is_told(data: bytes, problem: str) -> None:
    """The error names the file and what is to be done, in one line."""
    with pytest.raises(BulletinError, match=rf"^a\.pdf: .*{problem}[^\n]*$"):
        read_pdf(data, "a.pdf")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.booleans())
def test_random_bytes_are_refused(data: bytes, headed: bool) -> None:
    """No bytes raise anything but the project's own error."""
    with pytest.raises(BulletinError):
        read_pdf(b"%PDF-1.4\n" + data if headed else data, "a.pdf")


VALID = pdf(rows(BODY, 40), rows(BODY, 40), drawn="140 400 m 400 400 l S ")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(VALID) - 1), st.integers(0, 255)), max_size=30))
def test_broken_bytes_are_text_or_an_error(changes: list[tuple[int, int]]) -> None:
    """A file with wrong bytes anywhere is read as far as it can be, or refused."""
    data = bytearray(VALID)
    for place, byte in changes:
        data[place] = byte
    try:
        extracted = read_pdf(bytes(data), "a.pdf")
    except BulletinError:
        return
    assert extracted.text
    assert all(0 <= start <= len(extracted.text) for start in extracted.pages)
