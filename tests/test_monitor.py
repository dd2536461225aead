"""Whoever runs the server can watch it: a log, /health and /metrics, of the program as started."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from ports import free_port

from ui.server.accounts import FAILURES, add_user
from ui.server.monitor import from_loopback

QUESTION = "三门峡建成了多少个老年助餐场所"
REFUSED = "吕梁的高铁站什么时候通车"
PASSWORD = "correct horse"
SECONDS = 60  # how long the server may take to come up on a busy machine


@dataclass(frozen=True)
class Server:
    """A running program: where it is and where its log goes."""

    url: str
    home: Path
    stderr: Path

    def get(self, path: str, **headers: str) -> httpx.Response:
        """What it answers to a program without a session."""
        return httpx.get(self.url + path, headers=headers, trust_env=False)

    def ask(self, question: str) -> dict[str, Any]:
        """An answer by its endpoint for programs."""
        call = f"{self.url}/gradio_api/call/ask"
        data = {"data": [question, None, None, None, None, None]}
        with httpx.Client(trust_env=False, timeout=SECONDS) as client:
            event = client.post(call, json=data).json()["event_id"]
            told = client.get(f"{call}/{event}").text
        answer: dict[str, Any] = json.loads(told.partition("data: ")[2])[0]
        return answer

    def metric(self, series: str) -> float:
        """The value of a series."""
        found = re.search(rf"^{re.escape(series)} (\S+)$", self.get("/metrics").text, re.MULTILINE)
        assert found, series
        return float(found[1])

    def events(self, name: str) -> list[dict[str, Any]]:
        """The events of this name in the log, which is JSON in every line."""
        lines = [json.loads(line) for line in self.stderr.read_text("utf-8").splitlines()]
        return [line for line in lines if line["event"] == name]


@contextmanager
def serving(home: Path, **settings: str) -> Iterator[Server]:
    """The program over a data directory, ready to answer."""
    port = free_port()
    home.mkdir(exist_ok=True)
    log = home / "stderr.log"
    environment = {"JIANBAO_HOME": str(home), "PATH": os.environ["PATH"], "HOME": str(home)}
    with log.open("w") as stderr:
        process = subprocess.Popen(
            [Path(sys.executable).with_name("jianbao"), "serve", "--port", str(port)],
            env=environment | settings, stdout=subprocess.DEVNULL, stderr=stderr,
        )  # fmt: skip
    server = Server(f"http://127.0.0.1:{port}", home, log)
    try:
        for _ in range(SECONDS * 5):
            try:
                server.get("/health")
                break
            except httpx.TransportError:
                time.sleep(0.2)
        yield server
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that logs JSON."""
    with serving(tmp_path_factory.mktemp("open") / "home", JIANBAO_LOG="json") as server:
        yield server


def test_the_start_is_logged_with_what_is_served(server: Server) -> None:
    """Size of the library, model and port; a line has a time, a level and its logger."""
    (started,) = server.events("started")
    assert (started["bulletins"], started["embedding_model"]) == (5, "embedded")
    assert server.url.endswith(f":{started['port']}")
    assert (started["level"], started["logger"]) == ("info", "jianbao")
    assert started["time"][:2] == "20"


def test_a_healthy_server_says_so(server: Server) -> None:
    """The library can be read, and how much is in it."""
    response = server.get("/health")
    assert response.status_code == 200
    told = response.json()
    assert (told["status"], told["bulletins"]) == ("ok", 5)
    assert told["paragraphs"] > 50
    assert httpx.head(f"{server.url}/health", trust_env=False).status_code == 200


def test_answers_are_counted_and_timed(server: Server) -> None:
    """An answer counts as a question and in the histogram of each stage, a refusal by its
    reason too.
    """
    before = server.metric("jianbao_questions_total")
    refused = server.metric('jianbao_refusals_total{reason="silent"}')
    timed = server.metric('jianbao_stage_seconds_count{stage="search"}')
    assert not server.ask(QUESTION)["refused"]
    assert server.ask(REFUSED)["refused"]
    assert server.metric("jianbao_questions_total") == before + 2
    assert server.metric('jianbao_refusals_total{reason="silent"}') == refused + 1
    assert server.metric('jianbao_stage_seconds_count{stage="search"}') == timed + 2
    for stage in ("understand", "search", "evidence", "answer"):
        assert server.metric(f'jianbao_stage_seconds_sum{{stage="{stage}"}}') > 0
    assert server.metric("jianbao_answers_running") == 0
    assert server.metric("jianbao_queue_length") == 0


def test_what_is_asked_shows_in_the_statistics(server: Server) -> None:
    """Numbers, and what was read; that something is missing, without the words of the question.
    Records have a page beside it.
    """
    server.ask(QUESTION)
    server.ask(REFUSED)
    page = server.get("/statistics").text
    assert "<meter" in page
    assert "henan-053-sanmenxia" in page
    assert "高铁站" not in page
    assert "（未留名称）" in page
    records = server.get("/records")
    assert (records.status_code, "审计记录" in records.text) == (200, True)


def test_the_metrics_tell_of_the_library_and_the_process(server: Server) -> None:
    """In Prometheus's own format, which names its version."""
    assert server.metric("jianbao_library_readable") == 1
    assert server.metric("jianbao_bulletins") == 5
    assert server.metric("jianbao_paragraphs") == server.get("/health").json()["paragraphs"]
    assert server.get("/metrics").headers["content-type"].startswith("text/plain; version=")
    if sys.platform == "linux":
        assert server.metric("process_resident_memory_bytes") > 50 * 2**20


