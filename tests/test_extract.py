"""Bytes become text, or an error that names the file and the mend."""

import codecs
from pathlib import Path

import pytest

from corpus.errors import BulletinError, CallError
from corpus.extract import extract, read_bytes
from corpus.formats.plain_text import decode
from corpus.formats.registry import MAX_BYTES
from corpus.parse import parse

TEXT = "积极应对人口老龄化\n加快发展养老服务。\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gb18030"),
        TEXT.encode("gbk"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\u2029").encode("utf-8"),
        TEXT.replace("\n", "\u2028").encode("gb18030"),
        TEXT.replace("\n", "\f").encode("utf-8"),
        TEXT.replace("\n", "\r\n").encode("utf-8"),
        TEXT.replace("\n", "\r").encode("gb18030"),
    ],
    ids=[
        "UTF-8",
        "UTF-8 with BOM",
        "GB18030",
        "GBK",
        "UTF-16",
        "UTF-16 BE",
        "paragraph separator",
        "line separator",
        "page feed",
        "CRLF",
        "CR",
    ],
)
def test_text_is_the_same_in_every_encoding(data: bytes) -> None:
    """UTF-8 with or without a mark, the Chinese encodings, and any end of line give one text."""
    assert decode(data, "a.txt") == TEXT


def test_rare_characters_of_gb18030_are_read() -> None:
    """Names with characters of four bytes are no damage."""
    assert decode("栗金强𠀋调研".encode("gb18030"), "a.txt") == "栗金强𠀋调研"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"%PDF-1.7\n\0\0" + TEXT.encode(), "binary"),
        (TEXT.encode("utf-16-le"), "binary"),
        ("議會要求市政府提出長者照顧改善計畫，並編列預算。".encode("big5"), "neither"),
        (b"\xff\xfe\xfd\x80\x80", "neither"),
        (b"\x01\x02\x03\x04" * 8, "neither"),
    ],
    ids=["zero byte", "UTF-16 without its mark", "Big5", "no encoding", "control characters"],
)
def test_what_is_no_text_is_refused(data: bytes, problem: str) -> None:
    """The error names the file, says what is wrong, and tells to save it as UTF-8."""
    with pytest.raises(BulletinError, match=rf"^a\.txt: .*{problem}.*UTF-8"):
        decode(data, "a.txt")


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode() * 5 + "完".encode()[:2],
        (TEXT * 5).encode("gb18030") + "完".encode("gb18030")[:1],
        TEXT.encode() * 3 + b"\xff" + TEXT.encode() * 3,
    ],
    ids=["UTF-8 cut off", "GBK cut off", "a byte inside"],
)
def test_a_broken_byte_is_marked_and_told(data: bytes) -> None:
    """What makes no character is shown as such, the rest is read, and where it stands is said."""
    extracted = extract(data, ".txt", "a.txt")
    assert extracted.text.count("\ufffd") == 1
    assert extracted.text.replace("\ufffd", "").startswith(TEXT * 3)
    (loss,) = extracted.losses
    line = extracted.text.count("\n", 0, extracted.text.index("\ufffd")) + 1
    assert f"第{line}行" in loss.chinese
    assert f"line {line}" in loss.english


def test_digits_behind_a_broken_byte_are_no_figure() -> None:
    """Of 2�6个 nobody knows the figure, so none is told."""
    data = "全市情况报告\n\n建成场所2".encode() + b"\xff" + "6个，培训护工85名。\n".encode()
    (unit,) = parse(data, "a.txt").paragraphs
    assert [figure.text for figure in unit.figures] == ["85名"]


def test_a_stray_control_character_is_no_harm() -> None:
    """One bell in 200 characters is within what text may hold; tabs are text."""
    text = "养老服务" * 50 + "\x07\t"
    assert decode(text.encode(), "a.txt") == text


def test_the_bytes_of_a_file_are_read_as_they_are(tmp_path: Path) -> None:
    """Reading changes nothing; the suffix may be in capitals."""
    path = tmp_path / "a.TXT"
    path.write_bytes(TEXT.encode("utf-8-sig"))
    assert read_bytes(path) == TEXT.encode("utf-8-sig")


@pytest.mark.parametrize("name", ["a.mp3", "a"], ids=["another suffix", "no suffix"])
def test_an_unknown_suffix_is_an_error_of_the_call(tmp_path: Path, name: str) -> None:
    """The error tells which kinds of file are read."""
    path = tmp_path / name
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(CallError, match=r"not read.*\.txt") as raised:
        read_bytes(path)
    assert raised.value.exit_status == 2


@pytest.mark.parametrize("name", ["missing.txt", "."], ids=["missing", "a folder"])
def test_a_missing_file_is_an_error_of_the_call(tmp_path: Path, name: str) -> None:
    """A path that is no file was given by mistake: exit status 2."""
    with pytest.raises(CallError, match="no such file") as raised:
        read_bytes(tmp_path / name)
    assert raised.value.exit_status == 2


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n"], ids=["no bytes", "blanks"])
def test_an_empty_file_is_refused(tmp_path: Path, data: bytes) -> None:
    """The call was right and the file is not: exit status 1."""
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(BulletinError, match=r"a\.txt.*empty") as raised:
        read_bytes(path)
    assert raised.value.exit_status == 1


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    """A sparse file of one byte more than MAX_BYTES is told with both numbers."""
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(BulletinError, match="20,971,521 bytes, more than 20,971,520"):
        read_bytes(path)
