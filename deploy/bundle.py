"""make bundle: all that a machine without network needs to install the product, in one archive.

It holds the wheels of the product and of everything it stands on, for the Python and the kind of
machine that it is made on, with an installer and checksums.
"""

import argparse
import hashlib
import platform
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
NAME = "jianbao"
SUMS = "SHA256SUMS"
WITH = ("deploy/jianbao.service", "docs/install.md", "LICENSE")  # beside the wheels
INSTALLER = """#!/bin/sh
# Installs {name} without a network: sh install.sh [FOLDER]; PYTHON says which Python, {python}.
set -eu
to=${{1:-/opt/{name}}}
case $to in /*) ;; *) to=$PWD/$to ;; esac
python=${{PYTHON:-python{python}}}
cd "$(dirname "$0")"
sha256sum --quiet --check {sums}
"$python" -c 'import sys; assert "%d.%d" % sys.version_info[:2] == "{python}", "needs {python}"'
"$python" -m venv "$to"
"$to/bin/python" -m pip install --quiet --no-index --find-links wheels "{wanted}"
echo "已安装 installed: $to/bin/{name}"
"""


def bundle(
    project: str, target: Path, *, name: str = NAME, extras: str = "", options: Sequence[str] = ()
) -> Path:
    """Write the archive of a project, a folder or a wheel, with these extras, into the folder
    `target`; `options` are for pip. The archive's path.
    """
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    title = f"{name}-python{python}-{platform.system().lower()}-{platform.machine()}"
    wanted = f"[{extras}]" if extras else ""
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="bundle-") as room:
        folder = Path(room) / title
        wheels = folder / "wheels"
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--wheel-dir", str(wheels)]
        subprocess.run([*command, *options, f"{project}{wanted}"], check=True)
        for path in WITH:
            (folder / Path(path).name).write_bytes((ROOT / path).read_bytes())
        installer = INSTALLER.format(name=name, python=python, sums=SUMS, wanted=name + wanted)
        (folder / "install.sh").write_text(installer, "utf-8")
        sums = [f"{_sum(path)}  {path.relative_to(folder).as_posix()}\n" for path in _files(folder)]
        (folder / SUMS).write_text("".join(sums), "utf-8")
        archive = target / f"{title}.tar"  # wheels are packed already
        with tarfile.open(archive, "w") as tar:
            tar.add(folder, title)
    archive.with_name(f"{archive.name}.sha256").write_text(f"{_sum(archive)}  {archive.name}\n")
    return archive


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main() -> None:
    """Make the bundle of this product."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=ROOT / "dist", help="folder of the archive")
    asked.add_argument("--extras", default="mcp,oidc", help="extras to take along")
    given = asked.parse_args()
    options = ["--constraint", str(ROOT / "constraints.txt")]
    archive = bundle(str(ROOT), given.out, extras=given.extras, options=options)
    print(f"{archive}  {archive.stat().st_size / 2**20:.0f} MiB")


if __name__ == "__main__":
    main()
