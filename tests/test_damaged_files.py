"""Whatever happens to a file of the data directory, the next question is answered right or told in
a sentence with the command that mends it.
"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from command import Command
from damage import DAMAGES
from doubles import word_chain, write_bulletin

from corpus.errors import JianbaoError
from index.library import Library
from index.vectors.encoder import SentenceTransformerEncoder
from rag.chain import Request
from ui.server.accounts import add_user
from ui.store.conversations import Conversations
from ui.store.page_database import Store

# Every file of the data directory below; a test sees that none is left out.
FILES = (
    "bulletins/added.sha256", "bulletins/added/puyang.txt", "bulletins/removed/hebi.txt",
    "bulletins/synced/kaifeng.txt", "bulletins/synced/xinxiang.txt", "conversations.sqlite",
    "index/*/vectors/*/data_level0.bin", "index/*/vectors/*/header.bin",
    "index/*/vectors/*/length.bin", "index/*/vectors/*/link_lists.bin",
    "index/*/vectors/chroma.sqlite3", "index/*/words.sqlite3", "index/current", "users.json",
    "users.json.lock", "write.lock", "conversations.sqlite.lock", "index/*/vectors.lock",
)  # fmt: skip
QUESTIONS = {"开封建成老年食堂多少个": "52个", "濮阳改造家庭床位多少张": "310张"}
COMMAND = re.compile(r"jianbao (sync --rebuild|sync|add FILE|rescue)")


@pytest.fixture(scope="module")
def model() -> SentenceTransformerEncoder:
    """The embedded model, loaded once for all."""
    return SentenceTransformerEncoder()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of three bulletins that is served, and beside it one to be added."""
    folder = tmp_path_factory.mktemp("served") / "bulletins"
    folder.mkdir()
    write_bulletin(folder / "kaifeng.txt", "开封市", "全市建成老年食堂52个，惠及老人3万人。")
    write_bulletin(folder / "xinxiang.txt", "新乡市", "全市培训护理员640人次，开设课程12门。")
    write_bulletin(folder / "hebi.txt", "鹤壁市", "全市开通助餐热线8条。")
    write_bulletin(folder.parent / "puyang.txt", "濮阳市", "全市改造家庭床位310张。")
    return folder


@pytest.fixture(scope="module")
def sound(
    served: Path, model: SentenceTransformerEncoder, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A data directory with all that there can be; tests copy it."""
    home = tmp_path_factory.mktemp("sound") / "home"
    library = Library(home, model)
    library.sync(served)
    library.add(served.parent / "puyang.txt")
    library.remove("hebi")
    question = next(iter(QUESTIONS))
    answer = word_chain(library).invoke(Request(question))
    library.close()
    Conversations(Store(home / "conversations.sqlite")).append("li", None, question, answer)
    add_user(home / "users.json", "li", "a long password")
    return home


@pytest.fixture
def ask(
    sound: Path, served: Path, home: Path, model: SentenceTransformerEncoder,
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> Callable[[], list[str]]:  # fmt: skip
    """Asks all questions of a copy of the data directory, as the program does: nothing, where all
    is answered right, else what was told.
    """
    shutil.copytree(sound, home)
    monkeypatch.setenv("JIANBAO_BULLETINS", str(served))

    def asked() -> list[str]:
        caplog.clear()
        try:
            library = Library(home, model)
            library.sync(served)
            answers = {q: word_chain(library).invoke(Request(q)).text for q in QUESTIONS}
            library.close()
        except JianbaoError as error:
            return [str(error)]
        if all(QUESTIONS[question] in text for question, text in answers.items()):
            return []
        return [record.getMessage() for record in caplog.records]

    return asked


def test_no_file_is_left_out(sound: Path) -> None:
    """The files below are those that the data directory has."""
    files = {path for path in sound.rglob("*") if path.is_file()}
    assert files == {path for pattern in FILES for path in sound.glob(pattern)}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("file", FILES)
def test_a_damaged_file_is_no_trouble_or_told_with_the_command_that_mends_it(
    file: str, damage: Callable[[Path], None], ask: Callable[[], list[str]],
    home: Path, served: Path, jianbao: Command,
) -> None:  # fmt: skip
    """Questions are answered right at once, or after the one command that the sentence names."""
    for path in home.glob(file):
        damage(path)
    told = ask()
    if not told:
        return
    (sentence,) = told
    command = COMMAND.search(sentence)
    assert command, sentence
    original = str(served.parent / "puyang.txt")
    done = jianbao(*(original if word == "FILE" else word for word in command[1].split()))
    assert done.status == 0, done.err
    assert ask() == []
