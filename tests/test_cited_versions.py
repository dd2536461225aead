"""What an answer cited can be read whatever took its place since."""

import json
from pathlib import Path

from doubles import WordEncoder, WordReader, write_bulletin

from index.library import Library
from index.shelf.versions import short_sum
from rag.answering.answer import Answer
from rag.chain import Request, answer_chain
from ui.store.answer_record import Record, read, write
from ui.views.answer_view import answer_html
from ui.views.escaping import source_address
from ui.views.source_view import read_address, source_html


def asked(library: Library) -> Answer:
    """An answer that cites the bulletin of Kaifeng."""
    chain = answer_chain(library, reader=WordReader())
    return chain.invoke(Request("开封建成多少个老年食堂"))


def test_a_citation_opens_the_text_that_it_cites(home: Path, folder: Path) -> None:
    """Its link names the version; the page shows that one, with the way to the present one."""
    library = Library(home, WordEncoder())
    library.sync(folder)
    answer = asked(library)
    (citation, *_) = answer.citations
    assert citation.version == short_sum(library.bulletin("kaifeng").sha256)
    address = source_address("kaifeng", citation.paragraph, 0, 0, 3, citation.version)
    assert f"version={citation.version}" in answer_html(Record(answer))
    assert "已被替换" not in source_html(library, address)
    write_bulletin(folder / "kaifeng.txt", "开封市", "全市建成老年食堂61个，惠及老人3万人。")
    library.sync(folder)
    shown = source_html(library, address)
    assert "52个" in shown
    assert "61个" not in shown
    assert "已被替换" in shown
    assert "61个" in source_html(library, "/?bulletin=kaifeng")
    assert asked(library).citations[0].version != citation.version


def test_a_version_is_kept_with_the_answer(home: Path, folder: Path) -> None:
    """Under a key of its own, so that earlier programs read the record; theirs have none."""
    library = Library(home, WordEncoder())
    library.sync(folder)
    answer = asked(library)
    text = write(answer)
    assert read(text).answer.citations == answer.citations
    kept = json.loads(text)
    assert all("version" not in citation for citation in kept["citations"])
    del kept["versions"]
    assert read(json.dumps(kept)).answer.citations[0].version == ""


def test_an_address_names_a_version_or_none() -> None:
    """What source_address writes, read_address reads."""
    target = read_address(source_address("2024/第1期", 3, 0, 1, 2, "0123456789ab"))
    assert target is not None
    assert (target.bulletin, target.version) == ("2024/第1期", "0123456789ab")
    target = read_address("/?bulletin=2024/第1期&paragraph=3")
    assert target is not None
    assert (target.bulletin, target.paragraph, target.version) == ("2024/第1期", 3, None)
