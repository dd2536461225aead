"""Archives and letters: each document in them is read, what cannot be is told."""

import io
import struct
import zipfile
from email.message import EmailMessage

import pytest

from corpus.bulletin import Bulletin
from corpus.errors import BulletinError
from corpus.parse import parse

TEXT = "全县养老服务工作由县人大常委会持续监督，新建助餐场所96个，改造敬老院12所。"
OTHER = "下一步将督促有关部门按照年度计划推进落实，新增护理床位480张。"
FIRST = f"养老服务监督有力\n\n{TEXT}\n".encode()
SECOND = f"{OTHER}\n{TEXT}\n".encode("gb18030")


def packed(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return file.getvalue()


def texts(bulletin: Bulletin) -> list[str]:
    return [unit.text for unit in bulletin.paragraphs]


def test_each_document_of_an_archive_is_an_article() -> None:
    """Under its own title, or under its name where it has none."""
    bulletin = parse(packed({"2024/一期.txt": FIRST, "2024/二期.txt": SECOND}), "a.zip")
    assert [article.title for article in bulletin.articles] == ["养老服务监督有力", "二期"]
    assert texts(bulletin) == [TEXT, OTHER, TEXT]
    assert [unit.article for unit in bulletin.paragraphs] == [0, 1, 1]


def test_what_cannot_be_read_is_told_and_the_others_go_on() -> None:
    """A broken file, one of another kind; what systems leave is not worth a word."""
    files = {
        "坏.pdf": b"%PDF-1.4 cut",
        "歌.mp3": b"ID3",
        "__MACOSX/._一.txt": b"x",
        "一期.txt": FIRST,
    }
    bulletin = parse(packed(files), "a.zip")
    assert texts(bulletin) == [TEXT]
    told = [loss.chinese for loss in bulletin.losses]
    assert told[0].startswith("坏.pdf：未收入")
    assert told[1:] == ["歌.mp3：不支持这种文件，未收入"]


def test_names_of_chinese_windows_are_read() -> None:
    """They are in GB18030 and do not say so."""
    data = packed({"AAAA.txt": SECOND}).replace(b"AAAA", "简报".encode("gb18030"))
    assert parse(data, "a.zip").articles[0].title == "简报"


def test_paths_lead_nowhere() -> None:
    """A path out of the archive is a name and no more."""
    assert texts(parse(packed({"../../../etc/一期.txt": FIRST}), "a.zip")) == [TEXT]


def nested(depth: int) -> bytes:
    data = packed({"一期.txt": FIRST})
    for _ in range(depth):
        data = packed({"inner.zip": data})
    return data


def test_archives_in_archives_are_read_to_a_depth() -> None:
    """Two are unpacked, more are told."""
    assert texts(parse(nested(2), "a.zip")) == [TEXT]
    with pytest.raises(BulletinError, match="more than 3 deep; unpack it first"):
        parse(nested(3), "a.zip")


def test_a_bomb_is_not_unpacked() -> None:
    """What it states is enough to refuse it."""
    with pytest.raises(BulletinError, match="unpacks to 50,000,000 bytes"):
        parse(packed({"a.txt": b" " * 50_000_000}), "a.zip")


def test_a_locked_file_is_told() -> None:
    """Only by its flag, for nobody has the password."""
    data = bytearray(packed({"锁.txt": FIRST, "一期.txt": FIRST}))
    at = data.find(b"PK\x01\x02")
    struct.pack_into("<H", data, at + 8, 0x801)
    bulletin = parse(bytes(data), "a.zip")
    assert [loss.chinese for loss in bulletin.losses] == ["锁.txt：有密码或已损坏，未收入"]


@pytest.mark.parametrize(("data", "told"), [
    (b"no archive", "no zip archive"),
    (packed({"a.mp3": b"ID3"}), "holds no document that can be read"),
    (packed({}), "holds no document that can be read"),
])  # fmt: skip
def test_what_holds_nothing_is_told(data: bytes, told: str) -> None:
    """With the mend."""
    with pytest.raises(BulletinError, match=told):
        parse(data, "a.zip")


def letter() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "县人大办公室 <office@example.com>"
    message["Subject"] = "关于报送养老服务情况的函"
    message["Date"] = "Tue, 05 Mar 2024 09:30:00 +0800"
    message.set_content(f"{TEXT}\n\n{OTHER}\n")
    return message


def test_a_letter_is_read_with_what_is_attached() -> None:
    """Its subject is the title, its day the date; an attachment is an article of its own."""
    message = letter()
    message.add_attachment(FIRST, maintype="text", subtype="plain", filename="一期.txt")
    message.add_attachment(b"ID3", maintype="audio", subtype="mpeg", filename="歌.mp3")
    bulletin = parse(message.as_bytes(), "a.eml")
    assert [article.title for article in bulletin.articles] == [
        "关于报送养老服务情况的函", "养老服务监督有力",
    ]  # fmt: skip
    assert texts(bulletin) == [TEXT, OTHER, TEXT]
    assert bulletin.date == "2024-03-05"
    assert [loss.chinese for loss in bulletin.losses] == ["歌.mp3：不支持这种文件，未收入"]


def test_a_letter_in_gb2312_is_read() -> None:
    """As Chinese mail programs write it."""
    raw = (
        "From: a@b.cn\r\nSubject: =?gb2312?B?ufqx6A==?=\r\nContent-Type: text/plain; charset=gb2312"
    )
    data = raw.encode() + b"\r\n\r\n" + f"{TEXT}\r\n{OTHER}".encode("gbk")
    assert texts(parse(data, "a.eml")) == [TEXT, OTHER]
