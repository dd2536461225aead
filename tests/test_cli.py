"""The command line: results, JSON, exit statuses, and one line for every error."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command import Command
from doubles import write_bulletin

HIT_KEYS = ["bulletin", "title", "paragraph", "kind", "text", "score"]


def test_ask_answers_with_its_source(jianbao: Command) -> None:
    """The first question indexes the shipped bulletins and is answered with a citation."""
    done = jianbao("ask", "三门峡建成了多少个老年助餐场所")
    assert done.status == 0
    assert "180个" in done.out
    assert "[1] 《三门峡：在助推养老服务发展中彰显人大力量》第9段" in done.out


def test_ask_prints_one_json_object(jianbao: Command) -> None:
    """The object has the documented keys, and each quote is its text's own range."""
    (answer,) = jianbao("ask", "三门峡建成了多少个老年助餐场所", "--json").lines
    assert list(answer) == [
        "question", "understood", "answer", "value", "sureness", "refused", "reason", "citations",
        "warnings", "retrieved",
    ]  # fmt: skip
    citation = answer["citations"][0]
    assert list(citation) == [
        "marker", "bulletin", "title", "paragraph", "kind", "page", "quote", "text", "start", "end",
        "row", "column",
    ]  # fmt: skip
    assert citation["text"][citation["start"] : citation["end"]] == citation["quote"]
    assert list(answer["retrieved"][0]) == HIT_KEYS
    assert list(answer["warnings"][0]) == ["kind", "text", "suggestion"]


def test_a_refusal_is_an_answer(jianbao: Command) -> None:
    """What the bulletins do not say ends with status 0 and a reason."""
    done = jianbao("ask", "郑州建了多少个老年助餐点", "--json")
    assert done.status == 0
    assert (done.lines[0]["refused"], done.lines[0]["reason"]) == (True, "place")


def test_ask_takes_a_history_file(jianbao: Command, tmp_path: Path) -> None:
    """A follow-up is completed from the messages in the file."""
    history = tmp_path / "history.json"
    history.write_text(json.dumps([{"role": "user", "content": "三门峡建成了多少个助餐场所"}]))
    (answer,) = jianbao("ask", "那漯河呢", "--history", str(history), "--json").lines
    assert answer["understood"] == "漯河建成了多少个助餐场所"


def test_retrieve_prints_a_line_a_hit(jianbao: Command) -> None:
    """-k hits with the documented keys, best first."""
    hits = jianbao("retrieve", "三门峡助餐场所", "-k", "3", "--json").lines
    assert [list(hit) for hit in hits] == [HIT_KEYS] * 3
    assert "180个" in hits[0]["text"]


def test_paragraphs_prints_a_line_a_unit(jianbao: Command, tmp_path: Path) -> None:
    """A file's units come in order with the documented keys; nothing is added to the library."""
    write_bulletin(tmp_path / "kaifeng.txt", "开封市", "全市建成老年食堂52个。")
    units = jianbao("paragraphs", str(tmp_path / "kaifeng.txt"), "--json").lines
    assert list(units[0]) == [
        "bulletin", "kind", "number", "text", "source", "start", "end", "page", "article", "place",
        "section", "figures",
    ]  # fmt: skip
    assert [unit["number"] for unit in units] == [None, 1, 2]
    assert units[2]["figures"] == [
        {"text": "52个", "value": 52.0, "unit": "个", "doubt": None, "suggestion": None,
         "why": None}
    ]  # fmt: skip


def test_paragraphs_shows_doubtful_figures(jianbao: Command) -> None:
    """At the terminal a doubtful figure has its reason and repair below its paragraph."""
    out = jianbao("paragraphs", "henan-053-sanmenxia").out
    assert "⚠ 2198%" in out
    assert "21.98%" in out


def test_bulletins_are_added_listed_and_removed(jianbao: Command, tmp_path: Path) -> None:
    """Add tells what it found, list shows it, remove takes it out."""
    write_bulletin(tmp_path / "kaifeng.txt", "开封市", "全市建成老年食堂52个。")
    added = jianbao("add", str(tmp_path / "kaifeng.txt"))
    assert added.out == "kaifeng: 3 units, 2 paragraphs, 1 articles, 0 doubtful figures\n"
    entries = {line["bulletin"]: line for line in jianbao("list", "--json").lines}
    assert entries["kaifeng"]["places"] == ["开封市"]
    assert len(entries) == 6
    assert jianbao("remove", "kaifeng").status == 0
    assert "kaifeng" not in jianbao("list").out


