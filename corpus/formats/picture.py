"""PNG, JPEG and TIFF bytes to text: scanned pages, a page a frame."""

import io

from corpus.errors import BulletinError
from corpus.extracted import Extracted
from corpus.formats.printed import read_print
from corpus.formats.recognition import ENGINE, MEND, can_recognise, recognise
from corpus.formats.scanned import as_pages, with_scans

FEWEST = 12  # characters; a picture with fewer is none of a page


def read_picture(data: bytes, name: str, *, recognising: bool = True) -> Extracted:
    """Text of a scanned page, or of the pages of a TIFF, as recognition reads it; none without
    `recognising`, where it is only looked whether the file can be a picture.

    :raises BulletinError: no picture, one without text, recognition is not installed, or beyond a
        bound of recognition.py.
    """
    frames = _frames(data, name)
    if not can_recognise():
        raise BulletinError(f"{name}: a picture, whose text must be recognised; {MEND}")
    if not recognising:
        return Extracted("")
    scans = recognise(data, "picture", range(frames), name)
    if sum(len(line.text) for scan in scans for line in scan.lines) < FEWEST:
        raise BulletinError(
            f"{name}: no text found in the picture; add a scanned page of text "
            "(图片中没有认出文字，请添加文字页的扫描件)"
        )
    extracted = read_print(as_pages(scans), lambda: None)
    return with_scans(extracted, dict(enumerate(scans)), ENGINE, {})


def _frames(data: bytes, name: str) -> int:
    """How many pages the picture has; nothing of it is decoded here."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as image:
            return int(getattr(image, "n_frames", 1))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise BulletinError(
            f"{name}: no picture in PNG, JPEG or TIFF, or damaged; save it again "
            "(不是可读的图片，请重新保存)"
        ) from None
