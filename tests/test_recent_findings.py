"""The same question on the same library is worked on once."""

from pathlib import Path

from doubles import WordEncoder, WordReader, write_bulletin

from index.library import Library
from index.scope import scope_of
from rag.chain import Request, answer_chain

QUESTION = "开封建成多少个老年食堂"


def test_a_question_asked_again_is_not_read_again(home: Path, folder: Path) -> None:
    """The second answer is the first one, and no passage more was read; another question, another
    conversation or other bounds are read for themselves.
    """
    library, reader = Library(home, WordEncoder()), WordReader()
    library.sync(folder)
    chain = answer_chain(library, reader=reader)
    first = chain.invoke(Request(QUESTION))
    read = reader.passages
    assert chain.invoke(Request(QUESTION)) == first
    assert reader.passages == read
    chain.invoke(Request(QUESTION, scope=scope_of(places=["开封"])))
    assert reader.passages > read
    library.close()


def test_a_library_that_changed_is_asked_anew(home: Path, folder: Path, tmp_path: Path) -> None:
    """After a bulletin was replaced its new figure is told, never the old one."""
    library = Library(home, WordEncoder())
    library.sync(folder)
    chain = answer_chain(library, reader=WordReader())
    assert "52个" in chain.invoke(Request(QUESTION)).text
    fresh = tmp_path / "kaifeng.txt"
    write_bulletin(fresh, "开封市", "全市建成老年食堂61个，惠及老人3万人。")
    library.add(fresh, replace=True)
    assert "61个" in chain.invoke(Request(QUESTION)).text
    library.close()