def test_what_of_a_file_could_not_be_read_is_told(jianbao: Command, tmp_path: Path) -> None:
    """Add says it in a line, list keeps it, and doctor names the bulletin that it is of."""
    text = (
        "开封市养老服务情况\n\n全市建成老年食堂52个，培训护工".encode()
        + b"\xff"
        + "85名。\n".encode()
    )
    (tmp_path / "kaifeng.txt").write_bytes(text)
    added = jianbao("add", str(tmp_path / "kaifeng.txt")).out.splitlines()
    assert added[1].startswith(
        "kaifeng: not read 未读出：有1处字节损坏，以\ufffd代替，第一处在第3行"
    )
    assert "1 broken bytes" in added[1]
    entries = {line["bulletin"]: line for line in jianbao("list", "--json").lines}
    assert entries["kaifeng"]["losses"][0].startswith("有1处字节损坏")
    assert "kaifeng：有1处字节损坏" in jianbao("doctor").out


def test_sync_counts_what_it_did(jianbao: Command, folder: Path) -> None:
    """The first sync of another folder swaps the bulletins; the second has nothing to do."""
    assert jianbao("sync", str(folder)).out.startswith("2 added, 0 updated")
    assert "0 added, 0 updated, 0 removed, 2 unchanged" in jianbao("sync", str(folder)).out


def test_what_has_a_known_id_is_replaced_only_where_that_is_said(
    jianbao: Command, tmp_path: Path
) -> None:
    """Without --replace it is one sentence with the mend and status 1; the same file is none."""
    path = tmp_path / "kaifeng.txt"
    write_bulletin(path, "开封市", "全市建成老年食堂52个。")
    assert jianbao("add", str(path)).status == 0
    assert jianbao("add", str(path)).status == 0
    write_bulletin(path, "开封市", "全市建成老年食堂61个。")
    refused = jianbao("add", str(path))
    assert (refused.status, refused.out, len(refused.err.splitlines())) == (1, "", 1)
    assert "--replace" in refused.err
    assert "52个" in jianbao("paragraphs", "kaifeng").out
    assert jianbao("add", "--replace", str(path)).out.endswith("(replaced)\n")
    assert "61个" in jianbao("paragraphs", "kaifeng").out
    assert "also at 2024/kaifeng" in jianbao("add", "--folder", "2024", str(path)).out


def test_sync_lists_what_it_passed_over(jianbao: Command, folder: Path) -> None:
    """A line for each file that is no bulletin, for each copy, and for each that moved."""
    (folder / "sound.mp3").write_bytes(b"no text")
    (folder / "copy.txt").write_bytes((folder / "kaifeng.txt").read_bytes())
    out = jianbao("sync", str(folder)).out.splitlines()
    assert out[0].endswith("0 failed, 1 twice there, 1 skipped")
    assert "twice there 内容相同，只存一份：kaifeng = copy" in out
    assert any(line.startswith("skipped 未取：sound.mp3：不支持这种文件") for line in out)
    (folder / "xinxiang.txt").rename(folder / "new.txt")
    assert "moved 已移动：xinxiang → new" in jianbao("sync", str(folder)).out


def test_sync_names_bad_files_and_fails(jianbao: Command, folder: Path) -> None:
    """A binary file gives one line and status 1; the others are in."""
    (folder / "broken.txt").write_bytes(b"\0\1")
    done = jianbao("sync", str(folder))
    assert done.status == 1
    assert "broken.txt: a binary file" in done.err
    assert done.out.startswith("2 added")


def test_eval_writes_predictions_and_scores(jianbao: Command, folder: Path, tmp_path: Path) -> None:
    """Over another folder the questions get predictions, and JSON holds the metrics."""
    questions = tmp_path / "q.jsonl"
    line = {
        "id": "q1", "type": "number", "question": "开封建成老年食堂多少个", "answerable": True,
        "bulletin": ["kaifeng"], "evidence": ["建成老年食堂52个"], "must": [["52"]],
    }  # fmt: skip
    questions.write_text(json.dumps(line, ensure_ascii=False), "utf-8")
    predictions = tmp_path / "out.jsonl"
    done = jianbao(
        "eval", str(questions), "--bulletins", str(folder), "--predictions", str(predictions),
        "--json",
    )  # fmt: skip
    scores = json.loads(done.out)
    assert (scores["overall"]["answer"], scores["by_type"]["number"]["hit@1"]) == (1, 1)
    (prediction,) = [json.loads(line) for line in predictions.read_text("utf-8").splitlines()]
    assert list(prediction) == [
        "id", "answer", "refused", "citations", "retrieved", "seconds", "warnings",
    ]  # fmt: skip


def make_empty(folder: Path) -> str:
    path = folder / "empty.txt"
    path.write_text("")
    return str(path)


