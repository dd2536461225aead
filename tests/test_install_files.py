"""What an office installs by: image, composition and service, held to their promises."""

import json
import re
import shlex
import sys
import tomllib
from dataclasses import fields
from functools import cache
from importlib.metadata import version
from pathlib import Path
from shutil import which
from subprocess import run
from typing import Any

import pytest
import yaml
from fastapi import FastAPI, Response
from house import ROOMS, ROOT
from web_server import served

from rag.settings import DEFAULT_PORT, PREFIX, Settings
from ui.server.monitor import HEALTH

CONTAINERFILE, COMPOSE = ROOT / "Containerfile", ROOT / "compose.yaml"
UNIT, IGNORED = ROOT / "deploy" / "jianbao.service", ROOT / ".dockerignore"
INSTRUCTIONS = {"FROM", "ARG", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE",
                "HEALTHCHECK", "ENTRYPOINT", "CMD"}  # fmt: skip
# What is asked of the service beside what stands in systemd's own list of sandboxing.
HARDENED = {
    "NoNewPrivileges": "yes", "CapabilityBoundingSet": "", "ProtectSystem": "strict",
    "ProtectHome": "yes", "PrivateTmp": "yes", "PrivateDevices": "yes",
    "ProtectKernelModules": "yes", "ProtectKernelTunables": "yes", "ProtectControlGroups": "yes",
    "RestrictNamespaces": "yes", "RestrictSUIDSGID": "yes", "LockPersonality": "yes",
    "SystemCallFilter": "@system-service", "SystemCallArchitectures": "native",
    "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX", "UMask": "0077",
}  # fmt: skip


@cache
def stages() -> list[list[tuple[str, str]]]:
    """The instructions of the Containerfile, those of each stage together."""
    text = re.sub(r"^#.*\n", "", CONTAINERFILE.read_text("utf-8"), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", " ", text).splitlines()
    told = [(word, rest) for word, _, rest in (line.partition(" ") for line in lines if line)]
    starts = [n for n, (word, _) in enumerate(told) if word == "FROM"]
    return [told[a:b] for a, b in zip(starts, [*starts[1:], None], strict=True)]


def said(instruction: str) -> list[str]:
    """What the last stage says by an instruction."""
    return [rest for word, rest in stages()[-1] if word == instruction]


@cache
def composition() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(COMPOSE.read_text("utf-8"))
    return told


@cache
def unit() -> dict[str, list[tuple[str, str]]]:
    """The unit's settings by section, in order; one may stand several times."""
    sections: dict[str, list[tuple[str, str]]] = {}
    for line in UNIT.read_text("utf-8").splitlines():
        if line.startswith("["):
            sections[line.strip("[]")] = current = []
        elif line and not line.startswith("#"):
            name, equals, value = line.partition("=")
            assert equals, line
            current.append((name, value))
    return sections


def test_the_image_is_built_of_instructions_that_are_known() -> None:
    """From named versions of the Python that is tested, with the versions of the constraints."""
    assert {word for stage in stages() for word, _ in stage} <= INSTRUCTIONS
    for stage in stages():
        image = stage[0][1].split()[0]
        assert re.search(r":\d+\.\d+", image), image
        assert not image.endswith(":latest")
    installs = [rest for word, rest in stages()[0] if "pip install" in rest and word == "RUN"]
    assert all("--constraint constraints.txt" in rest for rest in installs)


def test_the_image_gets_all_that_it_is_made_from_and_no_more() -> None:
    """Every room, and no file that the build does not see."""
    copied = [p for word, rest in stages()[0] if word == "COPY" for p in rest.split()[:-1]]
    assert set(ROOMS) <= set(copied)
    assert all((ROOT / path).exists() for path in copied)
    let_through = [line[1:] for line in IGNORED.read_text("utf-8").splitlines() if line[:1] == "!"]
    assert sorted(let_through) == sorted(copied)


def test_the_container_runs_as_nobody_of_note() -> None:
    """With a number, so that Kubernetes too can see that it is not root."""
    (user,) = said("USER")
    assert all(int(part) >= 1000 for part in user.split(":"))
    last = [word for word, _ in stages()[-1]]
    assert last.index("USER") > max(n for n, word in enumerate(last) if word == "RUN")


def test_the_container_keeps_what_it_writes_in_its_volume() -> None:
    """The data directory with the users, so that nobody gets in without one."""
    (told,) = said("ENV")
    environment = dict(pair.split("=", 1) for pair in told.split())
    assert said("VOLUME") == [environment["JIANBAO_HOME"]]
    assert environment["JIANBAO_AUTH"].startswith(f"{environment['JIANBAO_HOME']}/")
    assert environment["JIANBAO_PORT"] == said("EXPOSE")[0] == str(DEFAULT_PORT)


def test_the_container_tells_whether_it_is_well() -> None:
    """By the page's own address, with the Python that is in it."""
    (check,) = said("HEALTHCHECK")
    command = json.loads(check.partition("CMD ")[2])
    compile(command[-1], "health check", "exec")
    assert f"http://127.0.0.1:{DEFAULT_PORT}{HEALTH}" in command[-1]
    assert (said("ENTRYPOINT"), said("CMD")) == (['["jianbao"]'], ['["serve"]'])


def test_the_image_can_do_what_its_settings_ask_for() -> None:
    """Programs by MCP, and the office's accounts: extras that the product has."""
    told = dict(rest.split("=", 1) for word, rest in stages()[0] if word == "ARG")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = told["EXTRAS"].split(",")
    assert {"mcp", "oidc"} <= set(extras) <= set(project["optional-dependencies"])


def test_the_image_has_torch_for_the_processor_alone() -> None:
    """In the version of the product, which the install after it then finds there."""
    (rest,) = (rest for word, rest in stages()[0] if word == "RUN")
    found = re.search(r'"\$\((grep [^)]*) pyproject.toml\)"', rest)
    assert found
    assert rest.index("TORCH_INDEX") < found.start() < rest.index("$EXTRAS")
    command = [*shlex.split(found[1]), ROOT / "pyproject.toml"]
    told = run(command, capture_output=True, text=True, check=True).stdout
    assert told.split() == [f"torch=={version('torch').partition('+')[0]}"]


def test_the_health_of_a_container_is_asked_of_no_proxy() -> None:
    """Whatever proxy its environment names, the page itself answers, well or not."""
    (check,) = said("HEALTHCHECK")
    command = json.loads(check.partition("CMD ")[2])[-1]
    app, well = FastAPI(), [200]

    @app.get(HEALTH)
    def health() -> Response:
        return Response(status_code=well[0])

    def asked(url: str) -> int:
        here = command.replace(f"http://127.0.0.1:{DEFAULT_PORT}", url)
        nowhere = {"http_proxy": "http://127.0.0.1:1", "HTTP_PROXY": "http://127.0.0.1:1"}
        return run([sys.executable, "-c", here], env=nowhere, capture_output=True,
                   check=False).returncode  # fmt: skip

    with served(app) as url:
        assert asked(url) == 0
        well[0] = 503
        assert asked(url) == 1
    assert asked(url) == 1


def test_the_composition_gives_no_rights_away() -> None:
    """A root that is read alone, no capabilities, reached from this machine alone."""
    services = composition()["services"]
    page = services["page"]
    assert page["read_only"] is True
    assert "/tmp:mode=1777" in page["tmpfs"]
    for service in services.values():
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert not service.get("privileged")
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))
    mounted = [volume for service in services.values() for volume in service["volumes"]]
    outside = [volume for volume in mounted if volume.startswith(("${", ".", "/"))]
    assert all(volume.endswith(":ro") for volume in outside)
    assert {v.split(":")[0] for v in mounted if v not in outside} == set(composition()["volumes"])


