"""Dates are read from what files are called and filed under, and no year is taken for one."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from corpus.bulletin import DateWhere
from corpus.parse import parse
from corpus.property_dates import property_date
from corpus.text.filed_dates import date_in_folders, date_in_name

TEXT = "关于养老服务工作情况的报告\n全市建成老年食堂52个，惠及老人3万人。\n".encode()


@pytest.mark.parametrize(
    ("stem", "date"),
    [
        ("老年助餐简报20240312", "2024-03-12"),
        ("简报2024-03-12", "2024-03-12"),
        ("2024.3.12 常委会简报", "2024-03-12"),
        ("二〇二四年三月十二日简报", "2024-03-12"),
        ("人大简报2024年第3期", "2024"),
        ("人大简报2024年第十二期", "2024"),
        ("市人大〔2024〕15号", "2024"),
        ("关于2023年预算执行情况的报告", None),  # what it is about
        ("2021-2025年规划", None),
        ("第1期", None),
        ("20240231", None),  # no calendar has it
        ("2024-03-12至2024-03-15会议", None),  # which of the two?
        ("13812345678", None),
    ],
)
def test_a_name_dates_what_it_numbers(stem: str, date: str | None) -> None:
    """A day, or the year of an issue or a document; never the year of a subject."""
    found = date_in_name(stem)
    assert (found and found[0]) == date


@pytest.mark.parametrize(
    ("folders", "date"),
    [
        (("2024",), "2024"),
        (("简报", "2024年度"), "2024"),
        (("2024", "03"), "2024-03"),
        (("2024年", "3月份"), "2024-03"),
        (("2024年3月",), "2024-03"),
        (("2024-03",), "2024-03"),
        (("2024", "一季度"), "2024"),
        (("2021-2023", "2022"), "2022"),
        (("2021-2023",), None),
        (("县区", "专题"), None),
        ((), None),
    ],
)
def test_a_folder_dates_what_is_filed_in_it(folders: tuple[str, ...], date: str | None) -> None:
    """The innermost folder that tells a year, with the month below it."""
    found = date_in_folders(folders)
    assert (found and found[0]) == date


def test_a_text_dates_itself_first() -> None:
    """All places that tell a date are known, each with its words; the text is believed before the
    name, the name before the folder.
    """
    dated = "人大简报\n第3期\n2024年3月12日\n".encode() + TEXT
    bulletin = parse(dated, "2023/简报2024年第3期.txt")
    assert [(one.date, one.where) for one in bulletin.dates] == [
        ("2024-03-12", DateWhere.TEXT),
        ("2024", DateWhere.NAME),
        ("2023", DateWhere.FOLDER),
    ]
    assert (bulletin.date, bulletin.date_source) == ("2024-03-12", bulletin.dates[0].words)


def test_what_no_text_dates_is_dated_by_its_place() -> None:
    """No words of the text tell it, so none are cited for it."""
    bulletin = parse(TEXT, "2024/03/第1期.txt")
    assert (bulletin.id, bulletin.date, bulletin.date_source) == ("2024/03/第1期", "2024-03", None)
    assert parse(TEXT, "第1期.txt").date is None


def test_the_properties_of_a_file_are_told() -> None:
    """The day on which Word or a PDF printer made the file; noise and other files have none."""
    package = BytesIO()
    with ZipFile(package, "w") as archive:
        archive.writestr(
            "docProps/core.xml",
            "<a><dcterms:created xsi:type='x'>2023-05-06T01:02:03Z</dcterms:created></a>",
        )
    assert property_date(package.getvalue()) == "2023-05-06"
    assert property_date(b"%PDF-1.7 1 0 obj<</CreationDate (D:20230506010203+08'00')>>") == (
        "2023-05-06"
    )
    assert property_date(b"%PDF-1.7 /CreationDate (D:20231345)") is None
    for noise in (b"PK\3\4 no zip", b"", TEXT):
        assert property_date(noise) is None
