"""How long a document may take: looked at again and again while it is read."""

import time
from collections.abc import Callable

from corpus.errors import BulletinError


def time_limit(name: str, seconds: float) -> Callable[[], None]:
    """A check that raises once so many seconds have passed since now; `name` is the file's.

    The check raises BulletinError.
    """
    end = time.monotonic() + seconds

    def check_time() -> None:
        if time.monotonic() > end:
            raise BulletinError(
                f"{name}: not read within {seconds:.0f} seconds; split the document "
                "(读取超时，请拆分文件)"
            )

    return check_time
