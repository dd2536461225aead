"""Files that hold files: archives and letters with what is attached to them."""

import email
import io
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from typing import cast

from corpus.bulletin import Kind, Loss
from corpus.errors import BulletinError
from corpus.extracted import Extracted
from corpus.formats.assembly import Piece, assemble
from corpus.formats.encodings import ENCODINGS
from corpus.formats.joined import Inner, joined
from corpus.formats.web import read_fragment

MAX_DEPTH = 3  # files in files in files
MAX_FILES = 100  # of an archive or a letter
MAX_UNPACKED = 200 * 2**20  # bytes of all files of an archive, as it states them
MAX_RATIO = 200  # times its packed size; documents are packed ten times, bombs a thousand
_UTF8 = 0x800  # flag of a name that is in UTF-8
_IGNORED = (".", "~$", "Thumbs.db", "desktop.ini")  # what systems leave beside documents
_MAC = "__MACOSX/"

# Reads a file that is inside another: bytes, name there, what errors call it, depth. None where its
# kind is not read.
ReadInner = Callable[[bytes, str, str, int], Extracted | None]
Files = Iterator[tuple[str, bytes | None]]


def read_zip(data: bytes, name: str, read_inner: ReadInner, depth: int = 0) -> Extracted:
    """The documents of an archive one after the other, each under its own title; those that cannot
    be read are told. Nothing is written, so that their paths lead nowhere.

    :raises BulletinError: no archive, damaged, a bomb, too deep, or without a readable document.
    """
    _check_depth(depth, name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = [one for one in archive.infolist() if not one.is_dir()]
    except Exception:  # besides BadZipFile, broken directories raise struct and value errors
        raise BulletinError(
            f"{name}: no zip archive, or cut short; pack it again (不是 zip 压缩包或不完整)"
        ) from None
    whole = sum(one.file_size for one in members)
    if whole > MAX_UNPACKED or whole > MAX_RATIO * max(len(data), 1024):
        raise BulletinError(
            f"{name}: unpacks to {whole:,} bytes from {len(data):,}, more than {MAX_UNPACKED:,} or "
            f"{MAX_RATIO} times; add its files one by one (解压后过大，请逐个添加其中的文件)"
        )

    def files() -> Files:
        for one in members:
            path = _member_name(one)
            if one.flag_bits & 1:
                yield path, None
                continue
            try:
                yield path, archive.read(one)
            except Exception:  # zlib, CRC and structure raise each their own
                yield path, None

    return _read_all(files(), name, read_inner, depth, [])


def read_eml(data: bytes, name: str, read_inner: ReadInner, depth: int = 0) -> Extracted:
    """A letter: its subject as title, its text, then what is attached to it.

    :raises BulletinError: no letter, too deep, or without a word.
    """
    _check_depth(depth, name)
    message = email.message_from_bytes(data, policy=default)
    if not message.keys() or not ({"from", "subject", "date"} & {k.lower() for k in message}):
        raise BulletinError(
            f"{name}: no letter; save it as .eml in the mail program (不是邮件，请另存为 .eml)"
        )
    body = message.get_body(preferencelist=("plain", "html"))
    pieces = [
        Piece(str(message.get("subject", "")), Kind.TITLE),
        Piece(_sent(message), Kind.BYLINE),
    ]
    if body is not None:
        text = _text(body)
        if body.get_content_subtype() == "html":
            pieces += read_fragment(text.encode(), name)
        else:
            pieces += [Piece(line) for line in text.split("\n")]
    letter = Inner(name, name, assemble(pieces))

    def files() -> Files:
        for part in message.iter_attachments():
            payload = part.get_payload(decode=True)
            if part.get_content_type() == "message/rfc822":
                payload = cast(EmailMessage, part.get_content()).as_bytes()
            yield part.get_filename() or "附件", cast(bytes, payload or b"")

    return _read_all(files(), name, read_inner, depth, [letter])


def _read_all(
    files: Files, name: str, read_inner: ReadInner, depth: int, documents: list[Inner]
) -> Extracted:
    losses = []
    for n, (path, data) in enumerate(files):
        if n >= MAX_FILES:
            losses.append(
                Loss(f"第{MAX_FILES}个以后的文件未收入", f"files past {MAX_FILES} left out")
            )
            break
        if path.startswith(_MAC) or PurePosixPath(path).name.startswith(_IGNORED):
            continue
        if data is None:
            losses.append(Loss(f"{path}：有密码或已损坏，未收入", f"{path}: locked or damaged"))
            continue
        try:
            extracted = read_inner(data, path, f"{name} ({path})", depth + 1)
        except BulletinError as error:
            told = str(error).removeprefix(f"{name} ({path}): ")
            losses.append(Loss(f"{path}：未收入，{told}", f"{path}: left out, {told}"))
            continue
        if extracted is None:
            losses.append(
                Loss(f"{path}：不支持这种文件，未收入", f"{path}: of no kind that is read")
            )
        elif extracted.text:
            documents.append(Inner(path, PurePosixPath(path).stem, extracted))
    if not any(one.extracted.text for one in documents):
        first = f": {losses[0].english}" if losses else ""
        raise BulletinError(
            f"{name}: holds no document that can be read{first}; add the files one by one "
            "(其中没有可读的文件)"
        )
    return joined(documents, losses)


def _member_name(member: zipfile.ZipInfo) -> str:
    """The path of a file as whoever packed it wrote it: Chinese Windows writes GB18030."""
    if member.flag_bits & _UTF8:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def _sent(message: EmailMessage) -> str:
    """Who sent the letter and when, as a line above its text."""
    try:
        moment = parsedate_to_datetime(str(message.get("date", "")))
        date = f"{moment.year}年{moment.month}月{moment.day}日"
    except (ValueError, TypeError):
        date = ""
    return "　".join(filter(None, (str(message.get("from", "")), date)))


def _text(body: MIMEPart) -> str:
    """The text of a part; GB2312 is read as what contains it."""
    payload = cast(bytes, body.get_payload(decode=True) or b"")
    charset = str(body.get_content_charset() or "utf-8").lower()
    charset = "gb18030" if charset in ("gb2312", "gbk") else charset
    for encoding in (charset, *ENCODINGS):
        try:
            return payload.decode(encoding).replace("\r\n", "\n")
        except (UnicodeDecodeError, LookupError):
            continue
    return payload.decode("utf-8", "replace")


def _check_depth(depth: int, name: str) -> None:
    if depth >= MAX_DEPTH:
        raise BulletinError(
            f"{name}: files in files, more than {MAX_DEPTH} deep; unpack it first "
            "(嵌套层数过多，请先解压)"
        )
