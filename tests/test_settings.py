"""Settings come from the environment and are checked there."""

from pathlib import Path

import pytest

from corpus.errors import CallError
from rag.settings import read_settings, shipped_bulletins


def test_without_any_variable_everything_has_a_default() -> None:
    """An empty environment serves the shipped bulletins on loopback with the embedded model."""
    settings = read_settings({})
    assert (settings.host, settings.port) == ("127.0.0.1", 7860)
    assert settings.bulletins == shipped_bulletins()
    assert settings.embedding_model is None
    assert settings.home.name == "jianbao"


def test_variables_are_taken_as_given() -> None:
    """Each variable sets its field; ~ is the user's home."""
    settings = read_settings(
        {"JIANBAO_HOME": "~/archive", "JIANBAO_PORT": "8000", "JIANBAO_LLM_MODEL": "qwen"}
    )
    assert settings.home == settings.library_home == Path.home() / "archive"
    assert (settings.port, settings.llm_model) == (8000, "qwen")


def test_bulletins_and_index_may_stand_apart_from_conversations() -> None:
    """Machines that share a library keep conversations, accounts and the like to themselves."""
    settings = read_settings({"JIANBAO_HOME": "/own", "JIANBAO_LIBRARY": "/shared"})
    assert (settings.home, settings.library_home) == (Path("/own"), Path("/shared"))


def test_an_empty_variable_is_unset() -> None:
    """A variable without a value does not hide the default."""
    assert read_settings({"JIANBAO_PORT": " "}).port == 7860


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "٣"])
def test_a_port_that_cannot_be_is_named(port: str) -> None:
    """A wrong port gives the value and the range."""
    with pytest.raises(CallError, match=r"JIANBAO_PORT is .* number from 1 to 65535"):
        read_settings({"JIANBAO_PORT": port})


def test_an_address_without_its_scheme_is_named() -> None:
    """A server's address must say http or https."""
    with pytest.raises(CallError, match=r"JIANBAO_CHROMA_URL is 'localhost:8000'.*http://"):
        read_settings({"JIANBAO_CHROMA_URL": "localhost:8000"})


def test_a_rate_is_a_number_of_questions() -> None:
    """60 a minute unless set; 0 is no limit, and what is no number is named."""
    assert read_settings({}).rate == 60
    assert read_settings({"JIANBAO_RATE": "0"}).rate == 0
    with pytest.raises(CallError, match=r"JIANBAO_RATE is '-1'; set it to the questions"):
        read_settings({"JIANBAO_RATE": "-1"})


def test_milvus_is_an_address_or_a_file_of_its_own_kind(tmp_path: Path) -> None:
    """Milvus Lite takes paths that end in .db; what is neither is named with both ways out."""
    for value in ("http://milvus:19530", str(tmp_path / "index.db")):
        assert read_settings({"JIANBAO_MILVUS_URI": value}).milvus_uri == value
    with pytest.raises(CallError, match=r"JIANBAO_MILVUS_URI is 'milvus:19530'.*http://.*\.db"):
        read_settings({"JIANBAO_MILVUS_URI": "milvus:19530"})


@pytest.mark.parametrize(
    ("name", "value"), [("LOG", "xml"), ("LOG_LEVEL", "loud"), ("LOG_QUESTIONS", "maybe")]
)
def test_a_log_that_cannot_be_is_named(name: str, value: str) -> None:
    """Each has a few values, and the message tells them."""
    with pytest.raises(CallError, match=rf"JIANBAO_{name} is '{value}'; set it to .* or "):
        read_settings({f"JIANBAO_{name}": value})


def test_questions_are_logged_only_where_that_is_asked_for() -> None:
    """By default the log is text, from the level info on, without questions."""
    settings = read_settings({})
    assert (settings.log, settings.log_level, settings.log_questions) == ("text", "info", False)
    assert read_settings({"JIANBAO_LOG_QUESTIONS": "1"}).log_questions


def test_the_folder_is_watched_unless_a_setting_says_no() -> None:
    """JIANBAO_WATCH=0 leaves the library as the start of the server found it."""
    assert read_settings({}).watch
    assert not read_settings({"JIANBAO_WATCH": "0"}).watch
