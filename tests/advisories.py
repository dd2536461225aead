"""Are the installed packages free of known vulnerabilities? `python tests/advisories.py`.

pip-audit asks OSV. A service that cannot be reached, or that knows of nothing, must not look like
good news: first it has to know of a package whose flaw is old and was never mended.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

OSV = "https://api.osv.dev/v1/query"
FLAWED = "pycrypto==2.6.1"  # CVE-2013-7459, CVE-2018-6594: given up in 2013
CLEAN, FOUND, UNKNOWN = 0, 1, 2  # exit status


class NotAskedError(Exception):
    """The service gave no answer that can be used."""


def installed() -> list[str]:
    """What is installed beside this project, as requirements; a build's own mark (+cpu) is left
    out, as advisories know releases only.
    """
    found: dict[str, str] = {}
    for dist in distributions():  # in the order of import: of two installed, the first is used
        name = re.sub(r"[-_.]+", "-", dist.metadata["Name"] or "").lower()
        found.setdefault(name, dist.version.partition("+")[0])
    return sorted(f"{name}=={found[name]}" for name in found if name not in ("", "jianbao"))


def flaws(requirements: Sequence[str], service: str) -> list[str]:
    """A line for each known vulnerability of these releases.

    :raises NotAskedError: the service cannot be reached, or did not answer for each of them.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "requirements.txt"
        path.write_text("\n".join(requirements), "utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "pip_audit", "--strict", "--no-deps", "--disable-pip",
             "--format=json", "--progress-spinner=off", "--vulnerability-service=osv",
             f"--osv-url={service}", f"--cache-dir={folder}/cache", f"--requirement={path}"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    try:
        answers: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError) as error:
        why = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        raise NotAskedError(f"{service}: {why}") from error
    if len(answers) != len(requirements) or any("vulns" not in answer for answer in answers):
        raise NotAskedError(f"{service}: {len(answers)} answers to {len(requirements)} questions")
    return [
        f"{one['name']} {one['version']}: {flaw['id']}, mended in "
        f"{', '.join(flaw['fix_versions']) or 'no release'}"
        for one in answers
        for flaw in one["vulns"]
    ]


def check_knowing(service: str) -> None:
    """:raises NotAskedError: the service cannot be reached, or does not know what all know."""
    if not flaws([FLAWED], service):
        raise NotAskedError(f"{service} does not know that {FLAWED} is flawed: it knows nothing")


def main() -> int:
    """Exit status 0: none is known; 1: some are; 2: nothing was learned."""
    parser = argparse.ArgumentParser(description="Known vulnerabilities of what is installed.")
    parser.add_argument("--service", default=OSV, help="address of OSV's query, or of a mirror")
    service = parser.parse_args().service
    try:
        check_knowing(service)
        checked = installed()
        found = flaws(checked, service)
    except NotAskedError as error:
        print(f"NOT CHECKED: {error}; run it again where OSV can be reached", file=sys.stderr)
        return UNKNOWN
    print("\n".join([*found, f"{len(checked)} packages, {len(found)} known vulnerabilities"]))
    return FOUND if found else CLEAN


if __name__ == "__main__":
    sys.exit(main())