def test_what_the_composition_mounts_of_the_project_is_there() -> None:
    """A file that is missing would be made a folder, and the service would not start."""
    for service in composition()["services"].values():
        for volume in service["volumes"]:
            if volume.startswith("./"):
                assert (ROOT / volume.split(":")[0]).is_file()


def test_an_image_that_reads_scans_has_what_its_libraries_stand_on() -> None:
    """OpenCV loads them of the system; who takes no scans along does without."""
    (installs,) = (rest for rest in said("RUN") if "apt-get" in rest)
    for extras, wanted in (("mcp,oidc,ocr", True), ("mcp,oidc", False)):
        dry = installs.replace("rm -rf", "echo rm -rf").replace("apt-get", "echo apt-get")
        done = run(["sh", "-c", dry], env={"EXTRAS": extras}, capture_output=True, text=True,
                   check=True)  # fmt: skip
        assert ("libgl1" in done.stdout) is wanted


def test_the_composition_is_of_the_versions_that_are_tested() -> None:
    """The product's own, and Chroma's as in the constraints."""
    services = composition()["services"]
    assert services["page"]["image"] == f"jianbao:{version('jianbao')}"
    pinned = re.search(r"^chromadb==(\S+)", (ROOT / "constraints.txt").read_text("utf-8"), re.M)
    assert pinned
    assert services["chroma"]["image"].endswith(f"/chroma:{pinned[1]}")


def test_the_service_is_held_in() -> None:
    """It runs as a user of its own, and writes to its state directory alone."""
    service = dict(unit()["Service"])
    assert {name: service.get(name) for name in HARDENED} == HARDENED
    assert service["User"] not in ("", "root")
    assert not any(name.startswith("ReadWrite") for name in service)
    environment = dict(v.split("=", 1) for n, v in unit()["Service"] if n == "Environment")
    assert environment["JIANBAO_HOME"] == f"/var/lib/{service['StateDirectory']}"
    assert unit()["Install"] == [("WantedBy", "multi-user.target")]


@pytest.mark.skipif(which("systemd-analyze") is None, reason="no systemd on this machine")
def test_systemd_takes_the_service(tmp_path: Path) -> None:
    """Its own check finds no setting that it does not know."""
    here = tmp_path / UNIT.name
    text = UNIT.read_text("utf-8")
    here.write_text(text.replace("/opt/jianbao/bin/jianbao", "/bin/true"), "utf-8")
    done = run(["systemd-analyze", "verify", here], capture_output=True, text=True, check=False)
    assert "Unknown" not in done.stderr
    assert UNIT.name not in done.stderr


@pytest.mark.parametrize("path", [CONTAINERFILE, COMPOSE, UNIT], ids=lambda path: path.name)
def test_every_setting_that_is_named_is_one(path: Path) -> None:
    """A name that is misspelt would be passed over without a word."""
    known = {f"{PREFIX}{field.name.upper()}" for field in fields(Settings)}
    assert set(re.findall(rf"{PREFIX}[A-Z_]+", path.read_text("utf-8"))) <= known