def make_binary(folder: Path) -> str:
    path = folder / "photo.txt"
    path.write_bytes(bytes(range(256)))
    return str(path)


BAD_CALLS: list[tuple[list[str], int, str]] = [
    (["ask", ""], 2, "question is empty"),
    (["ask", "问" * 100_000], 2, "100,000 characters"),
    (["retrieve", "助餐", "-k", "0"], 2, "k is 0"),
    (["retrieve", "助餐", "-k", "-1"], 2, "k is -1"),
    (["remove", "nothing"], 2, "no bulletin 'nothing'"),
    (["paragraphs", "nothing"], 2, "no bulletin 'nothing'"),
    (["paragraphs", "nothing.txt"], 2, "nothing.txt: no such file"),
    (["add", "/no/such.txt"], 2, "no such file"),
    (["add", "/etc/hostname"], 2, "is not read"),
    (["sync", "/no/such"], 2, "no such folder"),
    (["eval", "/no/such.jsonl"], 2, "no such file"),
    (["ask", "问题", "--history", "/no/such.json"], 2, "no history"),
    (["serve", "--port", "99999"], 2, "99999"),
    (["dance"], 2, "No such command 'dance'"),
]


@pytest.mark.parametrize(("call", "status", "words"), BAD_CALLS, ids=lambda v: str(v)[:30])
def test_a_bad_call_gets_one_line(
    jianbao: Command, call: list[str], status: int, words: str
) -> None:
    """Standard error names the thing in one line, without a traceback."""
    done = jianbao(*call)
    assert done.status == status
    assert words in done.err
    assert done.err.count("\n") == 1
    assert done.err.startswith("jianbao: ")


@pytest.mark.parametrize("make", [make_empty, make_binary])
def test_a_file_that_is_no_bulletin_gets_one_line(
    jianbao: Command, tmp_path: Path, make: Callable[[Path], str]
) -> None:
    """An empty and a binary file end with status 1 and their name."""
    path = make(tmp_path)
    done = jianbao("add", path)
    assert done.status == 1
    assert path in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("JIANBAO_PORT", "http", "JIANBAO_PORT is 'http'"),
        ("JIANBAO_EMBEDDING_MODEL", "/no/such/model", "no such folder"),
        ("JIANBAO_HOME", "/dev/null/home", "cannot be written"),
        ("JIANBAO_BULLETINS", "/no/such/folder", "no such folder"),
    ],
)
def test_a_bad_setting_gets_one_line(
    jianbao: Command, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, words: str
) -> None:
    """A setting that cannot be is named with its value."""
    monkeypatch.setenv(variable, value)
    done = jianbao("ask", "三门峡助餐场所")
    assert done.status in (1, 2)
    assert words in done.err
    assert done.err.count("\n") == 1


def test_a_port_in_use_gets_one_line(jianbao: Command) -> None:
    """The address and the mend are named before anything loads."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = jianbao("serve", "--port", port)
    assert done.status == 1
    assert f"cannot listen on 127.0.0.1:{port}" in done.err
    assert "--port" in done.err


def test_every_command_has_help(jianbao: Command) -> None:
    """--help of each command exits with 0 and says what it does."""
    for command in (
        "serve", "ask", "retrieve", "paragraphs", "add", "remove", "list", "sync", "eval", "doctor",
        "backup", "restore", "rescue",
    ):  # fmt: skip
        done = jianbao(command, "--help")
        assert done.status == 0
        assert "Usage: " in done.out


def test_the_installed_program_answers_without_a_network(home: Path) -> None:
    """As its own process, with every proxy and resolver pointing nowhere, it answers."""
    environment = {
        **os.environ, "JIANBAO_HOME": str(home), "HTTPS_PROXY": "http://127.0.0.1:9",
        "HTTP_PROXY": "http://127.0.0.1:9", "ALL_PROXY": "http://127.0.0.1:9",
    }  # fmt: skip
    program = Path(sys.executable).with_name("jianbao")
    done = subprocess.run(
        [program, "ask", "三门峡建成了多少个老年助餐场所", "--json"],
        capture_output=True, env=environment, cwd=home.parent, check=True,
    )  # fmt: skip
    assert "180个" in json.loads(done.stdout)["answer"]


def test_a_reader_that_leaves_early_is_no_error(home: Path) -> None:
    """Output into a closed pipe ends quietly."""
    program = Path(sys.executable).with_name("jianbao")
    done = subprocess.run(
        f"{program} paragraphs lvliang-2025-11-28 --json | head -1",
        shell=True, capture_output=True, env={**os.environ, "JIANBAO_HOME": str(home)},
    )  # fmt: skip
    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr
