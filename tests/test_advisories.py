"""The audit of dependencies passes only where a service answered that knows something."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from advisories import CLEAN, FLAWED, FOUND, UNKNOWN, installed
from ports import free_port

pytest.importorskip("pip_audit", reason="pip-audit is not installed: pip install -e '.[audit]'")
FLAW = FLAWED.partition("==")[0]


@contextmanager
def service(flawed: set[str], status: int = 200) -> Iterator[str]:
    """A mirror of OSV that knows a flaw of these packages."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            package = asked["package"]
            flaw = {"id": "PYSEC-1", "summary": "bad", "affected": [{"package": package}]}
            body = json.dumps({"vulns": [flaw]} if package["name"] in flawed else {}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1/query"
    server.shutdown()


def audit(address: str) -> "subprocess.CompletedProcess[str]":
    """Run the audit as `make audit` does."""
    script = Path(__file__).with_name("advisories.py")
    return subprocess.run(
        [sys.executable, script, "--service", address], capture_output=True, text=True, check=False
    )


def test_a_service_that_knows_finds_nothing_and_says_how_much_it_checked() -> None:
    """Every installed package was asked for."""
    with service({FLAW}) as address:
        done = audit(address)
    assert done.returncode == CLEAN, done.stderr
    assert f"{len(installed())} packages, 0 known vulnerabilities" in done.stdout


def test_a_flaw_fails_the_audit() -> None:
    """And is named."""
    with service({FLAW, "jinja2"}) as address:
        done = audit(address)
    assert done.returncode == FOUND
    assert "jinja2" in done.stdout
    assert "PYSEC-1" in done.stdout


def test_a_service_that_knows_of_nothing_is_no_good_news() -> None:
    """A mirror without advisories fails the audit."""
    with service(set()) as address:
        done = audit(address)
    assert done.returncode == UNKNOWN
    assert "NOT CHECKED" in done.stderr


def test_a_service_that_fails_or_is_not_there_is_no_good_news() -> None:
    """Said plainly, in one line."""
    with service({FLAW}, status=500) as broken:
        told = [audit(address) for address in (broken, f"http://127.0.0.1:{free_port()}/v1/query")]
    for done in told:
        assert done.returncode == UNKNOWN
        assert done.stderr.startswith("NOT CHECKED")
        assert len(done.stderr.splitlines()) == 1
