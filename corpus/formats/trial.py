"""A PDF from a stranger, read first in a process of its own that can be ended.

PDFium takes a page apart as a whole: 300 kB can be ten million lines drawn on one page, half a
minute and 2.7 GB, and nothing within the process can stop it. All other formats are bounded by what
their readers look at before they begin.
"""

import subprocess  # nosec B404 # this interpreter with our own words
import sys
from pathlib import Path

from corpus.errors import BulletinError

TRIAL_SECONDS = 90.0  # for a page that never ends; read_pdf looks at its own time after each page
TRIAL_BYTES = 2**30  # address space; 500 full pages take about a quarter of it
_NO = 3  # exit status where the reader itself says that the file is no bulletin


def try_pdf(data: bytes, name: str) -> None:
    """Read a PDF file and forget it; `name` is what errors call it.

    :raises BulletinError: it cannot be read (see read_pdf), or not within TRIAL_SECONDS and, on
        Linux, TRIAL_BYTES of memory.
    """
    root = str(Path(__file__).resolve().parents[2])  # where `corpus` is found, whatever the cwd
    code = f"import sys; sys.path.insert(0, {root!r}); "
    code += "from corpus.formats.trial import read; read(sys.argv[1])"
    command = [sys.executable, "-X", "utf8", "-c", code, name]
    try:
        done = subprocess.run(  # nosec B603
            command, input=data, capture_output=True, timeout=TRIAL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise BulletinError(
            f"{name}: not read within {TRIAL_SECONDS:.0f} seconds; split the document "
            "(读取超时，请拆分文件)"
        ) from None
    if done.returncode == _NO:
        raise BulletinError(done.stdout.decode("utf-8", "surrogateescape"))
    if done.returncode:
        raise BulletinError(
            f"{name}: cannot be read within {TRIAL_BYTES // 2**20:,} MiB of memory; export the "
            "document again (占用内存过多，请重新导出)"
        )


def read(name: str) -> None:
    """Read the PDF on standard input; what is wrong with it goes to standard output."""
    from corpus.formats.pdf import read_pdf

    if sys.platform == "linux":  # elsewhere the bound is not kept or not there
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (TRIAL_BYTES, TRIAL_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        read_pdf(sys.stdin.buffer.read(), name)
    except BulletinError as error:
        sys.stdout.buffer.write(str(error).encode("utf-8", "surrogateescape"))
        sys.exit(_NO)
