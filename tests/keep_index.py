"""`python tests/keep_index.py`: keep a small data directory of the present versions for the tests.

Run once for every release that changes the schema, the parser or the tokenizer of an index;
tests/test_upgrades.py then checks that later versions open it or replace it. Written to
tests/data/indexes.
"""

import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from doubles import WordEncoder, write_bulletin

from index.generation import versions_for
from index.library import Library

KEPT = Path(__file__).parent / "data" / "indexes"
PRESENT = (
    "-".join(f"{key}-{version}" for key, version in versions_for(WordEncoder()).items()) + ".tar.xz"
)


def main() -> None:
    """Index a bulletin of two paragraphs, and keep the data directory."""
    with TemporaryDirectory() as name:
        folder, home = Path(name) / "bulletins", Path(name) / "home"
        folder.mkdir()
        write_bulletin(folder / "kaifeng.txt", "开封市", "全市建成老年食堂52个，惠及老人3万人。")
        library = Library(home, WordEncoder())
        library.sync(folder)
        library.close()
        KEPT.mkdir(exist_ok=True)
        with tarfile.open(KEPT / PRESENT, "w:xz") as archive:
            archive.add(home, "home")


if __name__ == "__main__":
    main()
