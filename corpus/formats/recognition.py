"""Pages that are pictures, recognised in a process of their own with bounds of time and memory."""

import importlib.util
import logging
import os
import subprocess  # nosec B404 # this interpreter with our own words
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO

from corpus.errors import BulletinError
from corpus.formats.page_progress import tell_page
from corpus.formats.scan_types import Scan, scan_from

LOG = logging.getLogger("jianbao.recognition")
ENGINE = "rapidocr-onnxruntime 1.4.4"  # told where it was used; another one reads otherwise
_PACKAGE = "rapidocr_onnxruntime"
MAX_PAGES = 200  # of a file that are recognised; a bulletin of a hundred is within
# Of the processor, which Linux keeps to: six a page are usual, and a machine may do much else.
START_SECONDS = 60
PAGE_SECONDS = 60
WAITED = 20  # times as long by the clock; elsewhere the only bound
MEMORY = 4 * 2**30  # bytes of address space, of which a page of 300 dpi takes a third
MEND = "install it by: pip install 'jianbao[ocr]' (请安装文字识别：pip install 'jianbao[ocr]')"


def can_recognise() -> bool:
    """Whether the library that recognises is installed."""
    return importlib.util.find_spec(_PACKAGE) is not None


def recognise(data: bytes, kind: str, pages: Sequence[int], name: str) -> list[Scan]:
    """The pages (indexes from 0) of a PDF, or the frames of a `picture`, as they are recognised.

    :raises BulletinError: there are too many, one takes too much, or the picture is broken.
    """
    if len(pages) > MAX_PAGES:
        raise BulletinError(
            f"{name}: {len(pages):,} scanned pages, more than {MAX_PAGES:,}; split the document "
            "(扫描页过多，请拆分)"
        )
    found: list[Scan] = []
    tell_page(1, len(pages))
    for scan in _scans(data, kind, pages, name):
        found.append(scan)
        LOG.info("recognised", extra={"file": Path(name).name, "page": pages[len(found) - 1] + 1,
                                      "done": len(found), "of": len(pages)})  # fmt: skip
        if len(found) < len(pages):
            tell_page(len(found) + 1, len(pages))
    return found


def _scans(data: bytes, kind: str, pages: Sequence[int], name: str) -> Iterator[Scan]:
    root = str(Path(__file__).resolve().parents[2])  # where `corpus` is found, whatever the cwd
    code = f"import sys; sys.path.insert(0, {root!r}); "
    code += "from corpus.formats.ocr_worker import serve; serve(*sys.argv[1:])"
    threads = max((os.cpu_count() or 1) // 2, 1)  # the others answer questions meanwhile
    seconds = START_SECONDS + PAGE_SECONDS * len(pages)
    arguments = [kind, ",".join(map(str, pages)), str(threads), str(seconds), str(MEMORY)]
    process = subprocess.Popen(  # nosec B603
        [sys.executable, "-X", "utf8", "-c", code, *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    lines: Queue[bytes] = Queue()
    assert process.stdin is not None  # nosec B101 # for the type: both are pipes
    assert process.stdout is not None  # nosec B101
    Thread(target=_pass_on, args=(process.stdout, lines), daemon=True).start()
    Thread(target=_give, args=(process.stdin, data), daemon=True).start()
    try:
        for n, page in enumerate(pages):
            wait = WAITED * (PAGE_SECONDS + (0 if n else START_SECONDS))
            try:
                line = lines.get(timeout=wait)
            except Empty:
                line = b""
            if not line:
                raise BulletinError(
                    f"{name}: page {page + 1} not recognised within {PAGE_SECONDS} seconds and "
                    f"{MEMORY // 2**20:,} MiB of memory, or damaged; split the document or scan it "
                    "again (无法识别，请拆分或重新扫描)"
                )
            yield scan_from(line.decode())
    finally:
        process.kill()
        process.wait()


def _pass_on(stream: IO[bytes], lines: "Queue[bytes]") -> None:
    """Each line as it comes, and an empty one at the end."""
    for line in stream:
        lines.put(line)
    lines.put(b"")


def _give(stream: IO[bytes], data: bytes) -> None:
    try:
        stream.write(data)
        stream.close()
    except OSError:  # the process has ended: the other end tells it
        pass
