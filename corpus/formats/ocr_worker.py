"""The process that recognises pages: pictures from strangers are opened in it and nowhere else.

On its standard input stands the file; on its standard output a line of JSON for each page.
"""

import io
import sys
from collections.abc import Iterator
from typing import Any

from corpus.formats.ocr_engine import OcrEngine
from corpus.formats.scan_types import written

DPI = 300  # at which a page is drawn; below 200 small print is lost, above it only costs time
LONGEST = 4_000  # pixels of a side; a larger picture is made smaller
MAX_PIXELS = 200_000_000  # of a picture as the file states it: an A1 sheet at 300 dpi is 70 million
POINTS = 72.0  # in an inch
A4_WIDTH = 595.0  # points; as wide is a picture that tells no resolution
RESOLUTIONS = (72.5, 1200.0)  # dpi; 72 and less is what programs write who know none


def serve(kind: str, numbers: str, threads: str, seconds: str, memory: str) -> None:
    """Recognise the pages (indexes from 0, by commas; of a `picture` its frames) of the file on
    standard input. `seconds` are of the processor, `memory` is in bytes.
    """
    if sys.platform == "linux":  # elsewhere the bound is not kept or not there
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    data = sys.stdin.buffer.read()
    answers, sys.stdout = sys.stdout, sys.stderr  # what a library prints is no answer
    engine = OcrEngine(int(threads))
    wanted = [int(number) for number in numbers.split(",")]
    for image, points in (_frames if kind == "picture" else _drawn)(data, wanted):
        answers.write(written(engine.read(image, points)) + "\n")
        answers.flush()


def _drawn(data: bytes, wanted: list[int]) -> Iterator[tuple[Any, float]]:
    """The pages of a PDF as pictures, and the points that a pixel is wide."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for number in wanted:
        page = document[number]
        scale = min(DPI / POINTS, LONGEST / max(page.get_size()))
        picture = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=False)
        yield _three_colours(picture.to_pil()), 1 / scale
        page.close()


def _frames(data: bytes, wanted: list[int]) -> Iterator[tuple[Any, float]]:
    """The frames of a picture, turned as its camera says."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    with Image.open(io.BytesIO(data)) as file:
        for number in wanted:
            file.seek(number)
            given = float(file.info.get("dpi", (0, 0))[0] or 0)
            longest = max(file.size)
            if longest > LONGEST:
                file.draft("RGB", (LONGEST, LONGEST))  # JPEG alone can be read smaller
            image = ImageOps.exif_transpose(file).convert("RGB")
            image.thumbnail((LONGEST, LONGEST))
            points = A4_WIDTH / min(image.size)
            if RESOLUTIONS[0] < given < RESOLUTIONS[1]:
                points = POINTS / given * longest / max(image.size)
            yield _three_colours(image), points


def _three_colours(picture: Any) -> Any:
    import numpy as np

    return np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])
