"""A document that another program inserted into a Word file as a whole, for Word to unfold."""

from collections.abc import Callable
from typing import Any

from corpus.errors import BulletinError
from corpus.formats.assembly import Piece
from corpus.formats.plain_text import decode
from corpus.formats.web import read_fragment

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WEB = ("html", "htm", "xhtml", "mht", "mhtml")
_WORD = ("docx", "docm", "dotx", "dotm")


def chunk_pieces(
    element: Any, part: Any, name: str, read_inserted: Callable[[bytes, str], list[Piece]]
) -> list[Piece]:
    """The pieces of the document that a w:altChunk of `part` names; a Word document is read by
    `read_inserted`.

    :raises BulletinError: the document is not in the file, or of another kind.
    """
    relation = part.rels.get(element.get(_ID))
    if relation is None or relation.is_external:
        raise BulletinError(
            f"{name}: a document inserted into it is not in the file; save it again in Word "
            "(嵌入的文档不在文件中，请用 Word 重新保存)"
        )
    chunk = relation.target_part
    suffix = str(chunk.partname).rpartition(".")[2].lower()
    inside = f"{name} ({chunk.partname})"
    if suffix in _WEB:
        return read_fragment(chunk.blob, inside)
    if suffix in _WORD:
        return read_inserted(chunk.blob, inside)
    if suffix == "txt":
        return [Piece(line) for line in decode(chunk.blob, inside).split("\n")]
    raise BulletinError(
        f"{name}: a document of the kind .{suffix} is inserted into it; open it in Word and save "
        "it again (嵌入的文档无法读取，请用 Word 打开后重新保存)"
    )