def test_an_answer_is_logged_without_its_question(server: Server) -> None:
    """Times of its stages, what came of it, the length of the question, and none of its words."""
    server.ask(f"{QUESTION}？")  # one that was asked before is answered without a search
    server.ask(REFUSED)
    answered, refused = server.events("answered")[-2:]
    assert set(answered["milliseconds"]) == {"understand", "search", "evidence", "answer"}
    assert (answered["refused"], answered["reason"], answered["citations"]) == (False, None, 1)
    assert answered["characters"] == len(QUESTION) + 1
    assert (refused["refused"], refused["reason"]) == (True, "silent")
    log = server.stderr.read_text("utf-8")
    assert "三门峡" not in log
    assert "高铁站" not in log


def test_a_question_that_cannot_be_asked_is_logged_with_why(server: Server) -> None:
    """As a warning, without a traceback: it is no fault of the program."""
    failures = server.metric("jianbao_failures_total")
    with pytest.raises((json.JSONDecodeError, TypeError, KeyError)):
        server.ask(" ")
    assert "empty" in server.events("not answered")[-1]["why"]
    assert server.metric("jianbao_failures_total") == failures + 1


def test_a_library_that_cannot_be_read_is_not_healthy(tmp_path: Path) -> None:
    """503 with a sentence that tells no path; the log tells it, and the metrics go on."""
    with serving(tmp_path / "home", JIANBAO_LOG="json") as server:
        for path in (server.home / "index").rglob("*.sqlite*"):
            path.write_bytes(b"no database" * 1000)
        response = server.get("/health")
        assert response.status_code == 503
        assert response.json()["status"] == "unavailable"
        assert "读不出来" in response.json()["why"]
        assert str(server.home) not in response.text
        assert str(server.home) in server.events("unhealthy")[-1]["why"]
        assert server.metric("jianbao_library_readable") == 0
        assert "jianbao_bulletins" not in server.get("/metrics").text


def test_with_sign_in_health_is_open_and_metrics_stay_on_the_machine(tmp_path: Path) -> None:
    """A proxy on the same machine gets no metrics for whoever is behind it; nothing else is open.
    Who failed to sign in is logged, but not a name that nobody has: it may be a password.
    """
    users = tmp_path / "users.json"
    add_user(users, "li", PASSWORD)
    settings = {"JIANBAO_AUTH": str(users), "JIANBAO_LOG": "json", "JIANBAO_LOG_QUESTIONS": "1"}
    with serving(tmp_path / "home", **settings) as server:
        assert server.get("/health").json()["status"] == "ok"
        assert server.metric("jianbao_questions_total") == 0
        assert server.get("/metrics", **{"X-Forwarded-For": "127.0.0.1"}).status_code == 403
        assert server.get("/metrics", **{"X-Forwarded-For": "192.0.2.7"}).status_code == 403
        assert server.get("/metrics/").status_code == 401
        assert server.get("/config").status_code == 401
        post = httpx.post(f"{server.url}/metrics", trust_env=False)
        assert post.status_code == 401
        with httpx.Client(base_url=server.url, trust_env=False, timeout=SECONDS) as client:
            for name in (PASSWORD, *["li"] * FAILURES):
                client.post("/login", data={"name": name, "password": "wrong word"})
            failed, locked = server.events("sign-in failed"), server.events("sign-in locked")
            assert [one["user"] for one in failed] == [None, *["li"] * (FAILURES - 1)]
            assert [(one["user"], one["address"]) for one in locked] == [("li", "127.0.0.1")]
            assert PASSWORD not in server.stderr.read_text("utf-8")


def test_texts_of_questions_are_logged_where_that_is_asked_for(tmp_path: Path) -> None:
    """With JIANBAO_LOG_QUESTIONS=1, here in the form for people."""
    with serving(tmp_path / "home", JIANBAO_LOG_QUESTIONS="1") as server:
        server.ask(QUESTION)
        log = server.stderr.read_text("utf-8")
    assert re.search(rf'INFO answered .*question="{QUESTION}".* refused=false', log)


@pytest.mark.parametrize(
    ("address", "headers", "local"),
    [
        ("127.0.0.1", [], True),
        ("127.9.9.9", [], True),
        ("::1", [], True),
        ("::ffff:127.0.0.1", [], True),
        ("192.0.2.7", [], False),
        ("localhost.example", [], False),
        (None, [], False),
        ("127.0.0.1", [(b"forwarded", b"for=192.0.2.7")], False),
        ("127.0.0.1", [(b"x-real-ip", b"127.0.0.1")], False),
    ],
)
def test_loopback_is_an_address_of_this_machine_without_a_proxy(
    address: str | None, headers: list[tuple[bytes, bytes]], local: bool
) -> None:
    """By number, of both families; what a proxy has passed on comes from anywhere."""
    client = (address, 1) if address else None
    assert from_loopback({"type": "http", "client": client, "headers": headers}) is local


def test_a_server_that_is_open_to_the_network_warns(tmp_path: Path) -> None:
    """Before its start is logged, and in the same form."""
    with serving(tmp_path / "home", JIANBAO_LOG="json", JIANBAO_HOST="0.0.0.0") as server:
        (warned,) = server.events("no sign-in")
    assert (warned["level"], warned["host"]) == ("warning", "0.0.0.0")
    assert "JIANBAO_AUTH" in warned["why"]
