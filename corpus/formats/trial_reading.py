"""A file from a stranger, read first in a process of its own that can be ended.

PDFium takes a page apart as a whole: 300 kB can be ten million lines drawn on one page, half a
minute and 2.7 GB, and nothing within the process can stop it. All other formats are bounded by what
their readers look at before they begin.
"""

import subprocess  # nosec B404 # this interpreter with our own words
import sys
from pathlib import Path

from corpus.errors import BulletinError
from corpus.formats.registry import TrialBounds, format_of, true_suffix

_NO = 3  # exit status where the reader itself says that the file is no bulletin


def try_reading(data: bytes, suffix: str, name: str) -> None:
    """Read a file and forget it, where its format has a trial; `name` is what errors call it.

    :raises BulletinError: its reader refuses it, or it takes more than the trial's bounds.
    """
    trial = format_of(true_suffix(data, suffix)).trial
    if trial is not None:
        _try_within(trial, data, suffix, name)


def read_within(memory: str, suffix: str, name: str) -> None:
    """Read the file on standard input in this process, which is made for it; what is wrong with
    the file goes to standard output. `memory` is in bytes.
    """
    if sys.platform == "linux":  # elsewhere the bound is not kept or not there
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        data = sys.stdin.buffer.read()
        kind = format_of(true_suffix(data, suffix))
        (kind.tried or kind.read)(data, name)
    except BulletinError as error:
        sys.stdout.buffer.write(str(error).encode("utf-8", "surrogateescape"))
        sys.exit(_NO)


def _try_within(bounds: TrialBounds, data: bytes, suffix: str, name: str) -> None:
    root = str(Path(__file__).resolve().parents[2])  # where `corpus` is found, whatever the cwd
    code = f"import sys; sys.path.insert(0, {root!r}); "
    code += "from corpus.formats.trial_reading import read_within; read_within(*sys.argv[1:])"
    command = [sys.executable, "-X", "utf8", "-c", code, str(bounds.memory), suffix, name]
    try:
        done = subprocess.run(  # nosec B603
            command, input=data, capture_output=True, timeout=bounds.seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise BulletinError(
            f"{name}: not read within {bounds.seconds:.0f} seconds; split the document "
            "(读取超时，请拆分文件)"
        ) from None
    if done.returncode == _NO:
        raise BulletinError(done.stdout.decode("utf-8", "surrogateescape"))
    if done.returncode:
        raise BulletinError(
            f"{name}: cannot be read within {bounds.memory // 2**20:,} MiB of memory; export the "
            "document again (占用内存过多，请重新导出)"
        )
